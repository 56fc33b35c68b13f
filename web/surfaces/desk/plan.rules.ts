import type { NewExperiment } from '../../../contract/experiments.ts';
import { judgeNumber } from './tunable.rules.ts';

/** A plan as it is being typed, and what of it is not yet right. Pure. */
export type TypedOverride = { id: number; name: string; text: string };
export type TypedVariant = { id: number; name: string; share: string; overrides: TypedOverride[] };
export type TypedPlan = { key: string; question: string; variants: TypedVariant[] };
export type Range = { name: string; min: number; max: number };

export type PlanFault =
  | 'key'
  | 'question'
  | 'shares'
  | `name.${number}`
  | `share.${number}`
  | `override.${number}.${number}`;

const keyForm = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** The plan that can be sent, or what must be mended first; variants and overrides by their place. */
export function readPlan(
  typed: TypedPlan,
  ranges: readonly Range[],
): { plan: NewExperiment; faults: null } | { plan: null; faults: Set<PlanFault> } {
  const faults = new Set<PlanFault>();
  if (!keyForm.test(typed.key.trim())) faults.add('key');
  if (typed.question.trim().length < 3 || typed.question.trim().length > 300) faults.add('question');
  const names = typed.variants.map((variant) => variant.name.trim());
  const variants = typed.variants.map((variant, at) => {
    const name = names[at]!;
    if (!keyForm.test(name) || names.indexOf(name) !== at) faults.add(`name.${at}`);
    const share = judgeNumber(variant.share, { min: 0.1, max: 100 });
    if (share.value === null) faults.add(`share.${at}`);
    const overrides: Record<string, number> = {};
    // The control is the feed as it is.
    for (const [place, override] of (at === 0 ? [] : variant.overrides).entries()) {
      const range = ranges.find((one) => one.name === override.name);
      const judged = range ? judgeNumber(override.text, range) : null;
      if (!judged || judged.value === null || override.name in overrides)
        faults.add(`override.${at}.${place}`);
      else overrides[override.name] = judged.value;
    }
    return { name, share: (share.value ?? 0) / 100, overrides };
  });
  if (variants.reduce((sum, variant) => sum + variant.share, 0) > 1 + 1e-9) faults.add('shares');
  if (faults.size > 0) return { plan: null, faults };
  return { plan: { key: typed.key.trim(), question: typed.question.trim(), variants }, faults: null };
}
