import type { FeedHealth, HealthFigures } from '../../../contract/desk.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import styles from './desk.module.css';

/** The sums of the whole stretch: as tiles, or beside each other when several variants are looked at. */
export function HealthNumbers({ health }: { health: FeedHealth }) {
  const { say } = useWords();
  const figures = useFigures();
  const rate = (value: number | null) => (value === null ? '–' : figures.rate(value));
  const { exploring, catalogue, newCreatorViews, slices } = health;
  const rows: { name: string; hint: string; of: (total: HealthFigures) => string }[] = [
    {
      name: say('desk.health.watchValue'),
      hint: say('desk.health.watchValueHint'),
      of: (total) => rate(total.watchValue),
    },
    {
      name: say('desk.health.skipRate'),
      hint: say('desk.health.skipRateHint'),
      of: (total) => rate(total.skipRate),
    },
    {
      name: say('desk.health.hideRate'),
      hint: say('desk.health.hideRateHint'),
      of: (total) => rate(total.hideRate),
    },
    {
      name: say('desk.health.likeRate'),
      hint: say('desk.health.likeRateHint', {
        shared: rate(slices[0]?.total.shareRate ?? null),
        followed: rate(slices[0]?.total.followRate ?? null),
      }),
      of: (total) => rate(total.likeRate),
    },
    {
      name: say('desk.health.seen'),
      hint: say('desk.health.seenHint'),
      of: (total) =>
        say('desk.health.ofServed', { seen: figures.whole(total.seen), served: figures.whole(total.served) }),
    },
    {
      name: say('desk.health.novelty'),
      hint: say('desk.health.noveltyHint'),
      of: (total) => rate(total.novelty),
    },
    {
      name: say('desk.health.newCreators'),
      hint: say('desk.health.newCreatorsHint', { views: figures.whole(newCreatorViews) }),
      of: (total) => rate(total.newCreators),
    },
    {
      name: say('desk.health.coverage'),
      hint: say('desk.health.coverageHint', { creators: figures.whole(slices[0]?.total.creators ?? 0) }),
      of: (total) =>
        say('desk.health.ofCatalogue', {
          videos: figures.whole(total.videos),
          catalogue: figures.whole(catalogue),
        }),
    },
    {
      name: say('desk.health.exploration'),
      hint: say('desk.health.explorationHint'),
      of: (total) => rate(total.exploration),
    },
    {
      name: say('desk.health.cost'),
      hint: say('desk.health.costHint', {
        explored: rate(exploring.watchValue),
        rest: rate(exploring.restWatchValue),
      }),
      of: () => rate(exploring.cost),
    },
  ];
  if (slices.length === 1)
    return (
      <dl className={styles.numbers}>
        {rows.map((row) => (
          <div key={row.name} className={styles.number}>
            <dt>
              {row.name}
              <span className={styles.hint}>{row.hint}</span>
            </dt>
            <dd>{row.of(slices[0]!.total)}</dd>
          </div>
        ))}
      </dl>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={say('desk.health.numbers')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say('desk.experiments.variant')}</th>
            {slices.map((slice) => (
              <th key={slice.name} scope="col">
                {slice.name.split(':')[1]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, -1).map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {slices.map((slice) => (
                <td key={slice.name}>{row.of(slice.total)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
