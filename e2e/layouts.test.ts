import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clipMs } from '../contract/edit-list.timeline.ts';
import {
  type EditClip,
  type EditLayout,
  type EditList,
  type EditSource,
  emptyEditList,
} from '../contract/edit-list.ts';
import { type ClipOptions, makeClip } from '../server/testing/clips.ts';
import { drawing, openChromium } from './stage.ts';

/** Several videos in one frame, as a real browser draws, mixes and exports them. One file: all of it looks at one built page. */
type Cells = string[][];
type Drawn = { list: Partial<EditList>; main: Cells; others: (Cells | null)[]; atMs?: number };
/** What the exported file shows in each cell of each of its pictures, and how long it is. */
type Seen = { durationMs: number; numbers: number[][] };
declare const studio: typeof import('../web/studio/compositor/compositor.ts') &
  typeof import('../web/studio/reels/reel.ts') &
  typeof import('../web/studio/reels/mix.ts') &
  typeof import('../web/studio/reels/export.ts') &
  typeof import('../web/studio/layouts/cells.ts');

let browser: Browser;
let page: Page;
let folder: string;
const clips = new Map<string, Buffer>();

beforeAll(async () => {
  const from = (path: string) => `'${join(import.meta.dirname, '../web/studio', path)}'`;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) =>
          id === '\0entry'
            ? `import { createCompositor } from ${from('compositor/compositor.ts')};
               import { openReel } from ${from('reels/reel.ts')};
               import { mixSound } from ${from('reels/mix.ts')};
               import { exportVideo } from ${from('reels/export.ts')};
               import { pixelsOf } from ${from('layouts/cells.ts')};
               globalThis.studio = { createCompositor, openReel, mixSound, exportVideo, pixelsOf };`
            : null,
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: 'entry' } },
  });
  const { output } = (Array.isArray(built) ? built[0]! : built) as {
    output: { fileName: string; code?: string }[];
  };
  folder = await mkdtemp(join(tmpdir(), 'kinora-layouts-'));
  browser = await openChromium(drawing);
  page = await browser.newPage();
  await page.route('http://localhost/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const code = output.find(({ fileName }) => fileName === name)?.code;
    if (code) return route.fulfill({ contentType: 'text/javascript', body: code });
    if (clips.has(name)) return route.fulfill({ contentType: 'video/mp4', body: clips.get(name)! });
    const entry = output.find(({ code }) => code?.includes('globalThis.studio'))!.fileName;
    const body = `<!doctype html><script type="module" src="/${entry}"></script>`;
    return route.fulfill({ contentType: 'text/html', body });
  });
  await page.goto('http://localhost/');
  await page.waitForFunction(() => 'studio' in globalThis);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const [width, height] = [360, 640];
const all = { x: 0, y: 0, width: 1, height: 1 };
const clip: EditClip = {
  ...{ id: 'c', source: 's0', fromMs: 0, toMs: 1000, speed: 1, reversed: false, volume: 1 },
  ...{ look: null, transition: null, backdrop: null },
};
const layoutOf = (
  name: EditLayout['name'],
  cells: number,
  mine: number,
  free: number[] = [],
): EditLayout => ({
  name,
  cells,
  mine,
  others: Array.from({ length: cells }, (_, cell) => cell)
    .filter((cell) => cell !== mine && !free.includes(cell))
    .map((cell) => ({ cell, source: `s${cell + 1}`, fromMs: 0, volume: 1, crop: all })),
});

