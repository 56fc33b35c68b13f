/**
 * How long the server takes to make a video for somebody whose browser cannot: ten seconds of 720×1280 with sound, two
 * looks, three texts and two stickers, beside the export of the same list in a browser of the same machine, in turns.
 * The browser's peak counts what all of its processes hold.
 * node bench/studio-render.ts [--runs 2]; wants a built web (npm run build). Fails over a missing or a wrong frame.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { frameCount } from '../contract/edit-list.timeline.ts';
import { type EditClip, type EditList, emptyEditList } from '../contract/edit-list.ts';
import { openPictures } from '../e2e/rendering.pictures.ts';
import { drawing, openChromium } from '../e2e/stage.ts';
import { createLog } from '../server/platform/log.ts';
import { fileMaterial } from '../server/platform/rendering/rendering.fixture.ts';
import { openRendering } from '../server/platform/rendering/rendering.ts';
import { makeClip } from '../server/testing/clips.ts';
import { readMedia } from '../server/testing/media-reading.ts';
import { circumstances } from './watched-community.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '2' } } });
const durationMs = 10_000;

const clip = (id: string, fromMs: number, toMs: number, look: string): EditClip => ({
  ...{ id, source: 'take', fromMs, toMs, speed: 1, reversed: false, volume: 1 },
  ...{ look: { name: look, strength: 0.8 }, transition: null, backdrop: null },
});
const placed = { atMs: 0, forMs: durationMs, x: 0.5, turnDeg: 0, size: 0.08 };
const text = (id: string, y: number, words: string) => ({
  ...({ ...placed, id, y, text: words, style: 'card', colour: '#f7f5f2', align: 'center' } as const),
});
const list: EditList = {
  ...emptyEditList,
  sources: {
    take: {
      ...{ kind: 'take', of: null, durationMs, width: 720, height: 1280, hasSound: true, beatsMs: [] },
    },
  },
  clips: [clip('a', 0, 5000, 'ember'), clip('b', 5000, durationMs, 'dusk')],
  texts: [text('t1', 0.1, 'Fourteen minutes'), text('t2', 0.2, 'one pan'), text('t3', 0.3, 'وعاء واحد')],
  stickers: [
    { ...placed, id: 's1', y: 0.75, x: 0.3, size: 0.2, sticker: 'star', pin: null },
    { ...placed, id: 's2', y: 0.75, x: 0.7, size: 0.2, sticker: 'heart', pin: null },
  ],
};

const before = circumstances();
const folder = await mkdtemp(join(tmpdir(), 'kinora-render-bench-'));
const take = join(folder, 'take');
const rendering = openRendering({
  config: { chromium: process.env.CHROMIUM ?? null, chromiumSandbox: 'on' },
  ...{ webFolder: resolve(import.meta.dirname, '../build/web'), scratch: folder, log: createLog('warn') },
});
const browser = await openChromium(drawing);
try {
  await makeClip(take, {
    ...{ width: 720, height: 1280, fps: [30, 1], durationMs, bitrate: 6_000_000, gopFrames: 60 },
    sound: { kind: 'clap', levelDb: -6, codec: 'aac' },
  });
  const state = await rendering.state();
  if (state !== 'on') throw new Error(`this machine renders nothing: ${state}`);
  const pictures = await openPictures(browser, { take });
  await pictures.open(list, ['take'], []);
  const runs: { serverMs: number; browserMs: number; peakMb: number }[] = [];
  let path = '';
  for (let run = 0; run < Number(values.runs); run++) {
    const made = await rendering.render({
      ...{ list, stickers: [], folder, maxBytes: 1_000_000_000 },
      materials: [await fileMaterial('take', take)],
    });
    if (!made.ok) throw new Error(JSON.stringify(made.fault));
    path = made.path;
    const from = performance.now();
    await pictures.make();
    runs.push({
      serverMs: made.wallMs,
      browserMs: Math.round(performance.now() - from),
      peakMb: Math.round(made.peakBytes / 1024 ** 2),
    });
  }
  const reading = await readMedia(path);
  const wrong = reading.frameNumbers.flatMap((number, at) => (number === at ? [] : [at]));
  const median = (key: 'serverMs' | 'browserMs') =>
    runs.map((run) => run[key]).sort((a, b) => a - b)[runs.length >> 1]!;
  const tenths = (value: number) => Math.round(value * 10) / 10;
  const faults = [
    ...(reading.frames === frameCount(list) ? [] : [`${reading.frames} frames of ${frameCount(list)}`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} frames show another number than theirs`]),
  ];
  const result = {
    ...before,
    clipMs: durationMs,
    server: { ms: median('serverMs'), secondsPerSecond: tenths(median('serverMs') / durationMs) },
    browser: { ms: median('browserMs'), secondsPerSecond: tenths(median('browserMs') / durationMs) },
    serverPerBrowser: tenths(median('serverMs') / median('browserMs')),
    peakMb: Math.max(...runs.map((run) => run.peakMb)),
    file: { videoCodec: reading.videoCodec, audioCodec: reading.audioCodec, seconds: reading.seconds },
    ...{ runs, faults },
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await rendering.close();
  await rm(folder, { recursive: true, force: true });
}
