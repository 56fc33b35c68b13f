import { expect, test } from 'vitest';
import { stillWheel, turnWheel } from './wheel.ts';

function stepsOf(events: [at: number, deltaPx: number][]): number[] {
  let state = stillWheel;
  return events.flatMap(([at, deltaPx]) => {
    const turned = turnWheel(state, deltaPx, at);
    state = turned.state;
    return turned.step === 0 ? [] : [turned.step];
  });
}

test('each notch of a mouse wheel is one video', () => {
  expect(
    stepsOf([
      [0, 100],
      [700, 100],
      [1400, -100],
    ]),
  ).toEqual([1, 1, -1]);
});

test('a swing on a touchpad with its long tail is one video', () => {
  const swing = Array.from({ length: 60 }, (_, i): [number, number] => [i * 16, Math.max(1, 60 - i)]);
  expect(stepsOf(swing)).toEqual([1]);
});

test('a second swing right after the tail is a second video', () => {
  const swing = (from: number) =>
    Array.from({ length: 30 }, (_, i): [number, number] => [from + i * 16, Math.max(2, 60 - 2 * i)]);
  expect(stepsOf([...swing(0), ...swing(500)])).toEqual([1, 1]);
});

test('a nudge is no step', () => {
  expect(
    stepsOf([
      [0, 4],
      [16, 6],
      [400, 3],
    ]),
  ).toEqual([]);
});
