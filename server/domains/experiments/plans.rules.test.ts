import { expect, test } from 'vitest';
import type { NewExperiment } from '../../../contract/experiments.ts';
import { faultOf, overlapOf } from './plans.rules.ts';

const ranges = [
  { name: 'recommend.thompson', min: 0, max: 3 },
  { name: 'recommend.exploration', min: 0, max: 0.5 },
  { name: 'feed.keep-days', min: 1, max: 400 },
];
const plan = (variants: NewExperiment['variants']): NewExperiment => ({
  key: 'calmer',
  question: 'Is a calmer feed watched longer?',
  variants,
});
const control = { name: 'control', share: 0.5, overrides: {} };
const calm = { name: 'calm', share: 0.5, overrides: { 'recommend.thompson': 0.1 } };

test('a plan that can be carried out has no fault', () => {
  expect(faultOf(plan([control, calm]), ranges)).toBeNull();
});

test('names twice, a control that turns something, a variant that turns nothing, and more than everybody are refused', () => {
  const whatOf = (variants: NewExperiment['variants']) => faultOf(plan(variants), ranges)?.details;
  expect(whatOf([control, { ...calm, name: 'control' }])).toEqual({ what: 'names' });
  expect(whatOf([{ ...control, overrides: calm.overrides }, calm])).toEqual({ what: 'control' });
  expect(whatOf([control, { ...calm, overrides: {} }])).toEqual({ what: 'nothing' });
  expect(whatOf([control, { ...calm, share: 0.6 }])).toEqual({ what: 'shares' });
});

test('only tunables of the recommender, only inside their range', () => {
  const details = (name: string, value: number) =>
    faultOf(plan([control, { ...calm, overrides: { [name]: value } }]), ranges)?.details;
  expect(details('recommend.thompson', 3.1)).toEqual({ name: 'recommend.thompson', min: 0, max: 3 });
  expect(details('recommend.thompson', Number.NaN)).toBeDefined();
  expect(details('recommend.nothing', 1)).toEqual({ name: 'recommend.nothing' });
  expect(details('feed.keep-days', 30)).toEqual({ name: 'feed.keep-days' });
});

test('two experiments may not turn the same tunable at a time', () => {
  const other = { key: 'other', variants: [control, { ...calm, overrides: { 'recommend.exploration': 0 } }] };
  expect(overlapOf([control, calm], [other])).toBeNull();
  expect(overlapOf([control, calm], [other, { key: 'third', variants: [control, calm] }])).toEqual({
    key: 'third',
    name: 'recommend.thompson',
  });
});
