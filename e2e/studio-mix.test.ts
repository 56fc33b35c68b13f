import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EditList, type EditSound, emptyEditList } from '../contract/edit-list.ts';
import { openChromium } from './stage.ts';

/** What is heard of an edit list, as a real browser mixes it from real files: levels of a song while somebody speaks. */
type Part = [seconds: number, loudness: number];
declare const studio: {
  mixSound: typeof import('../web/studio/reels/mix.ts').mixSound;
  openReel: typeof import('../web/studio/reels/reel.ts').openReel;
  waveHead: typeof import('../web/studio/sounds/wave.ts').waveHead;
  waveSamples: typeof import('../web/studio/sounds/wave.ts').waveSamples;
};

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const files = ['reels/mix', 'reels/reel', 'sounds/wave'];
  const code = files
    .map((file, at) => `import * as m${at} from '${join(import.meta.dirname, `../web/studio/${file}.ts`)}';`)
    .concat('globalThis.studio = { ...m0, ...m1, ...m2 };')
    .join('\n');
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) => (id === '\0entry' ? code : null),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: 'entry' } },
  });
  const { output } = (Array.isArray(built) ? built[0]! : built) as { output: { code?: string }[] };
  browser = await openChromium();
  page = await browser.newPage();
  await page.route('http://localhost/**', (route) =>
    route.fulfill(
      route.request().url().endsWith('.js')
        ? { contentType: 'text/javascript', body: output[0]!.code! }
        : { contentType: 'text/html', body: '<script type="module" src="/entry.js"></script>' },
    ),
  );
  await page.goto('http://localhost/');
  await page.waitForFunction(() => 'studio' in globalThis);
});
afterAll(() => browser?.close());

const clip = { id: 'a', source: 'clip', fromMs: 0, toMs: 5000, speed: 1, reversed: false, volume: 1 };
const source = {
  kind: 'take',
  of: null,
  durationMs: 5000,
  width: 9,
  height: 16,
  hasSound: true,
  beatsMs: [],
};
const song: EditSound = {
  ...{ id: 's', source: 'song', atMs: 0, forMs: 5000, fromMs: 0, volume: 1 },
  ...{ fadeInMs: 0, fadeOutMs: 0, ducks: true, voice: false },
};

/** How loud the song is at those moments, of a list whose clip sounds like that; 0.5 is as it was made. */
async function songAt(spoken: Part[], sounds: EditSound[], seconds: number[], volume = 1): Promise<number[]> {
  const list = {
    ...emptyEditList,
    sources: { clip: source, voice: source, song: source },
    clips: [{ ...clip, volume, look: null, transition: null, backdrop: null }],
    sounds,
  } as EditList;
  return page.evaluate(
    async ({ list, spoken, seconds }) => {
      const rate = 48_000;
      const wave = (parts: Part[], hertz: number) => {
        const samples = parts.flatMap(([length, loudness]) =>
          Array.from(
            { length: length * rate },
            (_, at) => loudness * Math.sin((2 * Math.PI * hertz * at) / rate),
          ),
        );
        const bytes = [studio.waveHead(rate), studio.waveSamples(Float32Array.from(samples))];
        return studio.openReel(new Blob(bytes));
      };
      const voice = await wave(spoken, 200);
      const reels = new Map([
        ['clip', voice],
        ['voice', voice],
        ['song', await wave([[6, 0.5]], 1000)],
      ]);
      const mixed = (await studio.mixSound(list, reels))!.getChannelData(0);
      // The loudness of 1000 Hz in a tenth of a second.
      return seconds.map((from) => {
        let [real, imaginary] = [0, 0];
        for (let at = 0; at < rate / 10; at++) {
          const sample = mixed[Math.round(from * rate) + at] ?? 0;
          real += sample * Math.cos((2 * Math.PI * 1000 * at) / rate);
          imaginary += sample * Math.sin((2 * Math.PI * 1000 * at) / rate);
        }
        return Math.round((Math.hypot(real, imaginary) / (rate / 20)) * 100) / 100;
      });
    },
    { list, spoken, seconds },
  );
}
const speech: Part[] = [
  [2, 0],
  [1, 0.3],
  [2, 0],
];

test('a song steps back while a clip speaks and comes again, and a silent clip does not push it away', async () => {
  expect(await songAt(speech, [song], [1, 2.4, 4.5])).toEqual([0.5, 0.16, 0.5]);
  expect(await songAt(speech, [song], [1, 2.4, 4.5], 0)).toEqual([0.5, 0.5, 0.5]);
  expect(await songAt(speech, [{ ...song, ducks: false }], [1, 2.4, 4.5])).toEqual([0.5, 0.5, 0.5]);
});

test('a song steps back for a voice-over, where that lies', async () => {
  const voice = { ...song, id: 'v', source: 'voice', atMs: 1000, forMs: 3000, ducks: false, voice: true };
  expect(await songAt([[5, 0]], [song], [2.4, 3.4])).toEqual([0.5, 0.5]);
  expect(await songAt(speech, [song, voice], [0.5, 1.5, 3.4], 0)).toEqual([0.5, 0.5, 0.16]);
});

test('volume and fades are as they were set, and a song that outlasts the video fades where the video ends', async () => {
  const faded = { ...song, volume: 0.5, fadeInMs: 1000, fadeOutMs: 1000, atMs: 500, forMs: 5000 };
  const levels = await songAt([[5, 0]], [faded], [0.2, 0.95, 2, 4.45, 4.9]);
  expect(levels[0]).toBe(0);
  expect(levels[1]).toBeCloseTo(0.125, 1);
  expect(levels[2]).toBe(0.25);
  expect(levels[3]).toBeCloseTo(0.125, 1);
  expect(levels[4]).toBeLessThan(0.04);
});
