import { GitFork } from 'lucide-react';
import { useEffect, useState } from 'react';
import { topics } from '../../../contract/topics.ts';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CaptionText } from './caption.tsx';
import { follow } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';
import styles from './panel.module.css';

type Tab = 'about' | 'related';
let chosenTab: Tab = 'about';

/** Beside the stage on wide screens: what this video is, and more of its kind. */
export function Panel({ feed, item, className }: { feed: Feed; item: ShownVideo; className?: string }) {
  const { say } = useWords();
  const [tab, setTab] = useState<Tab>(chosenTab);
  return (
    <aside className={classes(styles.panel, className)} aria-label={say('feed.panel')}>
      <Tabs
        label={say('feed.panel')}
        tabs={[
          { name: 'about', label: say('feed.about') },
          { name: 'related', label: say('feed.related') },
        ]}
        chosen={tab}
        onChoose={(name) => {
          chosenTab = name;
          setTab(name);
        }}
      >
        {tab === 'about' ? <About feed={feed} item={item} /> : <Related video={item.video} />}
      </Tabs>
    </aside>
  );
}

function About({ feed, item }: { feed: Feed; item: ShownVideo }) {
  const { say } = useWords();
  const figures = useFigures();
  const { video } = item;
  const { author, counts } = video;
  return (
    <div className={styles.about}>
      <div className={styles.author}>
        <Link href={paths.person(author.handle)} className={styles.person}>
          <Avatar name={author.displayName} url={author.avatarUrl} size={48} />
          <span>
            <b>{author.displayName}</b>
            <small>
              <bdi>@{author.handle}</bdi>
            </small>
          </span>
        </Link>
        {!video.mine && (
          <Button
            look={author.followed ? 'quiet' : 'primary'}
            small
            aria-pressed={author.followed}
            onClick={() => void follow(feed, item, !author.followed, say('feed.follow.failed'))}
          >
            {say(author.followed ? 'feed.followed' : 'feed.follow')}
          </Button>
        )}
      </div>
      {video.caption && (
        <p className={styles.caption} lang={video.language ?? undefined} dir="auto">
          <CaptionText video={video} />
        </p>
      )}
      <dl className={styles.facts}>
        <div>
          <dt>{say('feed.about.views')}</dt>
          <dd>{figures.compact(counts.views)}</dd>
        </div>
        <div>
          <dt>{say('feed.about.likes')}</dt>
          <dd>{figures.compact(counts.likes)}</dd>
        </div>
        <div>
          <dt>{say('feed.about.shares')}</dt>
          <dd>{figures.compact(counts.shares)}</dd>
        </div>
      </dl>
      <p className={styles.date}>
        <time dateTime={video.publishedAt ?? video.createdAt}>
          {figures.day(video.publishedAt ?? video.createdAt)}
        </time>
        {video.edited && <> · {say('feed.about.edited')}</>}
      </p>
      {(video.credit || video.counts.madeWith > 0) && (
        <Link href={paths.credits(video.id)} className={styles.credits}>
          <GitFork size={20} aria-hidden="true" />
          <span>
            {video.counts.madeWith > 0
              ? say('feed.madeWith', {
                  count: video.counts.madeWith,
                  short: figures.compact(video.counts.madeWith),
                })
              : say('feed.credits.open')}
          </span>
        </Link>
      )}
      {video.topics.length > 0 && (
        <ul className={styles.topics} aria-label={say('feed.about.topics')}>
          {topics
            .filter((topic) => video.topics.includes(topic))
            .map((topic) => (
              <li key={topic}>{say(`topic.${topic}`)}</li>
            ))}
        </ul>
      )}
      {video.demo && <p className={styles.note}>{say('feed.about.demo')}</p>}
    </div>
  );
}

/** More of a video's kind, to be opened. */
export function Related({ video }: { video: Video }) {
  const { say } = useWords();
  const figures = useFigures();
  const [found, setFound] = useState<Video[] | 'waiting' | 'failed'>('waiting');
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    const turn = new AbortController();
    setFound('waiting');
    api
      .relatedVideos(video.id, turn.signal)
      .then(({ videos }) => setFound(videos.filter((other) => other.media)))
      .catch(() => {
        if (!turn.signal.aborted) setFound('failed');
      });
    return () => turn.abort();
  }, [video.id, attempt]);
  if (found === 'failed')
    return (
      <div className={styles.note} role="alert">
        <p>{say('feed.related.failed')}</p>
        <Button small onClick={() => setAttempt(attempt + 1)}>
          {say('feed.retry')}
        </Button>
      </div>
    );
  if (found === 'waiting')
    return (
      <div className={styles.grid} aria-busy="true">
        {[0, 1, 2, 3, 4, 5].map((i) => (
          <Skeleton key={i} className={styles.tile} />
        ))}
      </div>
    );
  if (found.length === 0) return <p className={styles.note}>{say('feed.related.none')}</p>;
  return (
    <ul className={styles.grid}>
      {found.map((other) => (
        <li key={other.id}>
          <Link href={paths.video(other.author.handle, other.id)} className={styles.tile}>
            <img src={other.media?.posterUrl} alt="" loading="lazy" decoding="async" />
            <span className={styles.over}>
              <b>
                <bdi>@{other.author.handle}</bdi>
              </b>
              <span>{other.caption || say('feed.untitled')}</span>
              <small>
                {say('feed.views', { count: other.counts.views, short: figures.compact(other.counts.views) })}
              </small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
