import { useState } from 'react';
import { useWords } from '../intl/words.tsx';
import styles from './chart.module.css';

/**
 * Reads a chart point by point: a range input lies over the plot, so that arrows, fingers and a mouse all move the
 * line, and a screen reader hears each value. `told` is a point in words.
 */
export function useReader(count: number, told: (at: number) => string) {
  const [chosen, setChosen] = useState<number | null>(null);
  const at = Math.min(chosen ?? count - 1, count - 1);
  return { at, words: count > 0 ? told(at) : '', isChosen: chosen !== null, choose: setChosen };
}
export type Reader = ReturnType<typeof useReader>;

/** What stands at the line, in words. */
export function Reading({ reader }: { reader: Reader }) {
  return (
    <p className={styles.reading} aria-hidden="true">
      {reader.words}
    </p>
  );
}

/** Goes over the plot. `inside`: points stand in the middles of equal parts, as columns do, not on both edges. */
export function ReadingLine({
  reader,
  title,
  count,
  inside,
}: {
  reader: Reader;
  title: string;
  count: number;
  inside?: boolean;
}) {
  const { say } = useWords();
  if (count < 2) return null;
  const place = inside ? (reader.at + 0.5) / count : reader.at / (count - 1);
  return (
    <div className={styles.reader}>
      <input
        type="range"
        min={0}
        max={count - 1}
        step={1}
        value={reader.at}
        aria-label={say('ui.chart.read', { title })}
        aria-valuetext={reader.words}
        onChange={(event) => reader.choose(Number(event.target.value))}
        onPointerMove={(event) => {
          if (event.pointerType !== 'mouse') return;
          const box = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - box.left) / box.width;
          const along = getComputedStyle(event.currentTarget).direction === 'rtl' ? 1 - share : share;
          const to = inside ? Math.floor(along * count) : Math.round(along * (count - 1));
          reader.choose(Math.max(0, Math.min(count - 1, to)));
        }}
      />
      {reader.isChosen && (
        <span
          className={styles.needle}
          style={{ insetInlineStart: `${Math.round(place * 10_000) / 100}%` }}
          aria-hidden="true"
        />
      )}
    </div>
  );
}
