import { useWords } from '../intl/words.tsx';
import styles from './chart.module.css';
import { niceScale, placeOf } from './chart.rules.ts';
import { ChartFrame } from './chart-frame.tsx';

export type Bar = {
  name: string;
  value: number | null;
  /** Beside the value, such as how much it was measured on. */
  note?: string;
  low?: number;
  high?: number;
};

/**
 * Things side by side. With `around`, each is a point with the reach of its interval about a line at zero: what
 * crosses the line may be nothing.
 */
export function BarChart({
  title,
  about,
  bars,
  nameHead,
  valueHead,
  around,
  format,
}: {
  title: string;
  about?: string;
  bars: readonly Bar[];
  nameHead: string;
  valueHead: string;
  around?: boolean;
  format: (value: number) => string;
}) {
  const { say } = useWords();
  const values = bars.flatMap((bar) => [bar.value ?? 0, bar.low ?? 0, bar.high ?? 0]);
  const reach = Math.max(...values.map(Math.abs), 0);
  const scale = around ? niceScale(-(reach || 1), reach || 1, 4) : niceScale(0, reach);
  const place = (value: number) => placeOf(value, scale.low, scale.high);
  const wordsOf = ({ value, low, high }: Bar) => {
    if (value === null) return say('ui.chart.nothing');
    return low === undefined || high === undefined
      ? format(value)
      : say('ui.chart.interval', { value: format(value), low: format(low), high: format(high) });
  };
  return (
    <ChartFrame
      title={title}
      about={about}
      table={{
        head: [nameHead, valueHead],
        rows: bars.map((bar) => [bar.name, [wordsOf(bar), bar.note].filter(Boolean).join(' · ')]),
      }}
    >
      <ul className={styles.bars}>
        {bars.map((bar) => (
          <li key={bar.name} className={styles.bar}>
            <span>{bar.name}</span>
            <span>
              <span className={styles.amount}>{wordsOf(bar)}</span>
              {bar.note && <span className={styles.about}> · {bar.note}</span>}
            </span>
            <svg
              className={`${styles.track} ${styles.mirrored}`}
              viewBox="0 0 100 10"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <rect className={styles.ground} width="100" height="10" rx="1" />
              {bar.value !== null && !around && (
                <rect className={styles.fill} width={place(bar.value)} height="10" rx="1" />
              )}
              {around && <line className={styles.zero} x1={place(0)} x2={place(0)} y1="-2" y2="12" />}
              {bar.low !== undefined && bar.high !== undefined && (
                <line className={styles.reach} x1={place(bar.low)} x2={place(bar.high)} y1="5" y2="5" />
              )}
              {bar.value !== null && around && (
                <path className={styles.middle} d={`M${place(bar.value)} 5h0.001`} />
              )}
            </svg>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
