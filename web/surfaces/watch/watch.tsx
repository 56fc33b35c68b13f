import { Film, SearchX, WifiOff } from 'lucide-react';
import { type ComponentProps, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Playlist } from '../../../contract/playlists.ts';
import type { Video } from '../../../contract/videos.ts';
import { ApiProblem, api, isMissing } from '../../api.ts';
import { loadLaterWords, useWords } from '../../intl/words.tsx';
import { cameFrom, openVideos } from '../../opening.ts';
import { paths } from '../../paths.ts';
import { bootstrap } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { PageWait } from '../../shell/page-wait.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Card, End } from '../feed/ends.tsx';
import { createFeed } from '../feed/feed.store.ts';
import styles from '../feed/stage.module.css';
import { Stage } from '../feed/stage.tsx';

/** One video at its own address: on the same stage as the feed, with what is like it behind it. */
export function Watch({ id }: { handle: string; id: string }) {
  const { say } = useWords();
  const [video, setVideo] = useState<Video | null>(bootstrap?.video?.id === id ? bootstrap.video : null);
  const [problem, setProblem] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (video?.id === id) return undefined;
    const turn = new AbortController();
    setProblem(null);
    api
      .getVideo(id, turn.signal)
      .then(setVideo)
      .catch((error: unknown) => {
        if (!turn.signal.aborted) setProblem(error);
      });
    return () => turn.abort();
  }, [id, attempt]);

  const offline = problem instanceof ApiProblem && problem.code === 'offline';
  if (isMissing(problem))
    return (
      <Alone title={say('feed.watch.gone.title')} icon={<SearchX />}>
        <p>{say('feed.watch.gone.text')}</p>
        <Link className={buttonClass({ look: 'primary' })} href={paths.forYou()}>
          {say('feed.goToForYou')}
        </Link>
      </Alone>
    );
  if (problem)
    return (
      <Alone title={say('feed.watch.failed.title')} icon={<WifiOff />} alert>
        <p>{say(offline ? 'feed.offline.text' : 'feed.failed.text')}</p>
        <Button look="primary" onClick={() => setAttempt(attempt + 1)}>
          {say('feed.retry')}
        </Button>
      </Alone>
    );
  if (!video) return <PageWait />;
  if (!video.media)
    return (
      <Alone
        title={say(video.status === 'refused' ? 'feed.watch.refused' : 'feed.watch.processing')}
        icon={<Film />}
      >
        <p>{say('feed.watch.notYet')}</p>
      </Alone>
    );
  return <Around video={video} />;
}

/** In place of the stage, when there is nothing to show on it. */
function Alone(card: ComponentProps<typeof Card>) {
  return (
    <div className={styles.alone}>
      <title>{card.title}</title>
      <Card {...card} />
    </div>
  );
}

type Whole = { playlist: Playlist; videos: Video[] };
const InPlaylist = lazy(async () => {
  try {
    const [{ InPlaylist: Banner }] = await Promise.all([import('./in-playlist.tsx'), loadLaterWords()]);
    return { default: Banner };
  } catch {
    // The line went away: the videos play in their order all the same.
    return { default: () => null };
  }
});

/** Opened from a playlist, its neighbours are those of the playlist; else what is like it comes after it. */
function Around({ video }: { video: Video }) {
  const [list] = useState(() => new URLSearchParams(location.search).get('list'));
  const [whole, setWhole] = useState<Whole | 'waiting' | null>(list ? 'waiting' : null);
  useEffect(() => {
    if (!list) return undefined;
    const turn = new AbortController();
    api
      .playlist(list, turn.signal)
      .then((found) => setWhole(found.videos.some((one) => one.id === video.id) ? found : null))
      .catch(() => {
        // Gone, or not for this viewer: the video stands for itself.
        if (!turn.signal.aborted) setWhole(null);
      });
    return () => turn.abort();
  }, [list, video.id]);
  if (whole === 'waiting') return <PageWait />;
  return whole ? <PlaylistStage whole={whole} video={video} /> : <WatchStage video={video} />;
}

function PlaylistStage({ whole, video }: { whole: Whole; video: Video }) {
  const { say } = useWords();
  const feed = useMemo(() => {
    const made = createFeed(async () => ({ items: [], next: null, exhausted: true }), {
      items: [],
      next: null,
      exhausted: true,
    });
    const shown = whole.videos.filter((one) => one.media);
    made.append(shown.map((one) => ({ video: one, token: null, reason: null })));
    made.goTo(shown.findIndex((one) => one.id === video.id));
    return made;
  }, [whole, video]);
  useEffect(() => {
    void openVideos(
      whole.videos.filter((one) => one.media),
      'playlist',
    );
  }, [whole]);
  return (
    <Stage
      feed={feed}
      title={titleOf(video, say)}
      end={<End feed={feed} kind="watch" />}
      banner={
        <Suspense fallback={null}>
          <InPlaylist feed={feed} playlist={whole.playlist} />
        </Suspense>
      }
    />
  );
}

function WatchStage({ video }: { video: Video }) {
  const { say } = useWords();
  const feed = useMemo(() => {
    const related = createFeed(
      async () => {
        const { videos } = await api.relatedVideos(video.id);
        const others = videos.filter((other) => other.id !== video.id && other.media);
        void openVideos(others, 'related');
        related.append(others.map((other) => ({ video: other, token: null, reason: null })));
        return { items: [], next: null, exhausted: true };
      },
      { items: [], next: 'related', exhausted: false },
    );
    related.append([{ video, token: null, reason: null }]);
    return related;
  }, [video]);
  useEffect(() => void openVideos([video], cameFrom()), [video]);
  return <Stage feed={feed} title={titleOf(video, say)} end={<End feed={feed} kind="watch" />} />;
}

function titleOf(video: Video, say: (id: string, values: Record<string, string>) => string): string {
  const caption = video.caption.length > 80 ? `${video.caption.slice(0, 78).trimEnd()}…` : video.caption;
  return caption
    ? say('feed.watch.title', { caption, handle: video.author.handle })
    : say('feed.watch.untitled', { handle: video.author.handle });
}
