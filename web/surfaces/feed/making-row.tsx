import { Columns2, Download, Grid2x2Plus, LayoutTemplate, Scissors } from 'lucide-react';
import type { Rendition, Video } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import styles from './making-row.module.css';

const makings = [
  { kind: 'duet', Icon: Columns2 },
  { kind: 'stitch', Icon: Scissors },
  { kind: 'frame', Icon: Grid2x2Plus },
  { kind: 'template', Icon: LayoutTemplate },
] as const;

/** What this viewer may do with the video beyond passing it on; nothing at all when its creators allow nothing. */
export function MakingRow({ video, onPress }: { video: Video; onPress: () => void }) {
  const { say } = useWords();
  const { permissions } = video;
  const file = permissions.download ? largest(video.media?.renditions ?? []) : undefined;
  const shown = makings.filter(({ kind }) => permissions[kind]);
  if (shown.length === 0 && !file) return null;
  return (
    <section className={styles.making} aria-label={say('feed.making.title')}>
      {shown.map(({ kind, Icon }) => (
        <Link key={kind} href={paths.studio({ with: kind, video: video.id })} onClick={onPress}>
          <span>
            <Icon aria-hidden="true" />
          </span>
          {say(`feed.making.${kind}`)}
        </Link>
      ))}
      {file && (
        <a href={file.url} download={`${video.author.handle}-${video.id}.mp4`} onClick={onPress}>
          <span>
            <Download aria-hidden="true" />
          </span>
          {say('feed.making.download')}
        </a>
      )}
    </section>
  );
}

/** Every device plays H.264, long after the download too. */
function largest(renditions: readonly Rendition[]): Rendition | undefined {
  return renditions.filter(({ codec }) => codec === 'h264').sort((a, b) => b.rung - a.rung)[0];
}
