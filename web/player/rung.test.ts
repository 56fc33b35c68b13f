import { expect, test } from 'vitest';
import { chooseRendition, createThroughput } from './rung.ts';

const file = (rung: number, codec: 'h264' | 'av1', bytes: number) => ({
  rung,
  codec,
  bytes,
  width: rung,
  height: Math.round((rung * 16) / 9),
  url: `/media/${codec}-${rung}.mp4`,
});
const ladder = [
  file(540, 'h264', 1_280_000),
  file(720, 'h264', 2_200_000),
  file(1080, 'h264', 9_100_000),
  file(540, 'av1', 1_060_000),
  file(720, 'av1', 1_430_000),
];
const phone = { mbps: 20, saveData: false, shortSidePx: 1170, av1: false };

test('a slow or unmeasured line gets 540, a good one 720, a fast one 1080', () => {
  const rungAt = (mbps: number | null) => chooseRendition(ladder, { ...phone, mbps })?.rung;
  expect([null, 0.4, 2.49, 2.5, 7.9, 8].map(rungAt)).toEqual([540, 540, 540, 720, 720, 1080]);
});

test('saving data wins over any line', () => {
  expect(chooseRendition(ladder, { ...phone, mbps: 500, saveData: true })?.rung).toBe(540);
});

test('nobody downloads more pixels than the screen has', () => {
  expect(chooseRendition(ladder, { ...phone, shortSidePx: 700 })?.rung).toBe(720);
  expect(chooseRendition(ladder, { ...phone, shortSidePx: 400 })?.rung).toBe(540);
});

test('AV1 only where the browser probably plays it', () => {
  expect(chooseRendition(ladder, { ...phone, mbps: 5 })?.codec).toBe('h264');
  expect(chooseRendition(ladder, { ...phone, mbps: 5, av1: true })?.codec).toBe('av1');
  expect(chooseRendition([file(540, 'av1', 1)], phone)).toBeNull();
});

test('what exists is played, even if it is more than the line should take', () => {
  expect(chooseRendition([file(1080, 'h264', 9)], { ...phone, mbps: 1 })?.rung).toBe(1080);
  expect(chooseRendition([], phone)).toBeNull();
});

test('throughput follows the line and ignores what came from a cache', () => {
  const line = createThroughput(10);
  line.add(1_000_000, 2);
  line.add(2_000, 400);
  expect(line.mbps()).toBe(10);
  for (let i = 0; i < 8; i++) line.add(700_000, 5600);
  expect(line.mbps()).toBeLessThan(1.2);
  expect(createThroughput(null).mbps()).toBeNull();
});