type Pixel = [number, number, number];
async function draw({ list, main, others, atMs = 0 }: Drawn) {
  const sent = await page.evaluate(
    ({ list, main, others, atMs }) => {
      const picture = (cells: string[][] | null) => {
        if (!cells) return null;
        const canvas = new OffscreenCanvas(90, 160);
        const pen = canvas.getContext('2d')!;
        cells.forEach((row, y) => {
          row.forEach((colour, x) => {
            pen.fillStyle = colour;
            pen.fillRect(
              (x * 90) / row.length,
              (y * 160) / cells.length,
              90 / row.length,
              160 / cells.length,
            );
          });
        });
        return { picture: canvas, width: 90, height: 160 };
      };
      const canvas = document.createElement('canvas');
      const compositor = studio.createCompositor(canvas);
      compositor.resize(list.width, list.height);
      compositor.draw({
        ...{ list, atMs, blend: 1, mainLook: list.look, beforeLook: null, transition: null, before: null },
        main: picture(main),
        others: others.map(picture),
      });
      const copy = new OffscreenCanvas(list.width, list.height).getContext('2d')!;
      copy.drawImage(canvas, 0, 0);
      compositor.close();
      let text = '';
      for (const byte of copy.getImageData(0, 0, list.width, list.height).data)
        text += String.fromCharCode(byte);
      return btoa(text);
    },
    { list: { ...emptyEditList, width, height, ...list }, main, others, atMs },
  );
  const bytes = new Uint8Array(Buffer.from(sent, 'base64'));
  return (x: number, y: number) => {
    const at = (Math.round(y) * width + Math.round(x)) * 4;
    return [...bytes.subarray(at, at + 3)] as Pixel;
  };
}
const placesOf = (layout: EditLayout) =>
  page.evaluate(([one, frame]) => studio.pixelsOf(one, frame), [layout, { width, height }] as const);
const near = (one: number[], other: number[], most = 4) => {
  for (const [i, value] of one.entries())
    expect(Math.abs(value - other[i]!), `${one} is not ${other}`).toBeLessThanOrEqual(most);
};

const red: Pixel = [255, 0, 0];
const green: Pixel = [0, 255, 0];
const ink: Pixel = [10, 10, 12];
const colours = [
  '#ff0000',
  '#00ff00',
  '#0000ff',
  '#ffff00',
  '#00ffff',
  '#ff00ff',
  '#ffffff',
  '#808080',
  '#ff8000',
];
const parseHex = (code: string) => [1, 3, 5].map((i) => Number.parseInt(code.slice(i, i + 2), 16));

