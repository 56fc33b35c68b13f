import { useInfiniteQuery } from '@tanstack/react-query';
import { Music2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { soundMoods } from '../../../contract/sounds.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { useMe } from '../../session.ts';
import { TextField } from '../../ui/field.tsx';
import { ListEnd } from '../../ui/grid.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { SoundRow } from './sound-row.tsx';
import styles from './sounds.module.css';

/** A pause in typing; then it is asked. */
const pauseMs = 250;
type View = 'trending' | 'newest' | 'favourites';

/** The library: sounds that may be used, to be found, heard and taken to the studio. */
export function SoundsSurface() {
  const { say } = useWords();
  const me = useMe();
  const [view, setView] = useState<View>('trending');
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [mood, setMood] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const views: View[] = me ? ['trending', 'newest', 'favourites'] : ['trending', 'newest'];
  return (
    <Page title={say('sounds.title')} lead={say('sounds.lead')} width="wide">
      <search className={styles.search}>
        <TextField
          type="search"
          label={say('sounds.search')}
          value={typed}
          maxLength={100}
          onChange={(event) => {
            setTyped(event.target.value);
            if (view === 'favourites') setView('trending');
          }}
        />
        <Select
          label={say('sounds.mood')}
          value={mood}
          onChange={(event) => {
            setMood(event.target.value);
            if (view === 'favourites') setView('trending');
          }}
          options={[
            { value: '', label: say('sounds.everyMood') },
            ...soundMoods.map((one) => ({ value: one, label: say(`sounds.mood.${one}`) })),
          ]}
        />
      </search>
      <Tabs
        label={say('sounds.order')}
        tabs={views.map((name) => ({ name, label: say(`sounds.view.${name}`) }))}
        chosen={view}
        onChoose={setView}
      >
        <SoundList view={view} search={search} mood={mood} />
      </Tabs>
    </Page>
  );
}

function SoundList({ view, search, mood }: { view: View; search: string; mood: string }) {
  const words = useWords();
  const { say } = words;
  const query =
    view === 'favourites' ? { favourites: true } : { sort: view, search, mood: mood || undefined };
  const list = useInfiniteQuery({
    queryKey: ['sounds', query],
    queryFn: ({ pageParam, signal }) => api.listSounds({ ...query, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const sounds = list.data?.pages.flatMap((page) => page.sounds) ?? [];
  if (list.isPending)
    return (
      <div role="status" aria-label={say('sounds.loading')} className={styles.list}>
        {[0, 1, 2, 3].map((place) => (
          <Skeleton key={place} width="100%" height="5rem" />
        ))}
      </div>
    );
  if (list.isError && sounds.length === 0)
    return (
      <ErrorState title={say('sounds.failed')} onRetry={() => void list.refetch()}>
        <p>{problemSentence(words, list.error)}</p>
      </ErrorState>
    );
  if (sounds.length === 0) {
    const empty = view === 'favourites' ? 'noFavourites' : search || mood ? 'nothing' : 'none';
    return (
      <EmptyState icon={<Music2 size={34} aria-hidden="true" />} title={say(`sounds.${empty}`)}>
        <p>{say(`sounds.${empty}Text`)}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={styles.list} aria-label={say('sounds.title')} aria-busy={list.isFetchingNextPage}>
        {sounds.map((sound) => (
          <SoundRow key={sound.id} sound={sound} />
        ))}
      </ul>
      {list.hasNextPage && (
        <ListEnd
          onReach={() => {
            if (!list.isFetchingNextPage && !list.isError) void list.fetchNextPage();
          }}
        />
      )}
      {list.isError && (
        <ErrorState title={say('sounds.failed')} onRetry={() => void list.fetchNextPage()}>
          <p>{problemSentence(words, list.error)}</p>
        </ErrorState>
      )}
    </>
  );
}
