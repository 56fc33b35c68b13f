import { useWords } from '../intl/words.tsx';
import styles from './chart.module.css';
import { niceScale, placeOf } from './chart.rules.ts';
import { ChartFrame } from './chart-frame.tsx';
import { Reading, ReadingLine, useReader } from './chart-reader.tsx';
import { classes } from './classes.ts';

export type Column = { name: string; value: number };

/** Amounts side by side in a fixed order, such as the hours of a day. The tallest stands out. */
export function ColumnChart({
  title,
  about,
  columns,
  nameHead,
  valueHead,
  format,
}: {
  title: string;
  about?: string;
  columns: readonly Column[];
  nameHead: string;
  valueHead: string;
  format: (value: number) => string;
}) {
  const { say } = useWords();
  const most = Math.max(0, ...columns.map((column) => column.value));
  const scale = niceScale(0, most);
  const told = (at: number) => {
    const { name, value } = columns[at]!;
    return say('ui.chart.point', { at: name, values: format(value) });
  };
  const tallest = most > 0 ? columns.findIndex((column) => column.value === most) : -1;
  const reader = useReader(columns.length, told);
  const width = 100 / columns.length;
  return (
    <ChartFrame
      title={title}
      about={about}
      table={{
        head: [nameHead, valueHead],
        rows: columns.map((column) => [column.name, format(column.value)]),
      }}
    >
      <Reading reader={reader.isChosen || tallest < 0 ? reader : { ...reader, words: told(tallest) }} />
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
            aria-label={
              tallest < 0
                ? say('ui.chart.last', { title, values: say('ui.chart.nothing') })
                : say('ui.chart.most', { title, most: told(tallest) })
            }
          >
            {scale.ticks.map((value) => {
              const y = 100 - placeOf(value, scale.low, scale.high);
              return <line key={value} x1="0" x2="100" y1={y} y2={y} />;
            })}
            {columns.map((column, at) => {
              const height = placeOf(column.value, scale.low, scale.high);
              return (
                <rect
                  key={column.name}
                  className={classes(styles.column, at === tallest && styles.tallest)}
                  x={at * width + width * 0.14}
                  width={width * 0.72}
                  y={100 - height}
                  height={height}
                />
              );
            })}
          </svg>
          <ReadingLine reader={reader} title={title} count={columns.length} inside />
        </div>
        <div className={styles.times} aria-hidden="true">
          {[0, Math.floor(columns.length / 2), columns.length - 1].map((at) => (
            <span key={at}>{columns[at]?.name}</span>
          ))}
        </div>
      </div>
    </ChartFrame>
  );
}
