import { expect, test } from 'vitest';
import type { Variant } from '../../../contract/experiments.ts';
import { assignmentOf, variantOf } from './assignment.rules.ts';

const variant = (name: string, share: number, overrides: Record<string, number> = {}): Variant => ({
  name,
  share,
  overrides,
});
const viewers = Array.from({ length: 20_000 }, (_, at) => `viewer-${at}`);
const countOf = (key: string, variants: Variant[]) => {
  const counts = new Map<string | null, number>();
  for (const viewer of viewers) {
    const name = variantOf(key, variants, viewer)?.name ?? null;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

test('groups are as large as asked for, within what chance does', () => {
  const variants = [variant('control', 0.5), variant('b', 0.2), variant('c', 0.1)];
  const counts = countOf('sizes', variants);
  const shares = [0.5, 0.2, 0.1, 0.2];
  for (const [at, name] of ['control', 'b', 'c', null].entries()) {
    const share = shares[at]!;
    const spread = Math.sqrt(viewers.length * share * (1 - share));
    // Four standard deviations: one key in four thousand would fail by chance, and this key is fixed.
    expect(Math.abs(counts.get(name)! - viewers.length * share)).toBeLessThan(4 * spread);
  }
});

test('shares that add up to one leave nobody out, whatever their last digit', () => {
  const thirds = [1 / 3, 1 / 3, 1 / 3].map((share, at) => variant(`v${at}`, share));
  const tenths = Array.from({ length: 5 }, (_, at) => variant(`v${at}`, [0.1, 0.2, 0.3, 0.1, 0.3][at]!));
  for (const variants of [thirds, tenths]) expect(countOf('whole', variants).has(null)).toBe(false);
});

test('a viewer stays in their variant, and two experiments deal independently', () => {
  const variants = [variant('control', 0.5), variant('b', 0.5)];
  const both = { same: 0, all: 0 };
  for (const viewer of viewers) {
    const first = variantOf('one', variants, viewer)!.name;
    expect(variantOf('one', variants, viewer)!.name).toBe(first);
    both.all++;
    if (variantOf('two', variants, viewer)!.name === first) both.same++;
  }
  expect(Math.abs(both.same / both.all - 0.5)).toBeLessThan(0.015);
});

test('what is remembered on a page names experiment and variant, and brings the numbers of all of them', () => {
  const running = [
    { key: 'one', variants: [variant('b', 1, { 'recommend.thompson': 0 })] },
    { key: 'none', variants: [variant('b', 0.001, { 'recommend.creatorShare': 1 })] },
    { key: 'two', variants: [variant('c', 1, { 'recommend.exploration': 0.2 })] },
  ];
  expect(assignmentOf(running, 'somebody')).toEqual({
    variants: ['one:b', 'two:c'],
    overrides: { 'recommend.thompson': 0, 'recommend.exploration': 0.2 },
  });
  expect(assignmentOf([], 'somebody')).toBeNull();
});
