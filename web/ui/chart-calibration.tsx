import styles from './chart.module.css';
import { linePath } from './chart.rules.ts';
import { ChartFrame } from './chart-frame.tsx';

export type CalibrationPoint = { predicted: number; observed: number; weight: number };

/** What was predicted against what came: on the dashed line both are the same. Larger dots were measured more often. */
export function CalibrationChart({
  title,
  about,
  told,
  points,
  heads,
  format,
  formatWeight,
}: {
  title: string;
  about: string;
  /** What the picture shows, in a sentence. */
  told: string;
  points: readonly CalibrationPoint[];
  /** Predicted, observed, how often. */
  heads: readonly [string, string, string];
  format: (value: number) => string;
  formatWeight: (value: number) => string;
}) {
  const most = Math.max(1, ...points.map((point) => point.weight));
  const [predicted, observed, weight] = heads;
  return (
    <ChartFrame
      title={title}
      about={about}
      table={{
        head: [predicted, observed, weight],
        rows: points.map((point) => [
          format(point.predicted),
          format(point.observed),
          formatWeight(point.weight),
        ]),
      }}
    >
      <div className={styles.plot}>
        <div className={styles.rungs} aria-hidden="true">
          {[0, 0.5, 1].map((value) => (
            <span key={value} className={styles.rung} style={{ insetBlockEnd: `${value * 100}%` }}>
              {format(value)}
            </span>
          ))}
        </div>
        <svg
          className={`${styles.square} ${styles.mirrored}`}
          viewBox="0 0 100 100"
          role="img"
          aria-label={told}
        >
          {[0, 50, 100].map((at) => (
            <g key={at}>
              <line x1="0" x2="100" y1={at} y2={at} />
              <line x1={at} x2={at} y1="0" y2="100" />
            </g>
          ))}
          <path className={styles.ideal} d={linePath([0, 1], 0, 1).line} />
          <path
            stroke="var(--series-1)"
            d={points
              .map(
                ({ predicted: x, observed: y }, at) => `${at === 0 ? 'M' : 'L'}${x * 100} ${100 - y * 100}`,
              )
              .join('')}
          />
          {points.map((point) => (
            <circle
              key={point.predicted}
              cx={point.predicted * 100}
              cy={100 - point.observed * 100}
              r={1.4 + 2.6 * Math.sqrt(point.weight / most)}
              fill="var(--series-1)"
            />
          ))}
        </svg>
        <div className={`${styles.times} ${styles.below}`} aria-hidden="true">
          {[0, 0.5, 1].map((value) => (
            <span key={value}>{format(value)}</span>
          ))}
        </div>
      </div>
    </ChartFrame>
  );
}
