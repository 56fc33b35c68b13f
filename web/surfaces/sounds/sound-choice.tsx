import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Sound } from '../../../contract/sounds.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ListenButton, useSoundName } from './sound-deeds.tsx';
import styles from './sounds.module.css';

/** A window with the sounds that may be used, to hear and to take one for a video that is made already. */
export function SoundChoice({
  busy = false,
  problem = null,
  onTake,
  onClose,
}: {
  busy?: boolean;
  problem?: string | null;
  onTake: (sound: Sound) => void;
  onClose: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const list = useInfiniteQuery({
    queryKey: ['sounds', 'choice', search],
    queryFn: ({ pageParam, signal }) =>
      api.listSounds({ search, sort: 'trending', limit: 12, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const sounds = list.data?.pages.flatMap((page) => page.sounds) ?? [];
  const fit = sounds.filter(({ usable, audioUrl }) => usable && audioUrl !== null);
  return (
    <Dialog title={say('otherSound.title')} keepOpen={busy} onClose={onClose}>
      <p>{say('otherSound.text')}</p>
      {problem && <Notice kind="wrong">{problem}</Notice>}
      <TextField
        type="search"
        label={say('sounds.search')}
        value={typed}
        maxLength={100}
        dir="auto"
        onChange={(event) => setTyped(event.target.value)}
      />
      {list.isError && <Notice kind="wrong">{problemSentence(words, list.error)}</Notice>}
      {list.isSuccess && fit.length === 0 && <p>{say('otherSound.none')}</p>}
      <ul className={styles.list} aria-label={say('otherSound.list')} aria-busy={list.isFetching}>
        {fit.map((sound) => (
          <Row key={sound.id} sound={sound} busy={busy} onTake={() => onTake(sound)} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button small busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {say('otherSound.more')}
        </Button>
      )}
    </Dialog>
  );
}

function Row({ sound, busy, onTake }: { sound: Sound; busy: boolean; onTake: () => void }) {
  const { say } = useWords();
  const figures = useFigures();
  const title = useSoundName()(sound);
  const by = sound.ownerHandle ? `@${sound.ownerHandle}` : sound.artist;
  return (
    <li className={styles.choice}>
      <div className={styles.play}>
        <ListenButton sound={sound} />
      </div>
      <div className={styles.words}>
        <b dir="auto">{title}</b>
        <p className={styles.facts}>
          {by && <bdi>{by}</bdi>}
          <span>{figures.clock(sound.durationMs)}</span>
        </p>
      </div>
      <Button small disabled={busy} aria-label={say('otherSound.take', { title })} onClick={onTake}>
        {say('otherSound.takeShort')}
      </Button>
    </li>
  );
}
