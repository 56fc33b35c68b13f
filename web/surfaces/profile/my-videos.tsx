import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Clapperboard, ListChecks, SearchX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { Video, VideoStatus } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ListEnd } from '../../ui/grid.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { SignInFirst } from '../sign-in/sign-in-first.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { DeleteVideo } from './delete-video.tsx';
import { EditVideo } from './edit-video.tsx';
import styles from './my-videos.module.css';
import { TakeBack } from './take-back.tsx';
import { VideoRow } from './video-row.tsx';

const isBeingMade = ({ status, media }: Video) =>
  status === 'processing' || ((status === 'scheduled' || status === 'draft') && !media);

type Open = { deed: 'edit' | 'delete' | 'takeBack'; video: Video } | null;
const states: readonly VideoStatus[] = ['published', 'processing', 'scheduled', 'draft', 'refused'];

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
  const [status, setStatus] = useState<VideoStatus | ''>('');
  const [typed, setTyped] = useState('');
  const looked = useDeferredValue(typed.trim());
  /** Null: nothing is being chosen. */
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['my-videos', status, looked],
    queryFn: ({ pageParam, signal }) =>
      api.myVideos(
        { cursor: pageParam ?? undefined, status: status || undefined, words: looked || undefined },
        signal,
      ),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // While something is still being made, its state is worth asking again.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.videos.some(isBeingMade)) ? 4000 : false,
  });
  const videos = list.data?.pages.flatMap((page) => page.videos) ?? [];
  const isLookedFor = status !== '' || looked !== '';
  const toggle = (id: string) => {
    if (!chosen) return;
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Page
      title={say('mine.title')}
      action={
        <Link href={paths.upload()} className={buttonClass({ look: 'primary' })}>
          {say('mine.new')}
        </Link>
      }
    >
      {(videos.length > 0 || isLookedFor) && (
        <>
          <div className={styles.look}>
            <TextField
              label={say('mine.search')}
              type="search"
              value={typed}
              maxLength={100}
              dir="auto"
              onChange={(event) => setTyped(event.target.value)}
            />
            <Select
              label={say('mine.state')}
              value={status}
              options={[
                { value: '', label: say('mine.state.any') },
                ...states.map((value) => ({ value, label: say(`mine.state.${value}`) })),
              ]}
              onChange={(event) => setStatus(event.target.value as VideoStatus | '')}
            />
          </div>
          <div className={styles.deeds}>
            <Button
              small
              icon={<ListChecks size={18} aria-hidden="true" />}
              onClick={() => setChosen(chosen ? null : new Set())}
            >
              {say(chosen ? 'mine.bulk.end' : 'mine.bulk.begin')}
            </Button>
            {chosen && (
              <Button small onClick={() => setChosen(new Set(videos.map((video) => video.id)))}>
                {say('mine.bulk.all', { count: videos.length })}
              </Button>
            )}
            <Link href={paths.insights()} className={buttonClass({ look: 'quiet', small: true })}>
              {say('insights.title')}
            </Link>
          </div>
        </>
      )}
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
      {list.isSuccess && videos.length === 0 && isLookedFor && (
        <EmptyState icon={<SearchX size={34} aria-hidden="true" />} title={say('mine.none')}>
          <p>{say('mine.noneText')}</p>
        </EmptyState>
      )}
      {list.isSuccess && videos.length === 0 && !isLookedFor && (
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
              chosen={chosen ? chosen.has(video.id) : null}
              onChoose={() => toggle(video.id)}
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
      {chosen && (
        <BulkBar
          chosen={videos.filter((video) => chosen.has(video.id))}
          onDone={(left) => setChosen(left.length > 0 ? new Set(left) : null)}
        />
      )}
      {open?.deed === 'edit' && <EditVideo video={open.video} onClose={() => setOpen(null)} />}
      {open?.deed === 'takeBack' && <TakeBack video={open.video} onClose={() => setOpen(null)} />}
      {open?.deed === 'delete' && <DeleteVideo video={open.video} onClose={() => setOpen(null)} />}
    </Page>
  );
}
