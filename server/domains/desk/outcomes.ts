import type { Kysely } from 'kysely';
import type { Experiment, ExperimentResult } from '../../../contract/experiments.ts';
import type { DeskTables } from './desk.tables.ts';
import { compare, estimateOf, isUneven, leastViewers, type Moments } from './outcome.rules.ts';
import { type GroupMoments, type Numerator, readMoments } from './outcomes.store.ts';

type Metric = Pick<ExperimentResult['metrics'][number], 'name' | 'role' | 'better'> & {
  of: 'means' | 'rates';
  sum: Numerator;
};

/** The first is what an experiment is decided by; guards must not get worse, whatever the first says. */
const metrics: readonly Metric[] = [
  { name: 'watchValue', role: 'goal', better: 'more', of: 'rates', sum: 'value' },
  { name: 'watchedMs', role: 'other', better: 'more', of: 'means', sum: 'watched_ms' },
  { name: 'seen', role: 'other', better: 'more', of: 'means', sum: 'seen' },
  { name: 'likeRate', role: 'other', better: 'more', of: 'rates', sum: 'likes' },
  { name: 'skipRate', role: 'guard', better: 'less', of: 'rates', sum: 'skips' },
  { name: 'hideRate', role: 'guard', better: 'less', of: 'rates', sum: 'hides' },
];

const nothing: Moments = { n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };

/** What each variant of an experiment did to the viewers who were served by it. */
export async function resultOf(db: Kysely<DeskTables>, experiment: Experiment): Promise<ExperimentResult> {
  const found = new Map((await readMoments(db, experiment.key)).map((group) => [group.variant, group]));
  const groups = experiment.variants.map(({ name, share }) => ({
    variant: name,
    share,
    viewers: found.get(name)?.n ?? 0,
    seen: found.get(name)?.seen ?? 0,
  }));
  const momentsOf = (group: GroupMoments | undefined, { of, sum }: Metric) => group?.[of][sum] ?? nothing;
  const control = found.get(experiment.variants[0]!.name);
  return {
    experiment,
    leastViewers,
    confidence: 0.95,
    unevenGroups: isUneven(groups),
    groups,
    metrics: metrics.map((metric) => ({
      name: metric.name,
      role: metric.role,
      better: metric.better,
      variants: experiment.variants.map(({ name }, at) => {
        const own = momentsOf(found.get(name), metric);
        const comparison =
          at === 0
            ? { change: null, verdict: 'control' as const }
            : compare(momentsOf(control, metric), own, metric.better, experiment.variants.length - 1);
        return { variant: name, estimate: estimateOf(own), ...comparison };
      }),
    })),
  };
}
