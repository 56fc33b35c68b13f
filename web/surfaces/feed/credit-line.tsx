import { Columns2, Grid2x2Plus, LayoutTemplate, Scissors } from 'lucide-react';
import type { Video } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import styles from './slide.module.css';

/** The same as where these are offered. */
const icons = { duet: Columns2, stitch: Scissors, frame: Grid2x2Plus, template: LayoutTemplate };

/** With whose video this one was made, and the way to all who came before. */
export function CreditLine({ video }: { video: Video }) {
  const { say } = useWords();
  const { credit } = video;
  if (!credit) return null;
  const { kind, depth, video: origin } = credit;
  const Icon = icons[kind];
  return (
    <p className={styles.credit}>
      <Link href={origin ? origin.url : paths.credits(video.id)} className={styles.sound}>
        <Icon size={15} aria-hidden="true" />
        <span>
          {origin
            ? say(`feed.credit.${kind}`, { handle: `\u2068@${origin.handle}\u2069` })
            : say('feed.credit.gone', { kind })}
        </span>
      </Link>
      {depth > 1 && (
        <Link href={paths.credits(video.id)} className={styles.sound}>
          <span aria-hidden="true">+{depth - 1}</span>
          <span className="visually-hidden">{say('feed.credit.chain', { count: depth + 1 })}</span>
        </Link>
      )}
    </p>
  );
}