describe('a layout', () => {
  test.each([
    ['side', 2],
    ['stacked', 2],
    ['inset', 2],
    ...[3, 4, 5, 6, 7, 8, 9].map((cells) => ['grid', cells] as const),
  ] as const)('%s of %i shows everybody in their cell, whoever is the one who films', async (name, cells) => {
    for (const mine of [0, cells - 1]) {
      const layout = layoutOf(name, cells, mine);
      const others = layout.others.map(({ cell }) => [[colours[cell]!]]);
      const at = await draw({ list: { layout }, main: [[colours[mine]!]], others });
      for (const [cell, place] of (await placesOf(layout)).entries()) {
        const middle = [place.x + place.width / 2, place.y + place.height / 2] as const;
        // The large picture of an inset has the small one over it, not in its middle.
        near(at(...middle), parseHex(colours[cell]!));
        if (name === 'inset' && cell === 0) continue;
        const inner = [place.x + place.width * 0.08, place.y + place.height * 0.5] as const;
        near(at(...inner), parseHex(colours[cell]!));
      }
    }
  });

  test('has a thin dark line where cells meet, and none at the edge of the frame', async () => {
    const at = await draw({
      list: { layout: layoutOf('grid', 9, 4) },
      main: [['#ff0000']],
      others: Array.from({ length: 8 }, () => [['#00ff00']]),
    });
    near(at(width / 3, 20), ink);
    near(at(20, height / 3), ink);
    near(at(0, 0), green);
    near(at(width - 1, height - 1), green);
    const lines = Array.from({ length: width }, (_, x) => at(x, 20)).filter(([, g]) => g < 128).length;
    expect(lines).toBeGreaterThanOrEqual(4);
    expect(lines).toBeLessThanOrEqual(8);
  });

  test('lays the small picture over the large one with round corners and a rim', async () => {
    const layout = layoutOf('inset', 2, 0);
    const at = await draw({ list: { layout }, main: [['#ff0000']], others: [[['#00ff00']]] });
    const [, small] = await placesOf(layout);
    near(at(small!.x + 1, small!.y + 1), red);
    near(at(small!.x + 1, small!.y + small!.height / 2), ink, 30);
    near(at(small!.x + small!.width / 2, small!.y + small!.height / 2), green);
  });

  test('fills a cell with the middle of a picture, or of the part that is cropped out of it', async () => {
    const quarters = [
      ['#ff0000', '#0000ff'],
      ['#00ff00', '#ffffff'],
    ];
    const layout = layoutOf('stacked', 2, 1);
    const whole = await draw({ list: { layout }, main: [['#808080']], others: [quarters] });
    // 9:16 in a cell of 9:8: the middle half of its height, all of its width.
    near(whole(4, 4), [255, 0, 0]);
    near(whole(width - 5, height / 2 - 9), [255, 255, 255]);
    layout.others[0]!.crop = { x: 0.5, y: 0, width: 0.5, height: 0.5 };
    const part = await draw({ list: { layout }, main: [['#808080']], others: [quarters] });
    for (const [x, y] of [
      [4, 4],
      [width - 5, height / 2 - 9],
      [width / 2, height / 4],
    ] as const)
      near(part(x, y), [0, 0, 255]);
  });

  test('shows a quiet plus where nobody is yet, and dark where a picture is missing', async () => {
    const layout = layoutOf('grid', 4, 0, [3]);
    const at = await draw({ list: { layout }, main: [['#ff0000']], others: [[['#00ff00']], null] });
    const [, , missing, free] = await placesOf(layout);
    near(at(missing!.x + missing!.width / 2, missing!.y + missing!.height / 2), ink);
    const middle = free!.y + free!.height / 2;
    near(at(free!.x + 10, middle), [29, 29, 34]);
    let sign = 0;
    for (let y = 0; y < free!.height; y++)
      for (let x = 0; x < free!.width; x++) if (at(free!.x + x, free!.y + y)[0] > 100) sign++;
    expect(sign).toBeGreaterThan(100);
    expect(sign).toBeLessThan(free!.width * free!.height * 0.05);
  });

  test('gives the look and the effects of the list to one’s own clips alone, and its texts to all', async () => {
    const layout = layoutOf('stacked', 2, 0);
    const half = [['#ff0000', '#00ff00']];
    const at = await draw({
      list: {
        layout,
        look: { name: 'ink', strength: 1 },
        effects: [{ id: 'e', atMs: 0, forMs: 1000, effect: 'mirror', strength: 1 }],
        stickers: [
          {
            ...{ id: 's', atMs: 0, forMs: 1000, x: 0.5, y: 0.5, size: 0.5, turnDeg: 0 },
            ...{ sticker: 'heart', pin: null },
          },
        ],
      },
      main: half,
      others: [half],
    });
    const [left, right] = [at(20, 20), at(width - 20, 20)];
    near(left, right);
    expect(Math.max(...left) - Math.min(...left)).toBeLessThan(4);
    near(at(20, height - 20), red);
    near(at(width - 20, height - 20), green);
    // The sticker lies over the line between the two.
    expect(Math.max(...at(width / 2, height / 2))).toBeGreaterThan(100);
  });
});

/** Clips whose pictures carry their numbers, and a list that shows them in a layout. */
async function listOf(
  layout: EditLayout,
  options: Partial<ClipOptions>[],
  more: Partial<EditClip> = {},
): Promise<EditList> {
  const sources: Record<string, EditSource> = {};
  const wanted = ['s0', ...layout.others.map(({ source }) => source)];
  for (const [index, name] of wanted.entries()) {
    const made = {
      width: 360,
      height: 640,
      fps: [30, 1],
      durationMs: 2000,
      ...options[index % options.length],
    };
    const path = join(folder, `${name}.mp4`);
    await makeClip(path, made as ClipOptions);
    clips.set(name, await readFile(path));
    sources[name] = {
      ...{ kind: 'take', of: null, durationMs: 2000, beatsMs: [] },
      ...{ width: made.width, height: made.height, hasSound: !!made.sound },
    };
  }
  const own = { ...clip, toMs: 2000, ...more };
  return { ...emptyEditList, sources, clips: [own], layout };
}

