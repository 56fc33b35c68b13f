import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EditClip, type EditEffect, type EditList, emptyEditList } from '../contract/edit-list.ts';
import { securityHeaders } from '../server/platform/http/guard.ts';
import type { Reel } from '../web/studio/reels/reel.ts';
import { openChromium } from './stage.ts';

/**
 * Effects over time as preview and export draw them: through `showAt`, from sources whose picture says what time it is.
 */
type Asked = { list: EditList; atMs: number; width: number; height: number };
declare const studio: typeof import('../web/studio/compositor/compositor.ts') &
  typeof import('../web/studio/reels/show.ts') &
  typeof import('../web/studio/effects/sample.ts') &
  typeof import('../web/studio/effects/effects.ts') & { frame(asked: Asked): Promise<string> };

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const modules = ['compositor/compositor', 'reels/show', 'effects/sample', 'effects/effects'];
  const from = (name: string) => join(import.meta.dirname, `../web/studio/${name}.ts`);
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) =>
          id === '\0entry'
            ? `${modules.map((name, i) => `import * as m${i} from '${from(name)}';`).join('\n')}
               globalThis.studio = { ${modules.map((_, i) => `...m${i}`).join(', ')} };`
            : null,
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: 'entry' } },
  });
  const { output } = (Array.isArray(built) ? built[0]! : built) as { output: { code?: string }[] };
  const headers = new Headers();
  securityHeaders(headers, false);
  browser = await openChromium(['--use-angle=swiftshader', '--enable-unsafe-swiftshader']);
  page = await browser.newPage();
  await page.route('http://localhost/**', (route) =>
    route.fulfill({
      headers: Object.fromEntries(headers),
      ...(route.request().url().endsWith('.js')
        ? { contentType: 'text/javascript', body: output[0]!.code! }
        : {
            contentType: 'text/html',
            body: '<!doctype html><script type="module" src="/entry.js"></script>',
          }),
    }),
  );
  await page.goto('http://localhost/');
  await page.waitForFunction(() => 'studio' in globalThis);
  await page.evaluate(install);
});
afterAll(() => browser?.close());

/** Runs in the page. The red of a source's picture is its second, the rest the source's own colour. */
function install(): void {
  const canvas = document.createElement('canvas');
  const compositor = studio.createCompositor(canvas);
  const reel = (rest: string): Reel => {
    const drawn = new OffscreenCanvas(90, 160);
    return {
      ...{ durationMs: 4000, width: 90, height: 160, hasSound: false },
      async pictureAt(ms) {
        const pen = drawn.getContext('2d')!;
        pen.fillStyle = `rgb(${Math.round(ms / 20)} ${rest})`;
        pen.fillRect(0, 0, 90, 160);
        return { picture: drawn, width: 90, height: 160 };
      },
      twin: async () => reel(rest),
      soundOf: async () => null,
      close: () => {},
    };
  };
  const reels = new Map([
    ['green', reel('200 0')],
    ['blue', reel('0 200')],
    ['grey', reel('90 90')],
  ]);
  studio.frame = async ({ list, atMs, width, height }) => {
    compositor.resize(width, height);
    await studio.showAt(compositor, list, reels, atMs);
    const copy = new OffscreenCanvas(width, height).getContext('2d')!;
    copy.drawImage(canvas, 0, 0);
    let text = '';
    for (const byte of copy.getImageData(0, 0, width, height).data) text += String.fromCharCode(byte);
    return btoa(text);
  };
}

const source = {
  ...({ kind: 'take', of: null, durationMs: 4000, width: 90, height: 160, hasSound: false } as const),
  beatsMs: [] as number[],
};
const clip = (name: string, fromMs: number, toMs: number): EditClip => ({
  ...{ id: `${name}${fromMs}`, source: name, fromMs, toMs, speed: 1, reversed: false, volume: 1 },
  ...{ look: null, transition: null, backdrop: null },
});
const put = (effect: string, atMs: number, forMs: number, strength = 1): EditEffect => ({
  ...{ id: `${effect}${atMs}`, effect, atMs, forMs, strength },
});
const listOf = (clips: EditClip[], more: Partial<EditList> = {}): EditList => ({
  ...emptyEditList,
  ...{ width: 90, height: 160, clips },
  sources: {
    ...{ green: source, blue: source, grey: source },
    song: { ...source, kind: 'sound', hasSound: true, width: 0, height: 0 },
  },
  ...more,
});

