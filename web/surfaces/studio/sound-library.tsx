import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Heart, Pause, Play, Plus } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { type Sound, type SoundMood, soundMoods } from '../../../contract/sounds.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { useSession } from '../../session.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './sound-library.module.css';
import { Waveform } from './waveform.tsx';

type Shelf = 'trending' | 'newest' | 'favourites';

/** The sounds that may be used: searched, by mood, most used or newest first, or one's favourites; each can be heard. */
export function SoundLibrary({
  taking,
  onTake,
}: {
  /** The one that is being brought. */
  taking: string | null;
  onTake: (sound: Sound) => void;
}) {
  const { say } = useWords();
  const member = useSession()?.me != null;
  const [search, setSearch] = useState('');
  const [mood, setMood] = useState<SoundMood | ''>('');
  const [shelf, setShelf] = useState<Shelf>('trending');
  const [heard, hear] = useHeard();
  const asked = {
    search: useDeferredValue(search.trim()),
    mood: mood || undefined,
    sort: shelf === 'newest' ? ('newest' as const) : ('trending' as const),
    favourites: shelf === 'favourites',
  };
  const pages = useInfiniteQuery({
    queryKey: ['sounds', 'library', asked],
    queryFn: ({ pageParam, signal }) => api.listSounds({ ...asked, cursor: pageParam, limit: 12 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
  const sounds = pages.data?.pages.flatMap((page) => page.sounds).filter((sound) => sound.usable) ?? [];
  const shelves: Shelf[] = member ? ['trending', 'newest', 'favourites'] : ['trending', 'newest'];
  return (
    <div className={styles.library}>
      <TextField
        label={say('studio.library.search')}
        type="search"
        value={search}
        maxLength={100}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className={styles.choices}>
        <Select
          label={say('studio.library.shelf')}
          value={shelf}
          options={shelves.map((name) => ({ value: name, label: say(`studio.library.${name}`) }))}
          onChange={(event) => setShelf(event.target.value as Shelf)}
        />
        <Select
          label={say('studio.library.mood')}
          value={mood}
          options={[
            { value: '', label: say('studio.mood.any') },
            ...soundMoods.map((name) => ({ value: name, label: say(`studio.mood.${name}`) })),
          ]}
          onChange={(event) => setMood(event.target.value as SoundMood | '')}
        />
      </div>
      {pages.isError && <Notice kind="wrong">{say('studio.library.failed')}</Notice>}
      {pages.isSuccess && sounds.length === 0 && <p>{say('studio.library.none')}</p>}
      <ul className={styles.sounds} aria-label={say('studio.library.title')} aria-busy={pages.isFetching}>
        {sounds.map((sound) => (
          <Row
            key={sound.id}
            sound={sound}
            member={member}
            playing={heard === sound.id}
            taking={taking === sound.id}
            onHear={() => hear(heard === sound.id ? null : sound)}
            onTake={() => {
              hear(null);
              onTake(sound);
            }}
          />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button small busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say('studio.library.more')}
        </Button>
      )}
    </div>
  );
}

function Row({
  sound,
  member,
  playing,
  taking,
  onHear,
  onTake,
}: {
  sound: Sound;
  member: boolean;
  playing: boolean;
  taking: boolean;
  onHear: () => void;
  onTake: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const queries = useQueryClient();
  const keep = useMutation({
    mutationFn: () => (sound.favourite ? api.unfavouriteSound(sound.id) : api.favouriteSound(sound.id)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sounds', 'library'] }),
  });
  const title = sound.title ?? say('studio.library.untitled');
  const by = sound.ownerHandle ? `@${sound.ownerHandle}` : sound.artist;
  return (
    <li className={styles.sound}>
      <IconButton
        label={say(playing ? 'studio.library.pause' : 'studio.library.hear', { title })}
        icon={playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        disabled={!sound.audioUrl}
        onClick={onHear}
      />
      <div className={styles.facts}>
        <b dir="auto">{title}</b>
        <span>{[by, figures.clock(sound.durationMs)].filter(Boolean).join(' · ')}</span>
        {sound.peaks.length > 0 && (
          <div className={styles.wave}>
            <Waveform peaks={Uint8Array.from(sound.peaks)} />
          </div>
        )}
      </div>
      {member && (
        <IconButton
          label={say('studio.library.keep', { title })}
          icon={<Heart aria-hidden="true" fill={sound.favourite ? 'currentColor' : 'none'} />}
          aria-pressed={sound.favourite}
          onClick={() => keep.mutate()}
        />
      )}
      <IconButton
        label={say('studio.library.take', { title })}
        icon={<Plus aria-hidden="true" />}
        aria-busy={taking || undefined}
        disabled={!sound.audioUrl || taking}
        onClick={onTake}
      />
    </li>
  );
}

/** One sound at a time, until its end or until the list is left. */
function useHeard(): [string | null, (sound: Sound | null) => void] {
  const [heard, setHeard] = useState<string | null>(null);
  const player = useRef<HTMLAudioElement | null>(null);
  useEffect(() => () => player.current?.pause(), []);
  const hear = (sound: Sound | null) => {
    player.current?.pause();
    setHeard(sound?.id ?? null);
    if (!sound?.audioUrl) return;
    const audio = new Audio(sound.audioUrl);
    player.current = audio;
    const over = () => player.current === audio && setHeard(null);
    audio.onended = over;
    audio.onerror = over;
    audio.play().catch(over);
  };
  return [heard, hear];
}
