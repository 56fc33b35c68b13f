import { fewerPeaks } from '../../../packages/sound-analysis/peaks.ts';
import { peaksPerSecond } from '../../studio/sounds/listen.ts';
import styles from './waveform.module.css';

const most = 160;

/** A part of a sound, or all of it, as bars, from the start of the line to its end in every language. */
export function Waveform({
  peaks,
  fromMs = 0,
  toMs = Number.POSITIVE_INFINITY,
}: {
  peaks: Uint8Array;
  fromMs?: number;
  toMs?: number;
}) {
  const part = peaks.subarray(
    Math.floor((fromMs / 1000) * peaksPerSecond),
    Math.max(1, Math.ceil((toMs / 1000) * peaksPerSecond)),
  );
  const bars = fewerPeaks(part, Math.max(1, Math.min(most, part.length)));
  // A square root: what is quiet is seen too.
  const path = Array.from(bars, (peak, index) => {
    const half = Math.max(0.02, Math.sqrt(peak / 255) / 2);
    return `M${index + 0.5} ${(0.5 - half).toFixed(3)}V${(0.5 + half).toFixed(3)}`;
  }).join('');
  return (
    <svg
      className={styles.wave}
      viewBox={`0 0 ${bars.length} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} strokeWidth={0.6} vectorEffect="none" />
    </svg>
  );
}

/** Marks at moments of a line. */
export function Marks({ times, wholeMs }: { times: readonly number[]; wholeMs: number }) {
  if (times.length === 0) return null;
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 ${wholeMs} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path d={times.map((ms) => `M${ms} 0V1`).join('')} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
