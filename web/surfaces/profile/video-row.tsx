import {
  ChartNoAxesCombined,
  Download,
  EllipsisVertical,
  Film,
  Globe,
  Heart,
  Lock,
  MessageCircle,
  Pencil,
  Play,
  Share2,
  Trash2,
  Undo2,
  Users,
} from 'lucide-react';
import type { Video } from '../../../contract/videos.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link, navigate } from '../../shell/link.tsx';
import { Menu } from '../../ui/menu.tsx';
import { asUploadRefusal } from '../upload/refusal.rules.ts';
import { bestRendition, fileNameOf } from '../upload/take-along.rules.ts';
import styles from './my-videos.module.css';
import { OtherSound } from './other-sound.tsx';
import { usePin } from './pin.tsx';
import { useWaiting, WaitingLine } from './waiting.tsx';

/** One of my videos: what it is, how it does, what can be done with it. */
export function VideoRow({
  video,
  chosen,
  onChoose,
  onEdit,
  onDelete,
  onTakeBack,
}: {
  video: Video;
  /** Null while nothing is being chosen. */
  chosen: boolean | null;
  onChoose: () => void;
  onEdit: () => void;
  onDelete: () => void;
  onTakeBack: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const waiting = useWaiting(video);
  const best = video.media && bestRendition(video.media);
  const pin = usePin(video);
  const caption = video.caption || say('grid.noCaption');
  const Audience = { everyone: Globe, followers: Users, me: Lock }[video.audience];
  const poster = video.media ? (
    <img src={video.media.posterUrl} alt="" loading="lazy" />
  ) : (
    <Film size={22} aria-hidden="true" />
  );
  return (
    <li className={styles.row} data-choosing={chosen !== null || undefined}>
      {chosen !== null && (
        <label className={styles.choose}>
          <input type="checkbox" checked={chosen} onChange={onChoose} />
          <span className="visually-hidden">{say('mine.bulk.choose', { caption })}</span>
        </label>
      )}
      {video.status === 'published' ? (
        <Link href={video.url} className={styles.poster} aria-label={say('mine.watch', { caption })}>
          {poster}
        </Link>
      ) : (
        <span className={styles.poster}>{poster}</span>
      )}
      <div className={styles.words}>
        <p className={styles.caption} dir="auto">
          {caption}
        </p>
        {video.status === 'published' && (
          <ul className={styles.numbers}>
            <li>
              <Play size={15} aria-hidden="true" />
              <span className="visually-hidden">{say('mine.views')}</span>
              {figures.compact(video.counts.views)}
            </li>
            <li>
              <Heart size={15} aria-hidden="true" />
              <span className="visually-hidden">{say('mine.likes')}</span>
              {figures.compact(video.counts.likes)}
            </li>
            <li>
              <MessageCircle size={15} aria-hidden="true" />
              <span className="visually-hidden">{say('mine.comments')}</span>
              {figures.compact(video.counts.comments)}
            </li>
            <li>
              <Share2 size={15} aria-hidden="true" />
              <span className="visually-hidden">{say('mine.shares')}</span>
              {figures.compact(video.counts.shares)}
            </li>
          </ul>
        )}
        <WaitingLine video={video} />
        <OtherSound video={video} />
        {video.status === 'processing' && <p className={styles.making}>{say('mine.processing')}</p>}
        {video.status === 'refused' && (
          <p className={styles.refused}>
            {say('mine.refused')}{' '}
            {say(`upload.refusal.${asUploadRefusal(video.refusal?.code ?? 'internal')}.what`, {
              duration: '',
              size: '',
            })}
          </p>
        )}
        {video.making?.takenBack && <p className={styles.refused}>{say('back.theirs')}</p>}
        {video.making?.tookBack && <p className={styles.making}>{say('back.mine')}</p>}
        {video.counts.madeWith > 0 && (
          <p className={styles.facts}>
            <Link href={paths.credits(video.id)}>
              {say('feed.madeWith', {
                count: video.counts.madeWith,
                short: figures.compact(video.counts.madeWith),
              })}
            </Link>
          </p>
        )}
        <p className={styles.facts}>
          <Audience size={15} aria-hidden="true" />
          {say(`video.audience.${video.audience}`)} · {figures.ago(video.publishedAt ?? video.createdAt)}
          {video.edited && ` · ${say('mine.edited')}`}
        </p>
      </div>
      <Menu
        label={say('mine.deeds', { caption })}
        icon={<EllipsisVertical size={20} aria-hidden="true" />}
        entries={[
          ...pin.entries,
          ...waiting.entries,
          ...(video.status === 'published'
            ? [
                {
                  label: say('insights.title'),
                  icon: <ChartNoAxesCombined size={18} aria-hidden="true" />,
                  onPress: () => navigate(paths.videoInsights(video.id)),
                },
              ]
            : []),
          ...(best
            ? [
                {
                  label: say('publish.along.download'),
                  icon: <Download size={18} aria-hidden="true" />,
                  onPress: () => saveAs(best.url, fileNameOf(video)),
                },
              ]
            : []),
          { label: say('mine.edit'), icon: <Pencil size={18} aria-hidden="true" />, onPress: onEdit },
          ...(video.making?.tookBack || video.counts.madeWith > 0
            ? [
                {
                  label: say(video.making?.tookBack ? 'back.give' : 'back.take'),
                  icon: <Undo2 size={18} aria-hidden="true" />,
                  onPress: onTakeBack,
                },
              ]
            : []),
          {
            label: say('mine.delete'),
            icon: <Trash2 size={18} aria-hidden="true" />,
            danger: true,
            onPress: onDelete,
          },
        ]}
      />
      {waiting.dialog}
      {pin.dialog}
    </li>
  );
}

/** What a link with `download` does, from a menu. */
function saveAs(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
