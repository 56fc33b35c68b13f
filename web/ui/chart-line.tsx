import { useWords } from '../intl/words.tsx';
import styles from './chart.module.css';
import { linePath, niceScale, placeOf } from './chart.rules.ts';
import { ChartFrame } from './chart-frame.tsx';
import { Reading, ReadingLine, useReader } from './chart-reader.tsx';

/** Told apart by colour and by dash, so that colour alone says nothing. */
const dashes = ['none', '7 4', '2 4', '10 3 2 3', '4 2'];

export type LineSeries = { name: string; values: readonly (number | null)[] };

/** One or a few things over time. `null` is a hole: nothing was measured there. */
export function LineChart({
  title,
  about,
  series,
  times,
  timeHead,
  format,
}: {
  title: string;
  about?: string;
  series: readonly LineSeries[];
  /** A label for each point. */
  times: readonly string[];
  timeHead: string;
  format: (value: number) => string;
}) {
  const { say } = useWords();
  const known = series.flatMap((one) => one.values.filter((value) => value !== null));
  const scale = niceScale(0, Math.max(0, ...known));
  const last = (values: readonly (number | null)[]) => values.findLast((value) => value !== null);
  const told = series
    .map((one) => {
      const value = last(one.values);
      return `${one.name}: ${value === undefined || value === null ? say('ui.chart.nothing') : format(value)}`;
    })
    .join(', ');
  const middle = Math.floor((times.length - 1) / 2);
  const reader = useReader(times.length, (at) => {
    const values = series.map((one) => {
      const value = one.values[at];
      const words = value === null || value === undefined ? say('ui.chart.nothing') : format(value);
      return series.length > 1 ? `${one.name}: ${words}` : words;
    });
    return say('ui.chart.point', { at: times[at] ?? '', values: values.join(' · ') });
  });
  return (
    <ChartFrame
      title={title}
      about={about}
      table={{
        head: [timeHead, ...series.map((one) => one.name)],
        rows: times.map((time, at) => [
          time,
          ...series.map(({ values }) => {
            const value = values[at];
            return value === null || value === undefined ? '–' : format(value);
          }),
        ]),
      }}
    >
      {series.length > 1 && (
        <ul className={styles.legend}>
          {series.map((one, at) => (
            <li key={one.name}>
              <svg className={styles.key} viewBox="0 0 28 10" aria-hidden="true">
                <path
                  d="M1 5H27"
                  stroke={colour(at)}
                  strokeWidth="3"
                  strokeDasharray={dashes[at % dashes.length]}
                />
              </svg>
              {one.name}
            </li>
          ))}
        </ul>
      )}
      <Reading reader={reader} />
      <div className={styles.plot}>
        <div className={styles.rungs} aria-hidden="true">
          {scale.ticks.map((value) => (
            <span
              key={value}
              className={styles.rung}
              style={{ insetBlockEnd: `${placeOf(value, scale.low, scale.high)}%` }}
            >
              {format(value)}
            </span>
          ))}
        </div>
        <div className={styles.canvas}>
          <svg
            className={`${styles.lines} ${styles.mirrored}`}
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            role="img"
            aria-label={say('ui.chart.last', { title, values: told })}
          >
            {scale.ticks.map((value) => {
              const y = 100 - placeOf(value, scale.low, scale.high);
              return <line key={value} x1="0" x2="100" y1={y} y2={y} />;
            })}
            {series.map((one, at) => {
              const { line, dots } = linePath(one.values, scale.low, scale.high);
              return (
                <g key={one.name} stroke={colour(at)}>
                  <path d={line} strokeDasharray={dashes[at % dashes.length]} />
                  <path d={dots} className={styles.dots} />
                </g>
              );
            })}
          </svg>
          <ReadingLine reader={reader} title={title} count={times.length} />
        </div>
        <div className={styles.times} aria-hidden="true">
          {[...new Set([0, middle, times.length - 1])].map((at) => (
            <span key={at}>{times[at]}</span>
          ))}
        </div>
      </div>
    </ChartFrame>
  );
}

const colour = (at: number) => `var(--series-${(at % 5) + 1})`;
