import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { durationOf, frameCount } from '../contract/edit-list.timeline.ts';
import { type EditClip, type EditList, emptyEditList } from '../contract/edit-list.ts';
import { createLog } from '../server/platform/log.ts';
import { fileMaterial } from '../server/platform/rendering/rendering.fixture.ts';
import { openRendering } from '../server/platform/rendering/rendering.ts';
import { makeClip } from '../server/testing/clips.ts';
import { readMedia } from '../server/testing/media-reading.ts';
import { openPictures, type Pictures } from './rendering.pictures.ts';
import { drawing, openChromium } from './stage.ts';

/** One edit list, looked at in the preview, in the file that a browser makes, and in the one that the server makes. */
let folder: string;
let browser: Browser;
let pictures: Pictures;
const rendering = openRendering({
  config: { chromium: process.env.CHROMIUM ?? null, chromiumSandbox: 'on' },
  webFolder: resolve(import.meta.dirname, '../build/web'),
  scratch: tmpdir(),
  log: createLog('warn'),
});
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-three-ways-'));
  const clip = {
    width: 360,
    height: 640,
    fps: [30, 1] as [number, number],
    durationMs: 2000,
    bitrate: 3_000_000,
  };
  await makeClip(at('take'), { ...clip, gopFrames: 15, sound: { kind: 'clap', levelDb: -6, codec: 'aac' } });
  await makeClip(at('other'), {
    ...clip,
    sound: null,
    paint({ luma, cb, cr }, width, _height, index) {
      cb.fill(90);
      cr.fill(170);
      luma.forEach((_, i) => {
        luma[i] = 60 + (((i % width) + index * 4) % 120);
      });
    },
  });
  browser = await openChromium(drawing);
  pictures = await openPictures(browser, { take: at('take'), other: at('other'), rendered: at('made.mp4') });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await rendering.close();
  await rm(folder, { recursive: true, force: true });
});

const clip = (id: string, part: Partial<EditClip>): EditClip => ({
  ...{ id, source: 'take', fromMs: 0, toMs: 1000, speed: 1, reversed: false, volume: 1 },
  ...{ look: null, transition: null, backdrop: null, ...part },
});
const source = { of: null, durationMs: 2000, width: 360, height: 640, beatsMs: [] };
const laid = { x: 0.5, turnDeg: 0, size: 0.08, atMs: 0, forMs: 4000 };
const text = (id: string, y: number, words: string, style: 'card' | 'outline' | 'lamp') =>
  ({ ...laid, id, y, text: words, style, colour: '#f7f5f2', align: 'center' }) as const;
const list: EditList = {
  ...emptyEditList,
  ...{ width: 360, height: 640 },
  sources: {
    take: { ...source, kind: 'take', hasSound: true },
    other: { ...source, kind: 'file', hasSound: false },
  },
  clips: [
    clip('quick', { speed: 2, look: { name: 'ember', strength: 0.9 } }),
    clip('backwards', {
      ...{ fromMs: 500, toMs: 1700, reversed: true, look: { name: 'ink', strength: 1 } },
      transition: { name: 'slide', ms: 300 },
    }),
    clip('apart', { fromMs: 200, toMs: 800, backdrop: { kind: 'colour', colour: '#204060' } }),
  ],
  texts: [
    text('ltr', 0.1, 'One list, three ways', 'card'),
    text('rtl', 0.22, 'قائمة واحدة 123', 'outline'),
    text('emoji', 0.34, '🎬 🔥 ✨', 'lamp'),
  ],
  stickers: [
    { ...laid, id: 's1', y: 0.7, x: 0.3, size: 0.25, sticker: 'star', pin: null },
    { ...laid, id: 's2', y: 0.7, x: 0.7, size: 0.25, sticker: 'test-ring', pin: null },
  ],
  effects: [{ id: 'e', atMs: 600, forMs: 700, effect: 'mirror', strength: 0.8 }],
  layout: {
    ...{ name: 'stacked', cells: 2, mine: 0 },
    others: [
      { cell: 1, source: 'other', fromMs: 0, volume: 1, crop: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 } },
    ],
  },
  cues: [{ startMs: 200, endMs: 1800, text: 'Captions that are drawn' }],
  cueStyle: 'card',
};
/** A drawing of a pack. */
const ring = {
  key: 'test-ring',
  svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100"><circle cx="50" cy="50" r="38" fill="none" stroke="#ffb224" stroke-width="16"/></svg>',
};
/** In a clip at double speed, in the transition, backwards with the effect, with the background changed, at the end. */
const frames = [0, 6, 11, 14, 20, 31, 44, 50, frameCount(list) - 1];
const msOf = (frame: number) => (frame * 1000) / list.fps;

test('the preview shows exactly the frame that the list stands for', async () => {
  await pictures.open(list, ['take', 'other'], [ring]);
  for (const frame of frames) expect(await pictures.previewAt(msOf(frame)), `frame ${frame}`).toBe(0);
}, 240_000);

test('the file of a browser and the file of the server show the same frames, as near as their coding', async () => {
  expect(await rendering.state()).toBe('on');
  await pictures.open(list, ['take', 'other'], [ring]);
  const codecs = await pictures.make();
  const made = await rendering.render({
    ...{ list, stickers: [ring], folder, maxBytes: 100_000_000 },
    materials: [await fileMaterial('take', at('take')), await fileMaterial('other', at('other'))],
  });
  if (!made.ok) throw new Error(JSON.stringify(made.fault));
  for (const frame of frames) {
    const [mine, theirs] = [
      await pictures.compare('exported', msOf(frame)),
      await pictures.compare('rendered', msOf(frame)),
    ];
    // Coding alone leaves 37 to 39 dB; the frame beside it is at 23 and less.
    for (const { mean, psnr } of [mine, theirs]) {
      expect(psnr, `frame ${frame}`).toBeGreaterThan(34);
      expect(mean, `frame ${frame}`).toBeLessThan(3);
    }
    expect(Math.abs(mine.psnr - theirs.psnr), `frame ${frame}`).toBeLessThan(1);
  }
  for (const frame of [6, 14, 31, 50])
    expect((await pictures.compare('rendered', msOf(frame), msOf(frame + 1))).psnr).toBeLessThan(27);
  const reading = await readMedia(made.path);
  expect(reading.frames).toBe(frameCount(list));
  expect(reading.seconds).toBeCloseTo(durationOf(list) / 1000, 1);
  expect(reading.videoCodec).toContain(codecs[0] === 'avc' ? 'h264' : codecs[0]!);
  const [mine, theirs] = [await pictures.loudness('exported'), await pictures.loudness('rendered')];
  expect(theirs.length).toBe(mine.length);
  theirs.forEach((level, tenth) => {
    expect(Math.abs(level - mine[tenth]!), `tenth ${tenth}`).toBeLessThan(0.02);
  });
}, 400_000);
