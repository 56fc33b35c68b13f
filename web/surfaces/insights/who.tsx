import type { InsightShare } from '../../../contract/insights.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { BarChart } from '../../ui/chart-bars.tsx';
import { ColumnChart } from '../../ui/chart-columns.tsx';
import { Section } from '../../ui/page.tsx';
import { inOwnHours } from './hours.rules.ts';
import styles from './insights.module.css';

/** Where plays came from, when, and in which languages: what the overview and a single video have in common. */
export function WhereAndWho({
  sources,
  languages,
  regions,
  hours,
}: {
  sources: readonly InsightShare[];
  languages: readonly InsightShare[];
  regions: readonly InsightShare[];
  hours: readonly number[];
}) {
  const { say, knows } = useWords();
  const figures = useFigures();
  const own = inOwnHours(hours, -new Date().getTimezoneOffset());
  const crowd = (kind: 'language' | 'region', shares: readonly InsightShare[]) => {
    const title = say(kind === 'language' ? 'insights.languages' : 'insights.regions');
    if (shares.length === 0)
      return (
        <div className={styles.tooFew}>
          <h3>{title}</h3>
          <p>{say('insights.tooFew')}</p>
        </div>
      );
    return (
      <BarChart
        title={title}
        about={say(kind === 'language' ? 'insights.languagesHint' : 'insights.regionsHint')}
        nameHead={title}
        valueHead={say('insights.share')}
        bars={shares.map((one) => ({
          name: one.name === 'other' ? say('insights.other') : figures.named(kind, one.name),
          value: one.share,
        }))}
        format={figures.percent}
      />
    );
  };
  return (
    <Section title={say('insights.where')}>
      <div className={styles.charts}>
        <BarChart
          title={say('insights.sources')}
          about={say('insights.sourcesHint')}
          nameHead={say('insights.sources')}
          valueHead={say('insights.share')}
          bars={sources.map((one) => ({
            name: knows(`insights.source.${one.name}`) ? say(`insights.source.${one.name}`) : one.name,
            value: one.share,
          }))}
          format={figures.percent}
        />
        <ColumnChart
          title={say('insights.hours')}
          about={say('insights.hoursHint')}
          columns={own.map((value, at) => ({ name: figures.hour(at), value }))}
          nameHead={say('insights.hour')}
          valueHead={say('insights.views')}
          format={figures.compact}
        />
        {crowd('language', languages)}
        {crowd('region', regions)}
      </div>
    </Section>
  );
}
