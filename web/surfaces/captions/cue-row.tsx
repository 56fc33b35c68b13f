import { Link2, Play, Scissors, Trash2 } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { cueFileLimits } from '../../../contract/cue-files.ts';
import type { Cue } from '../../../contract/videos.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './captions.module.css';
import { TimeField } from './time-field.tsx';

export type CueDeeds = {
  choose(at: number): void;
  write(at: number, text: string): void;
  span(at: number, span: { startMs?: number; endMs?: number }, joined?: string): void;
  here(at: number, end: 'startMs' | 'endMs'): void;
  show(at: number): void;
  split(at: number): void;
  join(at: number): void;
  remove(at: number): void;
};

/** One caption: its words always to be written in, its times and what can be done to it while it is worked on. */
export const CueRow = memo(function CueRow({
  id,
  cue,
  at,
  chosen,
  last,
  language,
  frameMs,
  wholeMs,
  deeds,
}: {
  id: string;
  cue: Cue;
  at: number;
  chosen: boolean;
  last: boolean;
  language: string | null;
  frameMs: number;
  wholeMs: number;
  deeds: CueDeeds;
}) {
  const { say } = useWords();
  const figures = useFigures();
  // An empty caption cannot be kept; while it is written anew its words may all be gone.
  const [text, setText] = useState(cue.text);
  useEffect(() => setText(cue.text), [cue.text]);
  const [from, to] = [figures.tenths(cue.startMs), figures.tenths(cue.endMs)];
  return (
    <li className={styles.cue} data-chosen={chosen || undefined}>
      <span className={styles.times} dir="auto" aria-hidden="true">
        {from} – {to}
      </span>
      <textarea
        id={id}
        className={styles.words}
        rows={Math.min(4, text.split('\n').length)}
        maxLength={cueFileLimits.textLength}
        dir="auto"
        lang={language ?? undefined}
        aria-label={say('captions.label', { number: at + 1, from, to })}
        value={text}
        onFocus={() => deeds.choose(at)}
        onBlur={() => setText(cue.text)}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value.trim()) deeds.write(at, event.target.value);
        }}
      />
      {chosen && (
        <div className={styles.deeds}>
          <div className={styles.deeds}>
            <TimeField
              label={say('captions.begins')}
              hint={say('captions.nudge')}
              ms={cue.startMs}
              frameMs={frameMs}
              min={0}
              max={Math.round(wholeMs)}
              onChange={(startMs, joined) => deeds.span(at, { startMs }, joined)}
            />
            <Button small onClick={() => deeds.here(at, 'startMs')}>
              {say('captions.begins.here')}
            </Button>
          </div>
          <div className={styles.deeds}>
            <TimeField
              label={say('captions.ends')}
              hint={say('captions.nudge')}
              ms={cue.endMs}
              frameMs={frameMs}
              min={0}
              max={Math.round(wholeMs)}
              onChange={(endMs, joined) => deeds.span(at, { endMs }, joined)}
            />
            <Button small onClick={() => deeds.here(at, 'endMs')}>
              {say('captions.ends.here')}
            </Button>
          </div>
          <Button small icon={<Play size={18} aria-hidden="true" />} onClick={() => deeds.show(at)}>
            {say('captions.show')}
          </Button>
          <Button small icon={<Scissors size={18} aria-hidden="true" />} onClick={() => deeds.split(at)}>
            {say('captions.split')}
          </Button>
          {!last && (
            <Button small icon={<Link2 size={18} aria-hidden="true" />} onClick={() => deeds.join(at)}>
              {say('captions.join')}
            </Button>
          )}
          <Button small icon={<Trash2 size={18} aria-hidden="true" />} onClick={() => deeds.remove(at)}>
            {say('captions.remove')}
          </Button>
        </div>
      )}
    </li>
  );
});
