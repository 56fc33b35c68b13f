import { expect, test } from 'vitest';
import { fitLines, h264Level, planRung, stageRungs } from './rungs.ts';

const at30 = { rate: { num: 30, den: 1 }, constant: true };
const at60 = { rate: { num: 60, den: 1 }, constant: true };

test('a rung is named by its short side and never has more lines than the source', () => {
  expect(fitLines(1080, 1920, 540)).toEqual({ width: 540, height: 960 });
  expect(fitLines(1920, 1080, 540)).toEqual({ width: 960, height: 540 });
  expect(fitLines(640, 480, 540)).toEqual({ width: 640, height: 480 });
  expect(fitLines(321, 241, 540)).toEqual({ width: 322, height: 242 });
});

test('a ribbon is held by its long side', () => {
  const { width, height } = fitLines(4096, 100, 540);
  expect(width).toBeLessThanOrEqual(1920);
  expect(height).toBeGreaterThanOrEqual(16);
});

test('stage B gives only the rungs for which the source has lines of its own', () => {
  expect(stageRungs('b', { width: 640, height: 480 })).toEqual([]);
  expect(stageRungs('b', { width: 1280, height: 720 })).toEqual(['720']);
  expect(stageRungs('b', { width: 1080, height: 1920 })).toEqual(['720', '1080']);
  expect(stageRungs('c', { width: 480, height: 640 })).toEqual(['540']);
});

test('sixty frames are kept up to 720 and halved at 1080, with key frames every two seconds', () => {
  const size = { width: 1080, height: 1920 };
  expect(planRung('720', 'h264', size, at60)).toMatchObject({ rate: { num: 60, den: 1 }, gopFrames: 120 });
  expect(planRung('1080', 'h264', size, at60)).toMatchObject({ rate: { num: 60, den: 2 }, gopFrames: 60 });
});

test('the signalled level is the lowest that holds the picture', () => {
  const level = (rung: '540' | '720' | '1080', source: typeof at30) =>
    h264Level(planRung(rung, 'h264', { width: 1080, height: 1920 }, source));
  expect([level('540', at30), level('720', at30), level('1080', at30)]).toEqual([31, 31, 40]);
  expect([level('540', at60), level('720', at60)]).toEqual([32, 32]);
});
