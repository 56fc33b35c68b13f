/**
 * Figures of a ranking: recall, nDCG and hit rate at each k, MRR at the largest, and the share of the catalogue that was
 * shown at all. One list and what was wanted at a time; knows no model and no data.
 */

export type Meter = {
  /** `top`: best first, no repeats, at least as long as the largest k when the catalogue allows. */
  add: (top: ArrayLike<number>, wanted: ReadonlySet<number>) => void;
  readonly count: number;
  result: () => Record<string, number>;
};

export function createMeter(ks: readonly number[], items: number): Meter {
  const largest = Math.max(...ks);
  const sum = new Map<string, number>();
  const shown = new Map(ks.map((k) => [k, new Uint8Array(items)]));
  const add = (name: string, value: number) => sum.set(name, (sum.get(name) ?? 0) + value);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add: (top, wanted) => {
      if (wanted.size === 0) return;
      count++;
      for (const k of ks) {
        let hits = 0;
        let gain = 0;
        for (let at = 0; at < Math.min(k, top.length); at++) {
          shown.get(k)![top[at]!] = 1;
          if (!wanted.has(top[at]!)) continue;
          hits++;
          gain += 1 / Math.log2(at + 2);
        }
        add(`recall@${k}`, hits / wanted.size);
        add(`ndcg@${k}`, gain / idealGain(Math.min(k, wanted.size)));
        add(`hr@${k}`, hits > 0 ? 1 : 0);
      }
      for (let at = 0; at < Math.min(largest, top.length); at++) {
        if (!wanted.has(top[at]!)) continue;
        add(`mrr@${largest}`, 1 / (at + 1));
        break;
      }
    },
    result: () => {
      const metrics: Record<string, number> = {};
      for (const k of ks)
        for (const name of ['recall', 'ndcg', 'hr'])
          metrics[`${name}@${k}`] = rounded((sum.get(`${name}@${k}`) ?? 0) / Math.max(1, count));
      metrics[`mrr@${largest}`] = rounded((sum.get(`mrr@${largest}`) ?? 0) / Math.max(1, count));
      for (const k of ks)
        metrics[`coverage@${k}`] = rounded(
          shown.get(k)!.reduce((total, one) => total + one, 0) / Math.max(1, items),
        );
      return metrics;
    },
  };
}

/** The gain of a list whose first `count` places are all wanted. */
function idealGain(count: number): number {
  let gain = 0;
  for (let at = 0; at < count; at++) gain += 1 / Math.log2(at + 2);
  return gain;
}

const rounded = (value: number) => Math.round(value * 1e5) / 1e5;
