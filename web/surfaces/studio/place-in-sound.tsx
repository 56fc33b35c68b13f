import { useId, useRef } from 'react';
import { snap } from '../../../contract/edit-list.timeline.ts';
import type { EditSound, EditSource } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useCatching, useWaveform } from './sounds.ts';
import styles from './waveform.module.css';
import { Marks, Waveform } from './waveform.tsx';

/** How near a beat a drag catches, as a share of the whole. */
const near = 0.012;

/** A place in a sound, chosen on its waveform: dragged there, or with the arrow keys in hundredths of a second. */
export function PlaceInSound({
  label,
  sound,
  source,
  value,
  min = 0,
  max,
  heardForMs,
  kind,
  onChange,
}: {
  label: string;
  sound: EditSound;
  source: EditSource;
  value: number;
  min?: number;
  max: number;
  /** How much of it the video hears. */
  heardForMs: number;
  kind: 'start' | 'stop';
  onChange: (ms: number, joined: string) => void;
}) {
  const figures = useFigures();
  const id = useId();
  const peaks = useWaveform(sound.source);
  const catching = useCatching();
  const gesture = useRef({ count: 0, dragged: false });
  const wholeMs = Math.max(1, source.durationMs);
  const share = (ms: number) => `${(ms / wholeMs) * 100}%`;
  const begin = (dragged: boolean) => {
    gesture.current = { count: gesture.current.count + 1, dragged };
  };
  return (
    <div>
      <div className={styles.label}>
        <label htmlFor={id}>{label}</label>
        <output htmlFor={id} dir="auto">
          {figures.tenths(value)}
        </output>
      </div>
      <div className={styles.whole}>
        {peaks && <Waveform peaks={peaks} fromMs={0} toMs={wholeMs} />}
        <div
          className={styles.heard}
          style={{ insetInlineStart: share(sound.fromMs), inlineSize: share(heardForMs) }}
        />
        {kind === 'stop' && <div className={styles.stop} style={{ insetInlineStart: share(value) }} />}
        <div className={styles.beats}>
          <Marks times={source.beatsMs} wholeMs={wholeMs} />
        </div>
        <input
          id={id}
          type="range"
          className={styles.range}
          // The line is the whole sound, so that the pointer is where the place is; what is out of bounds is not taken.
          min={0}
          max={wholeMs}
          step={10}
          value={value}
          aria-valuetext={figures.tenths(value)}
          onPointerDown={() => begin(true)}
          onKeyDown={() => begin(false)}
          onChange={({ target: { valueAsNumber: ms } }) => {
            const { count, dragged } = gesture.current;
            const caught = dragged && catching ? snap(ms, source.beatsMs, wholeMs * near) : ms;
            onChange(Math.max(min, Math.min(max, caught)), `${id}-${count}`);
          }}
        />
      </div>
    </div>
  );
}
