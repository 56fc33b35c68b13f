import type { Comparison, Estimate, ExperimentResult } from '../../../contract/experiments.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { BarChart } from '../../ui/chart-bars.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './desk.module.css';

type Metric = ExperimentResult['metrics'][number];
type Told = Metric['variants'][number];

/** What can be said, in a sentence for each variant; then the measures behind it with their intervals. */
export function Outcome({ result }: { result: ExperimentResult }) {
  const { say } = useWords();
  const figures = useFigures();
  const { metrics, groups, leastViewers, unevenGroups } = result;
  const goal = metrics.find((metric) => metric.role === 'goal')!;
  const sentence = ({ verdict, change }: Comparison) => {
    if (verdict === 'unknown') return say('desk.verdict.unknown', { least: leastViewers });
    if (!change) return say(`desk.verdict.${verdict}Bare`);
    return say(`desk.verdict.${verdict}`, {
      by: figures.rate(Math.abs(change.value)),
      low: figures.change(change.low),
      high: figures.change(change.high),
    });
  };
  const others = (told: Told[]) => told.filter((one) => one.verdict !== 'control');
  const worseGuards = metrics.flatMap((metric) =>
    metric.role === 'guard'
      ? others(metric.variants)
          .filter((told) => told.verdict === 'worse')
          .map((told) => ({ metric: metric.name, variant: told.variant, told }))
      : [],
  );
  return (
    <>
      <Section title={say('desk.verdict.title')} lead={say('desk.verdict.lead')}>
        {unevenGroups && <Notice kind="wrong">{say('desk.verdict.uneven')}</Notice>}
        <ul className={styles.verdicts}>
          {others(goal.variants).map((told) => (
            <li key={told.variant} className={styles.verdict} data-verdict={told.verdict}>
              <strong>
                <bdi>{told.variant}</bdi>
              </strong>
              <span>{sentence(told)}</span>
            </li>
          ))}
        </ul>
        {worseGuards.map(({ metric, variant, told }) => (
          <Notice key={`${metric} ${variant}`} kind="wrong">
            {say('desk.verdict.guard', {
              variant,
              measure: say(`desk.measure.${metric}`),
              how: sentence(told),
            })}
          </Notice>
        ))}
        <p className={styles.range}>{say('desk.verdict.patience')}</p>
      </Section>
      <Section title={say('desk.verdict.measures')} lead={say('desk.verdict.measuresLead')}>
        <div className={styles.charts}>
          {metrics.map((metric) => (
            <BarChart
              key={metric.name}
              around
              title={say(`desk.measure.${metric.name}`)}
              about={say(`desk.measure.${metric.better}${metric.role === 'guard' ? 'Guard' : ''}`)}
              nameHead={say('desk.experiments.variant')}
              valueHead={say('desk.verdict.change')}
              bars={others(metric.variants).map((told) => ({
                name: told.variant,
                value: told.change?.value ?? null,
                low: told.change?.low,
                high: told.change?.high,
              }))}
              format={figures.change}
            />
          ))}
        </div>
        <Table metrics={metrics} groups={groups} />
      </Section>
    </>
  );
}

function Table({ metrics, groups }: Pick<ExperimentResult, 'metrics' | 'groups'>) {
  const { say } = useWords();
  const figures = useFigures();
  const write = ({ name }: Metric, estimate: Estimate | null) => {
    if (!estimate) return '–';
    const format =
      name === 'watchedMs'
        ? figures.clock
        : name === 'seen'
          ? figures.decimal
          : (value: number) => figures.rate(value);
    const round = (value: number) =>
      format(name === 'seen' ? Math.round(value * 10) / 10 : Math.max(0, value));
    return say('ui.chart.interval', {
      value: round(estimate.value),
      low: round(estimate.low),
      high: round(estimate.high),
    });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={say('desk.verdict.measures')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say('desk.experiments.variant')}</th>
            {groups.map((group) => (
              <th key={group.variant} scope="col">
                <bdi>{group.variant}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say('desk.verdict.viewers')}</th>
            {groups.map((group) => (
              <td key={group.variant}>{figures.whole(group.viewers)}</td>
            ))}
          </tr>
          {metrics.map((metric) => (
            <tr key={metric.name}>
              <th scope="row">{say(`desk.measure.${metric.name}`)}</th>
              {metric.variants.map((told) => (
                <td key={told.variant}>{write(metric, told.estimate)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