async function frame(list: EditList, atMs: number, [width, height]: readonly [number, number] = [90, 160]) {
  const sent = await page.evaluate((asked) => studio.frame(asked), { list, atMs, width, height });
  const bytes = new Uint8Array(Buffer.from(sent, 'base64'));
  const at = (x: number, y: number) => [...bytes.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
  let luma = 0;
  for (let i = 0; i < bytes.length; i += 4) {
    const [r, g, b] = [bytes[i]!, bytes[i + 1]!, bytes[i + 2]!].map((value) => (value / 255) ** 2.2);
    luma += 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  }
  return { bytes, at, luma: luma / (bytes.length / 4) };
}

describe('a freeze', () => {
  test('shows the picture of its beginning while time goes on, and lets go at its end', async () => {
    const list = listOf([clip('green', 0, 4000)], { effects: [put('freeze', 1000, 1000)] });
    const reds = await Promise.all(
      [980, 1000, 1400, 1960, 2000, 3000].map(async (ms) => (await frame(list, ms)).at(45, 80)[0]!),
    );
    expect(reds).toEqual([49, 50, 50, 50, 100, 150]);
  });
});

describe('a flash', () => {
  test('lights up at the beats of a sound, never more than three times in a second', async () => {
    const beatsMs = Array.from({ length: 40 }, (_, i) => i * 100);
    const list = listOf([clip('grey', 0, 4000)], {
      sounds: [
        {
          ...{ id: 's', atMs: 0, forMs: 4000, source: 'song', fromMs: 0, volume: 1 },
          ...{ fadeInMs: 0, fadeOutMs: 0, ducks: false, voice: false },
        },
      ],
      effects: [put('flash', 0, 3000), put('flash', 1250, 2500), put('punch', 0, 4000)],
    });
    list.sources.song!.beatsMs = beatsMs;
    const lumas: number[] = [];
    for (let i = 0; i < 90; i++) lumas.push((await frame(list, (i * 1000) / 30, [30, 54])).luma);
    // A flash, as WCAG has it: brighter by a tenth, from darker than 0.8.
    const rises = lumas.flatMap((luma, i) => (i > 0 && luma - lumas[i - 1]! > 0.1 ? [i / 30] : []));
    expect(rises.length).toBeGreaterThan(5);
    for (const from of rises)
      expect(rises.filter((at) => at >= from && at < from + 1).length).toBeLessThanOrEqual(3);
  });
});

describe('a colour shift', () => {
  test('leaves as light as it was what can be as light in another colour', async () => {
    const grey = listOf([clip('grey', 2000, 3000)]);
    const shifted = { ...grey, effects: [put('hues', 0, 1000)] };
    const [one, other] = [await frame(grey, 400), await frame(shifted, 400)];
    expect(Math.abs(one.luma - other.luma)).toBeLessThan(0.04);
    expect(other.at(45, 80)).not.toEqual(one.at(45, 80));
  });
});

describe('a transform', () => {
  const list = listOf([clip('green', 0, 1000), clip('blue', 0, 1000)], {
    effects: [put('transform', 200, 1600)],
  });
  test('over a cut wipes from the clip before to the clip behind, and neither is seen beyond it', async () => {
    const isOf = ([, g, b]: number[]) => (g! > b! ? 'green' : 'blue');
    const seen = async (ms: number) => {
      const { at } = await frame(list, ms);
      return [2, 87].map((x) => isOf(at(x, 80)));
    };
    expect(await seen(500)).toEqual(['green', 'green']);
    expect(await seen(960)).toEqual(['blue', 'green']);
    expect(await seen(1000)).toEqual(['blue', 'green']);
    expect(await seen(1040)).toEqual(['blue', 'green']);
    expect(await seen(1500)).toEqual(['blue', 'blue']);
  });
  test('shows what moves at its own time on either side', async () => {
    // 900 ms into the first clip its own picture is at 45; the second stands at its first until it begins.
    const { at } = await frame(list, 900);
    expect(at(88, 80)[0]).toBeGreaterThan(38);
    const after = await frame(list, 1450);
    expect(after.at(20, 80)[0]).toBeGreaterThan(18);
    expect(after.at(20, 80)[1]).toBeLessThan(30);
  });
  test('within one clip drains its colours and gives them back', async () => {
    const one = listOf([clip('green', 0, 2000)], { effects: [put('transform', 0, 2000)] });
    const spread = async (ms: number) => {
      const { at } = await frame(one, ms);
      return Math.max(...at(45, 80)) - Math.min(...at(45, 80));
    };
    const [first, before, after] = [await spread(0), await spread(540), await spread(1700)];
    expect(first).toBeGreaterThan(180);
    expect(before).toBeLessThan(60);
    expect(after).toBeGreaterThan(140);
  });
});

test('what effects show depends on list and time alone', async () => {
  const names = ['pulse', 'punch', 'flash', 'hues', 'parted', 'freeze', 'transform'];
  for (const name of names) {
    const list = listOf([clip('green', 0, 1000), clip('blue', 0, 1000)], { effects: [put(name, 100, 1900)] });
    const first = await frame(list, 1090);
    await frame(list, 400);
    expect(Buffer.from((await frame(list, 1090)).bytes).equals(Buffer.from(first.bytes)), name).toBe(true);
  }
});

test('every effect draws its own sample, and the samples move', async () => {
  const differing = await page.evaluate(async () => {
    const samples = studio.openSamples();
    const canvas = document.createElement('canvas');
    const still = async (effect: (typeof studio.effects)[number], atMs: number) => {
      await samples.draw(canvas, effect, atMs);
      return canvas.toDataURL();
    };
    const seen: [string, string, string][] = [];
    for (const effect of studio.effects)
      seen.push([
        effect.name,
        await still(effect, effect.stillMs),
        await still(effect, effect.stillMs + 300),
      ]);
    samples.close();
    return seen;
  });
  expect(new Set(differing.map(([, drawn]) => drawn)).size).toBe(differing.length);
  for (const [name, drawn, later] of differing) expect(drawn === later, name).toBe(false);
});
