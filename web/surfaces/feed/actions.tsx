import { Ellipsis, Heart, MessageCircle, Plus, Share2 } from 'lucide-react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import styles from './actions.module.css';
import { follow, like, opened, openLater } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';

/** The column under the thumb: whose video it is, and what one can do with it. */
export function Actions({ feed, item }: { feed: Feed; item: ShownVideo }) {
  const { say } = useWords();
  const figures = useFigures();
  const { author, counts, liked, mine, audience } = item.video;
  return (
    <div className={styles.actions}>
      <div className={styles.author}>
        <Link
          href={paths.person(author.handle)}
          className={styles.portrait}
          aria-label={say('feed.author.open', { name: author.displayName })}
        >
          <Avatar name={author.displayName} url={author.avatarUrl} size={44} />
        </Link>
        {!mine && !author.followed && (
          <button
            type="button"
            className={styles.follow}
            aria-label={say('feed.follow.name', { name: author.displayName })}
            onClick={() => void follow(feed, item, true, say('feed.follow.failed'))}
          >
            <Plus size={14} strokeWidth={3} aria-hidden="true" />
          </button>
        )}
      </div>
      <button
        type="button"
        className={styles.action}
        aria-pressed={liked}
        aria-label={say('feed.like.count', { count: counts.likes, short: figures.compact(counts.likes) })}
        onClick={() => void like(feed, item, !liked, say('feed.like.failed'))}
      >
        <Heart className={styles.heart} aria-hidden="true" />
        <span aria-hidden="true">{figures.compact(counts.likes)}</span>
      </button>
      <button
        type="button"
        className={styles.action}
        aria-label={say('feed.comments.count', { short: figures.compact(counts.comments) })}
        onClick={() => void openLater('comments', item, say('feed.why.failed'))}
      >
        <MessageCircle aria-hidden="true" />
        <span aria-hidden="true">{figures.compact(counts.comments)}</span>
      </button>
      {audience !== 'me' && (
        <button type="button" className={styles.action} onClick={() => opened.set({ name: 'share', item })}>
          <Share2 aria-hidden="true" />
          <span>{say('feed.share')}</span>
        </button>
      )}
      <button type="button" className={styles.action} onClick={() => opened.set({ name: 'more', item })}>
        <Ellipsis aria-hidden="true" />
        <span>{say('feed.more')}</span>
      </button>
    </div>
  );
}
