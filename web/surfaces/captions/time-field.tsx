import { useEffect, useId, useState } from 'react';
import { useFigures } from '../../intl/figures.ts';
import styles from './captions.module.css';
import { msOfTyped, nudgeMs } from './cues.rules.ts';

/** A moment that is typed, or nudged with the arrow keys: a tenth of a second, one picture with Shift. */
export function TimeField({
  label,
  hint,
  ms,
  frameMs,
  min,
  max,
  onChange,
}: {
  label: string;
  hint: string;
  ms: number;
  frameMs: number;
  min: number;
  max: number;
  onChange: (ms: number, joined: string) => void;
}) {
  const figures = useFigures();
  const id = useId();
  const shown = figures.tenths(ms);
  const [typed, setTyped] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another time, another text
  useEffect(() => setTyped(null), [ms]);
  const take = () => {
    const wished = typed === null || typed === shown ? null : msOfTyped(typed);
    setTyped(null);
    if (wished !== null) onChange(Math.min(max, Math.max(min, wished)), `${id}-typed-${wished}`);
  };
  return (
    <div className={styles.time}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        role="spinbutton"
        dir="ltr"
        aria-valuenow={ms}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={shown}
        aria-describedby={`${id}-hint`}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            return take();
          }
          const way = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
          if (!way) return;
          event.preventDefault();
          const step = event.shiftKey ? frameMs : nudgeMs;
          onChange(Math.min(max, Math.max(min, Math.round(ms + way * step))), `${id}-nudge`);
        }}
      />
      <span id={`${id}-hint`} className="visually-hidden">
        {hint}
      </span>
    </div>
  );
}
