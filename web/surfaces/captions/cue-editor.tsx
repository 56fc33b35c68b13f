import { Plus } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Cue } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './captions.module.css';
import { type CueDeeds, CueRow } from './cue-row.tsx';
import {
  addCue,
  type Changed,
  mergeCue,
  removeCue,
  setSpan,
  setText,
  shortestCueMs,
  splitCue,
} from './cues.rules.ts';

/**
 * Captions as a list of texts with their times. It keeps nothing: what is done comes out as the new row, and the
 * studio's undo or the form of a published video takes it from there.
 */
export function CueEditor({
  cues,
  wholeMs,
  atMs,
  frameMs,
  language,
  chosen,
  onChoose,
  onChange,
  seek,
}: {
  cues: readonly Cue[];
  wholeMs: number;
  /** Where the video stands. */
  atMs: number;
  frameMs: number;
  /** The language of the words, where it is known. */
  language: string | null;
  chosen: number | null;
  onChoose: (at: number | null) => void;
  /** False when it was not possible. Changes that are `joined` are one step of undo. */
  onChange: (cues: Cue[], joined?: string) => boolean;
  seek: (ms: number) => void;
}) {
  const { say } = useWords();
  const id = useId();
  const adder = useRef<HTMLButtonElement>(null);
  const [told, setTold] = useState('');
  /** Which row the focus goes to once it is there; -1 is the button that adds. */
  const wish = useRef<number | null>(null);
  useEffect(() => {
    if (wish.current === null) return;
    if (wish.current < 0) adder.current?.focus();
    else document.getElementById(`${id}-${wish.current}`)?.focus();
    wish.current = null;
  });
  // Chosen on the timeline, it is to be seen here.
  useEffect(() => {
    if (chosen !== null)
      document.getElementById(`${id}-${chosen}`)?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, id]);
  const now = useRef({ cues, wholeMs, atMs, onChoose, onChange, seek, say });
  now.current = { cues, wholeMs, atMs, onChoose, onChange, seek, say };
  // The same for every render, so that of a thousand rows only those change that did.
  const deeds = useMemo<CueDeeds>(() => {
    const take = (changed: Changed, joined?: string): boolean => {
      if (!changed || !now.current.onChange(changed.cues, joined)) return false;
      now.current.onChoose(changed.at < 0 ? null : changed.at);
      return true;
    };
    const go = (changed: Changed, news: string) => {
      if (!take(changed)) return;
      wish.current = changed!.at;
      setTold(news);
    };
    return {
      choose: (at) => now.current.onChoose(at),
      write: (at, text) => void take(setText(now.current.cues, at, text), `${id}-words-${at}`),
      span(at, span, joined) {
        const changed = setSpan(now.current.cues, at, span, now.current.wholeMs);
        // It has changed places with another one: what was worked on is found there.
        if (take(changed, joined) && changed!.at !== at) wish.current = changed!.at;
      },
      here(at, end) {
        const { cues: all, atMs: ms, wholeMs: mostMs } = now.current;
        const cue = all[at]!;
        // Where the other end would be passed, it comes along.
        const span =
          end === 'startMs'
            ? { startMs: ms, endMs: Math.max(cue.endMs, ms + shortestCueMs) }
            : { startMs: Math.min(cue.startMs, ms - shortestCueMs), endMs: ms };
        take(setSpan(all, at, span, mostMs));
      },
      show: (at) => now.current.seek(now.current.cues[at]!.startMs),
      split: (at) =>
        go(splitCue(now.current.cues, at, now.current.atMs), now.current.say('captions.splitDone')),
      join: (at) => go(mergeCue(now.current.cues, at), now.current.say('captions.joined')),
      remove: (at) =>
        go(removeCue(now.current.cues, at), now.current.say('captions.removed', { number: at + 1 })),
    };
  }, [id]);
  const add = () => {
    const added = addCue(cues, atMs, wholeMs, say('captions.first'));
    if (!added || !onChange(added.cues)) return;
    onChoose(added.at);
    wish.current = added.at;
    setTold(say('captions.added', { number: added.at + 1 }));
  };
  return (
    <div className={styles.editor}>
      <div>
        <Button
          ref={adder}
          look="primary"
          icon={<Plus size={18} aria-hidden="true" />}
          disabled={wholeMs < shortestCueMs}
          onClick={add}
        >
          {say('captions.add')}
        </Button>
      </div>
      <p role="status" className="visually-hidden">
        {told}
      </p>
      {cues.length === 0 ? (
        <p className={styles.hint}>{say('captions.empty')}</p>
      ) : (
        <ol className={styles.list} aria-label={say('captions.list')}>
          {cues.map((cue, at) => (
            <CueRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a cue is its place in the row
              key={at}
              id={`${id}-${at}`}
              cue={cue}
              at={at}
              chosen={chosen === at}
              last={at === cues.length - 1}
              language={language}
              frameMs={frameMs}
              wholeMs={wholeMs}
              deeds={deeds}
            />
          ))}
        </ol>
      )}
    </div>
  );
}
