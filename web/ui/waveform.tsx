import styles from './waveform.module.css';

/** How loud something is along its time, 0 … 255 a part; `share` of it has been heard. A picture: what it means is said beside it. */
export function Waveform({ peaks, share = 0 }: { peaks: readonly number[]; share?: number }) {
  const most = Math.max(1, ...peaks);
  return (
    <svg
      className={styles.wave}
      viewBox={`0 0 ${Math.max(1, peaks.length) * 3} 40`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {peaks.map((peak, i) => {
        const high = Math.max(1.5, (peak / most) * 38);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a part of the time is its place
            key={i}
            x={i * 3 + 0.5}
            y={20 - high / 2}
            width={2}
            height={high}
            rx={1}
            className={i < share * peaks.length ? styles.heard : styles.ahead}
          />
        );
      })}
    </svg>
  );
}
