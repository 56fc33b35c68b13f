import type { FeedHealth, HealthFigures } from '../../../contract/desk.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { BarChart } from '../../ui/chart-bars.tsx';
import { CalibrationChart } from '../../ui/chart-calibration.tsx';
import { LineChart } from '../../ui/chart-line.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './desk.module.css';

/** The feed's health over time, and what is behind it. */
export function HealthCharts({ health }: { health: FeedHealth }) {
  const { say, knows } = useWords();
  const figures = useFigures();
  const { slices, stepHours, calibration, sources } = health;
  const times = slices[0]?.series.map((point) => figures.tick(point.at, stepHours)) ?? [];
  const timeHead = say('desk.health.time');
  const of = (pick: (point: HealthFigures) => number | null, name: string) =>
    slices.map((slice) => ({
      name: slices.length > 1 ? slice.name.split(':')[1]! : name,
      values: slice.series.map(pick),
    }));
  const line = (title: string, about: string, pick: (point: HealthFigures) => number | null) => (
    <LineChart
      title={title}
      about={about}
      series={of(pick, title)}
      times={times}
      timeHead={timeHead}
      format={figures.rate}
    />
  );
  const drift =
    calibration.length > 0
      ? calibration.reduce((sum, bin) => sum + bin.seen * (bin.watched - bin.predicted), 0) /
        calibration.reduce((sum, bin) => sum + bin.seen, 0)
      : 0;
  const sourceName = (source: string) =>
    knows(`desk.source.${source}`) ? say(`desk.source.${source}`) : source;
  return (
    <>
      <Section title={say('desk.health.overTime')}>
        <div className={styles.charts}>
          {line(
            say('desk.health.watchValue'),
            say('desk.health.watchValueHint'),
            (point) => point.watchValue,
          )}
          {line(say('desk.health.skipRate'), say('desk.health.skipRateHint'), (point) => point.skipRate)}
          <LineChart
            title={say('desk.health.seen')}
            about={say('desk.health.seenHint')}
            series={of((point) => point.seen, say('desk.health.seen'))}
            times={times}
            timeHead={timeHead}
            format={figures.compact}
          />
          {line(say('desk.health.hideRate'), say('desk.health.hideRateHint'), (point) => point.hideRate)}
          {slices.length === 1 ? (
            <LineChart
              title={say('desk.health.fresh')}
              about={say('desk.health.freshHint')}
              series={[
                ...of((point) => point.novelty, say('desk.health.novelty')),
                ...of((point) => point.newCreators, say('desk.health.newCreators')),
                ...of((point) => point.exploration, say('desk.health.exploration')),
              ]}
              times={times}
              timeHead={timeHead}
              format={figures.rate}
            />
          ) : (
            line(say('desk.health.novelty'), say('desk.health.noveltyHint'), (point) => point.novelty)
          )}
        </div>
      </Section>
      <Section title={say('desk.health.behind')}>
        <div className={styles.charts}>
          <CalibrationChart
            title={say('desk.health.calibration')}
            about={say('desk.health.calibrationHint')}
            told={
              calibration.length === 0
                ? say('ui.chart.nothing')
                : say('desk.health.calibrationTold', { drift: figures.change(drift) })
            }
            points={calibration.map((bin) => ({
              predicted: bin.predicted,
              observed: bin.watched,
              weight: bin.seen,
            }))}
            heads={[say('desk.health.predicted'), say('desk.health.watched'), say('desk.health.seen')]}
            format={figures.rate}
            formatWeight={figures.whole}
          />
          <BarChart
            title={say('desk.health.sources')}
            about={say('desk.health.sourcesHint')}
            nameHead={say('desk.health.source')}
            valueHead={say('desk.health.watchValue')}
            bars={sources.map((source) => ({
              name: sourceName(source.source),
              value: source.watchValue,
              note: say('desk.health.seenTimes', { count: source.seen }),
            }))}
            format={figures.rate}
          />
        </div>
      </Section>
    </>
  );
}
