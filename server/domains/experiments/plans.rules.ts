import type { NewExperiment, Variant } from '../../../contract/experiments.ts';

/** Tunables an experiment may turn: those that one page can obey and the next need not. */
export const prefix = 'recommend.';

export type Range = { name: string; min: number; max: number };
export type Fault =
  | { code: 'experiment_invalid'; details: { what: 'names' | 'control' | 'shares' | 'nothing' } }
  | { code: 'tunable_out_of_range'; details: { name: string; min?: number; max?: number } };

/** What is wrong with a plan; null when it may be kept. */
export function faultOf(plan: NewExperiment, ranges: readonly Range[]): Fault | null {
  const invalid = (what: 'names' | 'control' | 'shares' | 'nothing'): Fault => ({
    code: 'experiment_invalid',
    details: { what },
  });
  const { variants } = plan;
  if (new Set(variants.map((one) => one.name)).size < variants.length) return invalid('names');
  if (Object.keys(variants[0]!.overrides).length > 0) return invalid('control');
  if (variants.slice(1).some((one) => Object.keys(one.overrides).length === 0)) return invalid('nothing');
  if (variants.reduce((sum, one) => sum + one.share, 0) > 1 + 1e-9) return invalid('shares');
  const rangeOf = new Map(ranges.map((range) => [range.name, range]));
  for (const { overrides } of variants) {
    for (const [name, value] of Object.entries(overrides)) {
      const range = name.startsWith(prefix) ? rangeOf.get(name) : undefined;
      if (!range) return { code: 'tunable_out_of_range', details: { name } };
      const { min, max } = range;
      if (!(value >= min && value <= max))
        return { code: 'tunable_out_of_range', details: { name, min, max } };
    }
  }
  return null;
}

export function turnedBy(variants: readonly Variant[]): Set<string> {
  return new Set(variants.flatMap((one) => Object.keys(one.overrides)));
}

/** The first running experiment that turns one of these tunables too. */
export function overlapOf(
  variants: readonly Variant[],
  running: readonly { key: string; variants: readonly Variant[] }[],
): { key: string; name: string } | null {
  const turned = turnedBy(variants);
  for (const other of running) {
    for (const name of turnedBy(other.variants)) if (turned.has(name)) return { key: other.key, name };
  }
  return null;
}
