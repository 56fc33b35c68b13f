import { useEffect, useMemo, useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { ApiProblem, api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { bootstrap } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { PageWait } from '../../shell/page-wait.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { End } from '../feed/ends.tsx';
import { createFeed } from '../feed/feed.store.ts';
import { Stage } from '../feed/stage.tsx';

/** One video at its own address: on the same stage as the feed, with what is like it behind it. */
export function Watch({ id }: { handle: string; id: string }) {
  const { say } = useWords();
  const [video, setVideo] = useState<Video | null>(bootstrap?.video?.id === id ? bootstrap.video : null);
  const [problem, setProblem] = useState<string | null>(null);
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
        if (!turn.signal.aborted) setProblem(error instanceof ApiProblem ? error.code : 'internal');
      });
    return () => turn.abort();
  }, [id, attempt]);

  if (problem === 'not_found' || problem === 'gone')
    return (
      <EmptyState
        title={say('feed.watch.gone.title')}
        action={
          <Link className={buttonClass({ look: 'primary' })} href={paths.forYou()}>
            {say('feed.goToForYou')}
          </Link>
        }
      >
        <p>{say('feed.watch.gone.text')}</p>
      </EmptyState>
    );
  if (problem)
    return (
      <ErrorState title={say('feed.watch.failed.title')} onRetry={() => setAttempt(attempt + 1)}>
        <p>{say(problem === 'offline' ? 'feed.offline.text' : 'feed.failed.text')}</p>
      </ErrorState>
    );
  if (!video) return <PageWait />;
  if (!video.media)
    return (
      <EmptyState title={say(video.status === 'refused' ? 'feed.watch.refused' : 'feed.watch.processing')}>
        <p>{say('feed.watch.notYet')}</p>
      </EmptyState>
    );
  return <WatchStage video={video} />;
}

function WatchStage({ video }: { video: Video }) {
  const { say } = useWords();
  const feed = useMemo(() => {
    const related = createFeed(
      async () => {
        const { videos } = await api.relatedVideos(video.id);
        const others = videos.filter((other) => other.id !== video.id && other.media);
        related.append(others.map((other) => ({ video: other, token: null, reason: null })));
        return { items: [], next: null, exhausted: true };
      },
      { items: [], next: 'related', exhausted: false },
    );
    related.append([{ video, token: null, reason: null }]);
    return related;
  }, [video]);
  return <Stage feed={feed} title={titleOf(video, say)} end={<End feed={feed} kind="watch" />} />;
}

function titleOf(video: Video, say: (id: string, values: Record<string, string>) => string): string {
  const caption = video.caption.length > 80 ? `${video.caption.slice(0, 78).trimEnd()}…` : video.caption;
  return caption
    ? say('feed.watch.title', { caption, handle: video.author.handle })
    : say('feed.watch.untitled', { handle: video.author.handle });
}
