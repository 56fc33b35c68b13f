import { useInfiniteQuery } from '@tanstack/react-query';
import { Clapperboard } from 'lucide-react';
import { useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { ListEnd } from '../../ui/grid.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { SignInFirst } from '../sign-in/sign-in-first.tsx';
import { DeleteVideo } from './delete-video.tsx';
import { EditVideo } from './edit-video.tsx';
import styles from './my-videos.module.css';
import { TakeBack } from './take-back.tsx';
import { VideoRow } from './video-row.tsx';

const isBeingMade = ({ status, media }: Video) =>
  status === 'processing' || ((status === 'scheduled' || status === 'draft') && !media);

type Open = { deed: 'edit' | 'delete' | 'takeBack'; video: Video } | null;

/** All of one's own videos: published, still being made, refused. Change them or delete them. */
export function MyVideosSurface() {
  const { say } = useWords();
  const session = useSession();
  if (session && !session.me) return <SignInFirst title={say('mine.title')} text={say('mine.signInFirst')} />;
  return <MyVideos />;
}

function MyVideos() {
  const words = useWords();
  const { say } = words;
  const [open, setOpen] = useState<Open>(null);
  const list = useInfiniteQuery({
    queryKey: ['my-videos'],
    queryFn: ({ pageParam, signal }) => api.myVideos(pageParam ? { cursor: pageParam } : {}, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // While something is still being made, its state is worth asking again.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.videos.some(isBeingMade)) ? 4000 : false,
  });
  const videos = list.data?.pages.flatMap((page) => page.videos) ?? [];
  return (
    <Page
      title={say('mine.title')}
      action={
        <Link href={paths.upload()} className={buttonClass({ look: 'primary' })}>
          {say('mine.new')}
        </Link>
      }
    >
      {list.isPending && (
        <div className={styles.list} role="status" aria-label={say('grid.loading')}>
          <Skeleton width="100%" height="6.5rem" />
          <Skeleton width="100%" height="6.5rem" />
          <Skeleton width="100%" height="6.5rem" />
        </div>
      )}
      {list.isError && (
        <ErrorState title={say('mine.failed')} onRetry={() => void list.refetch()}>
          <p>{problemSentence(words, list.error)}</p>
        </ErrorState>
      )}
      {list.isSuccess && videos.length === 0 && (
        <EmptyState
          icon={<Clapperboard size={34} aria-hidden="true" />}
          title={say('profile.emptyMine.title')}
          action={
            <Link href={paths.upload()} className={buttonClass({ look: 'primary' })}>
              {say('profile.emptyMine.action')}
            </Link>
          }
        >
          <p>{say('profile.emptyMine.text')}</p>
        </EmptyState>
      )}
      {videos.length > 0 && (
        <ul className={styles.list} aria-label={say('mine.title')}>
          {videos.map((video) => (
            <VideoRow
              key={video.id}
              video={video}
              onEdit={() => setOpen({ deed: 'edit', video })}
              onDelete={() => setOpen({ deed: 'delete', video })}
              onTakeBack={() => setOpen({ deed: 'takeBack', video })}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <ListEnd
          onReach={() => {
            if (!list.isFetching) void list.fetchNextPage();
          }}
        />
      )}
      {open?.deed === 'edit' && <EditVideo video={open.video} onClose={() => setOpen(null)} />}
      {open?.deed === 'takeBack' && <TakeBack video={open.video} onClose={() => setOpen(null)} />}
      {open?.deed === 'delete' && <DeleteVideo video={open.video} onClose={() => setOpen(null)} />}
    </Page>
  );
}
