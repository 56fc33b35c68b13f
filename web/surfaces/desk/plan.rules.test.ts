import { expect, test } from 'vitest';
import { readPlan, type TypedPlan } from './plan.rules.ts';

const ranges = [{ name: 'recommend.thompson', min: 0, max: 3 }];
const typed = (more: Partial<TypedPlan> = {}, share = '50', text = '1,5'): TypedPlan => ({
  key: 'wilder',
  question: 'Is a wilder feed watched longer?',
  variants: [
    { id: 1, name: 'control', share: '50', overrides: [] },
    { id: 2, name: 'wild', share, overrides: [{ id: 3, name: 'recommend.thompson', text }] },
  ],
  ...more,
});
const faultsOf = (plan: TypedPlan) => [...(readPlan(plan, ranges).faults ?? [])];

test('a plan as it is typed becomes one that can be sent', () => {
  expect(readPlan(typed(), ranges).plan).toEqual({
    key: 'wilder',
    question: 'Is a wilder feed watched longer?',
    variants: [
      { name: 'control', share: 0.5, overrides: {} },
      { name: 'wild', share: 0.5, overrides: { 'recommend.thompson': 1.5 } },
    ],
  });
});

test('what is not right yet is named where it stands', () => {
  expect(faultsOf(typed({ key: 'With Spaces', question: ' ' }))).toEqual(['key', 'question']);
  expect(faultsOf(typed({}, '60'))).toEqual(['shares']);
  expect(faultsOf(typed({}, 'half'))).toEqual(['share.1']);
  expect(faultsOf(typed({}, '50', '4'))).toEqual(['override.1.0']);
  const twice = typed();
  twice.variants[1]!.name = 'control';
  expect(faultsOf(twice)).toEqual(['name.1']);
});
