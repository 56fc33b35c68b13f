import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EditClip, type EditEffect, type EditList, emptyEditList } from '../contract/edit-list.ts';
import { securityHeaders } from '../server/platform/http/guard.ts';
import type { Reel } from '../web/studio/reels/reel.ts';
import { drawing, openChromium } from './stage.ts';

/**
 * Effects over time as preview and export draw them: through `showAt`, from sources whose picture says what time it is.
 */
type Asked = {
  list: EditList;
  atMs: number;
  width: number;
  height: number;
  /** Where a face is seen, as x and y of its nose; none without. */
  face?: [x: number, y: number];
};
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
  const { output } = (Array.isArray(built) ? built[0]! : built) as {
    output: { code?: string; isEntry?: boolean }[];
  };
  const headers = new Headers();
  securityHeaders(headers, false);
  browser = await openChromium(drawing);
  page = await browser.newPage();
  await page.route('http://localhost/**', (route) =>
    route.fulfill({
      headers: Object.fromEntries(headers),
      ...(route.request().url().endsWith('.js')
        ? { contentType: 'text/javascript', body: output.find((one) => one.isEntry)!.code! }
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
  studio.frame = async ({ list, atMs, width, height, face }) => {
    compositor.resize(width, height);
    await studio.showAt(compositor, list, reels, atMs, {
      // Whoever stands on the left half is kept.
      maskAt: async () => {
        const data = new Uint8Array(64 * 64);
        for (let i = 0; i < data.length; i++) data[i] = i % 64 < 32 ? 255 : 0;
        return { width: 64, height: 64, data };
      },
      faceAt: async () => {
        if (!face) return null;
        const points = new Float32Array(936).fill(0.5);
        const put = (point: number, x: number, y: number) =>
          points.set([face[0] + x, face[1] + y], point * 2);
        put(1, 0, 0);
        for (const point of [33, 133]) put(point, -0.1, -0.05);
        for (const point of [362, 263]) put(point, 0.1, -0.05);
        put(61, -0.08, 0.1);
        put(291, 0.08, 0.1);
        for (const point of [13, 14]) put(point, 0, 0.1);
        put(234, -0.2, 0);
        put(454, 0.2, 0);
        return points;
      },
    });
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

async function frame(
  list: EditList,
  atMs: number,
  [width, height]: readonly [number, number] = [90, 160],
  face?: [number, number],
) {
  const sent = await page.evaluate((asked) => studio.frame(asked), { list, atMs, width, height, face });
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

describe('another background', () => {
  const filmed = clip('green', 1000, 3000);
  const shown = async (backdrop: EditClip['backdrop'], atMs = 500) => {
    const { at } = await frame(listOf([{ ...filmed, backdrop }]), atMs);
    return { person: at(15, 80), behind: at(75, 80) };
  };
  test('is one colour, and the person stays as filmed', async () => {
    const { person, behind } = await shown({ kind: 'colour', colour: '#0000ff' });
    expect(person).toEqual([75, 200, 0]);
    expect(behind).toEqual([0, 0, 255]);
  });
  test('is the place itself out of focus', async () => {
    const { person, behind } = await shown({ kind: 'blur' });
    for (const seen of [person, behind])
      seen.forEach((value, i) => {
        expect(Math.abs(value - [75, 200, 0][i]!)).toBeLessThan(4);
      });
  });
  test('is another source, from its own beginning on, as the clip runs', async () => {
    const { person, behind } = await shown({ kind: 'source', source: 'blue', fromMs: 600 });
    expect(person).toEqual([75, 200, 0]);
    expect(behind).toEqual([55, 0, 200]);
  });
  test('wears the look of the clip, and stays with it through a transition', async () => {
    const keyed = { ...filmed, backdrop: { kind: 'colour', colour: '#0000ff' } as const };
    const list = listOf([clip('green', 0, 1000), { ...keyed, transition: { name: 'fade', ms: 500 } }]);
    const { at } = await frame(list, 950);
    expect(at(75, 80)[2]).toBeGreaterThan(150);
    const silver = await frame(listOf([{ ...keyed, look: { name: 'silver', strength: 1 } }]), 500);
    const [r, g, b] = silver.at(75, 80);
    // The blue of the background is no longer the purest there is.
    expect(Math.max(r!, g!, b!) - Math.min(r!, g!, b!)).toBeLessThan(150);
  });
});

describe('what follows a face', () => {
  test.each(['shades', 'eyes', 'grin', 'paint'])(
    '%s changes the face, and nothing where none is seen',
    async (name) => {
      const list = listOf([clip('grey', 2000, 3000)], { effects: [put(name, 0, 1000)] });
      // A picture of one colour cannot be warped: these two are looked at over a sticker-free edge in the samples.
      const isWarp = name === 'eyes' || name === 'grin';
      const plain = await frame(listOf([clip('grey', 2000, 3000)]), 400);
      const none = await frame(list, 400);
      expect(Buffer.from(none.bytes).equals(Buffer.from(plain.bytes))).toBe(true);
      const some = await frame(list, 400, undefined, [0.5, 0.4]);
      expect(Buffer.from(some.bytes).equals(Buffer.from(plain.bytes))).toBe(isWarp);
      expect(some.at(45, 155)).toEqual(plain.at(45, 155));
    },
  );
  test('a pinned sticker goes with it, and is gone with it', async () => {
    const list = listOf([clip('blue', 0, 1000)], {
      stickers: [
        {
          ...{ id: 's', atMs: 0, forMs: 1000, sticker: 'heart', x: 0, y: 0, size: 0.3, turnDeg: 0 },
          pin: { kind: 'face', point: 1 },
        },
      ],
    });
    const isRed = ([r, g, b]: number[]) => r! > 200 && g! < 120 && b! < 120;
    for (const [x, y] of [
      [0.3, 0.3],
      [0.7, 0.6],
    ] as const) {
      const { at } = await frame(list, 500, undefined, [x, y]);
      expect(isRed(at(Math.round(x * 90), Math.round(y * 160)))).toBe(true);
      expect(isRed(at(Math.round((1 - x) * 90), Math.round((0.9 - y) * 160)))).toBe(false);
    }
    const gone = await frame(list, 500);
    for (let y = 0; y < 160; y += 4) for (let x = 0; x < 90; x += 4) expect(isRed(gone.at(x, y))).toBe(false);
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
