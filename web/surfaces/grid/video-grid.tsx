import { useInfiniteQuery } from '@tanstack/react-query';
import { EyeOff, Play, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { thumbHashToAverageRGBA } from 'thumbhash';
import type { Video, VideoList } from '../../../contract/videos.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import { Grid, ListEnd, Tile } from '../../ui/grid.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import styles from './video-grid.module.css';

/** Posters of videos, page after page. Whose list it is, the caller's query says. */
export function VideoGrid({
  name,
  label,
  load,
  empty,
}: {
  name: readonly string[];
  label: string;
  load: (page: { cursor?: string }, signal: AbortSignal) => Promise<VideoList>;
  empty: ReactNode;
}) {
  const words = useWords();
  const { say } = words;
  const list = useInfiniteQuery({
    queryKey: name,
    queryFn: ({ pageParam, signal }) => load(pageParam ? { cursor: pageParam } : {}, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  if (list.isPending)
    return (
      <div role="status" aria-label={say('grid.loading')}>
        <Grid label={label} busy>
          {Array.from({ length: 9 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nine equal placeholders
            <Tile key={index}>
              <Skeleton width="100%" height="100%" />
            </Tile>
          ))}
        </Grid>
      </div>
    );
  const videos = list.data?.pages.flatMap((page) => page.videos) ?? [];
  if (list.isError && videos.length === 0)
    return (
      <ErrorState title={say('grid.failed')} onRetry={() => void list.refetch()}>
        <p>{problemSentence(words, list.error)}</p>
      </ErrorState>
    );
  if (videos.length === 0) return empty;
  return (
    <>
      <Grid label={label} busy={list.isFetchingNextPage}>
        {videos.map((video) => (
          <Tile key={video.id}>
            <Poster video={video} />
          </Tile>
        ))}
      </Grid>
      {list.isError ? (
        <ErrorState title={say('grid.moreFailed')} onRetry={() => void list.fetchNextPage()}>
          <p>{problemSentence(words, list.error)}</p>
        </ErrorState>
      ) : (
        list.hasNextPage && (
          <ListEnd
            onReach={() => {
              if (!list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )
      )}
    </>
  );
}

export function Poster({ video }: { video: Video }) {
  const { say } = useWords();
  const figures = useFigures();
  return (
    <Link
      href={video.url}
      className={styles.poster}
      style={{ backgroundColor: averageColour(video.media?.thumbhash) }}
    >
      <span className="visually-hidden">
        {say('grid.video', {
          caption: video.caption || say('grid.noCaption'),
          handle: video.author.handle,
          views: video.counts.views,
        })}
      </span>
      {video.media && <img src={video.media.posterUrl} alt="" loading="lazy" decoding="async" />}
      <span className={styles.foot} aria-hidden="true">
        <Play size={14} fill="currentColor" />
        {figures.compact(video.counts.views)}
        {video.audience === 'me' && <EyeOff className={styles.audience} size={16} />}
        {video.audience === 'followers' && <Users className={styles.audience} size={16} />}
      </span>
    </Link>
  );
}

/** The colour a picture has as a whole, to stand in until it comes. */
function averageColour(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) return undefined;
  try {
    const { r, g, b } = thumbHashToAverageRGBA(
      Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)),
    );
    return `rgb(${r * 255} ${g * 255} ${b * 255})`;
  } catch {
    return undefined; // Not a thumbhash: the tile keeps its own colour.
  }
}