/** Runs in the page: makes the file and reads it again. */
async function exported(list: EditList): Promise<Seen> {
  const reels = new Map();
  for (const name of Object.keys(list.sources))
    reels.set(name, await studio.openReel(await (await fetch(`/${name}`)).blob()));
  const { file } = await studio.exportVideo(list, reels, {
    ...{ name: 'made.mp4', signal: new AbortController().signal, onProgress: () => {} },
  });
  for (const reel of reels.values()) reel.close();
  const made = await studio.openReel(file);
  const pen = new OffscreenCanvas(list.width, list.height).getContext('2d', { willReadFrequently: true })!;
  const numbers: number[][] = [];
  for (let frame = 0; frame * (1000 / list.fps) < made.durationMs - 5; frame++) {
    const shown = await made.pictureAt(frame * (1000 / list.fps));
    pen.drawImage(shown!.picture as CanvasImageSource, 0, 0, list.width, list.height);
    numbers.push(
      studio.pixelsOf(list.layout!, list).map((place) => {
        let number = 0;
        for (let bit = 0; bit < 12; bit++) {
          const at = [place.x + (place.width * (bit + 2.5)) / 16, place.y + place.height / 2] as const;
          if (pen.getImageData(Math.floor(at[0]), Math.floor(at[1]), 1, 1).data[0]! > 125) number |= 1 << bit;
        }
        return number;
      }),
    );
  }
  const { durationMs } = made;
  made.close();
  return { durationMs, numbers };
}

describe('the finished file', () => {
  test('of nine people has every picture of each, all of the same moment', { timeout: 240_000 }, async () => {
    const list = await listOf(layoutOf('grid', 9, 4), [
      {},
      { width: 540, height: 960 },
      { gopFrames: 7, bFrames: 2 },
    ]);
    const { numbers, durationMs } = await page.evaluate(exported, list);
    expect(Math.abs(durationMs - 2000)).toBeLessThan(34);
    expect(numbers).toHaveLength(60);
    for (const [frame, cells] of numbers.entries())
      expect(cells).toEqual(Array.from({ length: 9 }, () => frame));
  });

  test('keeps parts of other frame rates less than a picture apart', {
    timeout: 240_000,
  }, async () => {
    const layout = layoutOf('stacked', 2, 0);
    layout.others[0]!.fromMs = 400;
    const list = await listOf(
      layout,
      [
        { width: 720, height: 640 },
        { width: 720, height: 640, fps: [24, 1] },
      ],
      { fromMs: 300, toMs: 1500 },
    );
    const { numbers } = await page.evaluate(exported, list);
    expect(numbers).toHaveLength(Math.ceil((clipMs(list.clips[0]!) * 30) / 1000));
    for (const [frame, [mine, other]] of numbers.entries()) {
      expect(mine).toBe(Math.floor(300 * 0.03 + frame + 1e-3));
      const apartMs = (other! * 1000) / 24 - (400 + (frame * 1000) / 30);
      // The nearest of 24 a second, but never shown more than half a picture of 30 before its time.
      expect(apartMs).toBeLessThanOrEqual(1000 / 60 + 0.2);
      expect(apartMs).toBeGreaterThanOrEqual(1000 / 60 - 1000 / 24 - 0.2);
    }
  });
});

test('the others are heard in their loudness, aligned to the sample', async () => {
  const sound = { kind: 'clap', levelDb: -12 } as const;
  const list = await listOf(layoutOf('stacked', 2, 0), [{ sound }], { toMs: 1500 });
  const worst = await page.evaluate(async (list) => {
    const reels = new Map();
    for (const name of Object.keys(list.sources))
      reels.set(name, await studio.openReel(await (await fetch(`/${name}`)).blob()));
    const heard = async (mine: number, theirs: number) => {
      const [clip] = list.clips;
      const other = list.layout!.others[0]!;
      const layout = { ...list.layout!, others: [{ ...other, volume: theirs }] };
      const mixed = await studio.mixSound({ ...list, clips: [{ ...clip!, volume: mine }], layout }, reels);
      return mixed?.getChannelData(0) ?? null;
    };
    const [mine, theirs, quiet, both] = [
      await heard(1, 0),
      await heard(0, 1),
      await heard(0, 0.25),
      await heard(1, 1),
    ];
    let most = 0;
    let loudest = 0;
    for (let i = 400; i < mine!.length - 400; i++) {
      loudest = Math.max(loudest, Math.abs(mine![i]!));
      most = Math.max(
        most,
        Math.abs(mine![i]! - theirs![i]!),
        Math.abs(theirs![i]! * 0.25 - quiet![i]!),
        Math.abs(both![i]! - 2 * mine![i]!),
      );
    }
    return { most, loudest, silent: await heard(0, 0) };
  }, list);
  expect(worst.loudest).toBeGreaterThan(0.1);
  expect(worst.most).toBeLessThan(1e-4);
  expect(worst.silent).toBeNull();
});
