import { expect, test } from 'vitest';
import type { Rendition, Video } from '../../../contract/videos.ts';
import { bestRendition, fileNameOf } from './take-along.rules.ts';

const rendition = (codec: 'h264' | 'av1', rung: number) => ({ codec, rung }) as Rendition;

test('the best to take along is the largest that plays everywhere', () => {
  const renditions = [rendition('h264', 540), rendition('av1', 1080), rendition('h264', 1080)];
  expect(bestRendition({ renditions })).toBe(renditions[2]);
  expect(bestRendition({ renditions: [renditions[1]!] })).toBe(renditions[1]);
  expect(bestRendition({ renditions: [] })).toBe(null);
});

test('the name of the file is of the caption, in its own script, and never a path', () => {
  const named = (caption: string) =>
    fileNameOf({ author: { handle: 'ann' }, caption, id: 'abc' } as unknown as Video);
  expect(named('A walk / #harbour…')).toBe('ann-A-walk-harbour.mp4');
  expect(named('../../etc')).toBe('ann-etc.mp4');
  expect(named('Прогулка 東京')).toBe('ann-Прогулка-東京.mp4');
  expect(named('🎉')).toBe('ann-abc.mp4');
  expect(named('x'.repeat(300)).length).toBeLessThan(60);
});
