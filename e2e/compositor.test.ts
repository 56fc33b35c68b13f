import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EditList, emptyEditList } from '../contract/edit-list.ts';
import type { Cue } from '../contract/videos.ts';
import { securityHeaders } from '../server/platform/http/guard.ts';
import type { FrameOrder, Picture } from '../web/studio/compositor/compositor.ts';
import { effects } from '../web/studio/effects/effects.ts';
import { looks } from '../web/studio/looks/looks.ts';
import { stickers } from '../web/studio/stickers/stickers.ts';
import { transitions } from '../web/studio/transitions/transitions.ts';
import { drawing, openChromium } from './stage.ts';

/** Frames of an edit list as a real browser draws them, under the policy that the real pages have. One file, since all of it looks at one built page in one browser. */
type Compositing = typeof import('../web/studio/compositor/compositor.ts');
/** A picture of coloured cells, row by row; the page makes it. */
type Cells = { width: number; height: number; cells: string[][]; as?: 'frame' | 'bitmap'; rotation?: number };
type Asked = Partial<Omit<FrameOrder, 'list' | 'main' | 'before' | 'other' | 'others'>> & {
  width: number;
  height: number;
  list?: Partial<EditList>;
  main?: Cells | null;
  before?: Cells | null;
  fresh?: boolean;
};
declare const studio: Compositing & {
  draw(asked: Asked, empty: EditList): Promise<string>;
  loseCard(): Promise<void>;
};

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) =>
          id === '\0entry'
            ? `import * as compositing from '${join(import.meta.dirname, '../web/studio/compositor/compositor.ts')}';
               globalThis.studio = { ...compositing };`
            : null,
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: 'entry' } },
  });
  const { output } = (Array.isArray(built) ? built[0]! : built) as { output: { code?: string }[] };
  const headers = new Headers();
  securityHeaders(headers, false);
  browser = await openChromium(drawing);
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

/** Runs in the page. */
function install(): void {
  const open = () => {
    const canvas = document.createElement('canvas');
    return { canvas, compositor: studio.createCompositor(canvas) };
  };
  const first = open();
  async function picture(asked: Cells | null | undefined) {
    if (!asked) return null;
    const { width, height, cells, rotation = 0 } = asked;
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d')!;
    cells.forEach((row, y) => {
      row.forEach((colour, x) => {
        pen.fillStyle = colour;
        const [wide, high] = [width / row.length, height / cells.length];
        pen.fillRect(x * wide, y * high, wide, high);
      });
    });
    let made: Picture = canvas;
    if (asked.as === 'bitmap') made = await createImageBitmap(canvas);
    if (asked.as === 'frame') made = new VideoFrame(canvas, { timestamp: 0, rotation } as VideoFrameInit);
    return rotation ? { width: height, height: width, picture: made } : { width, height, picture: made };
  }
  studio.draw = async ({ width, height, list, main, before, fresh, ...order }, empty) => {
    const { canvas, compositor } = fresh ? open() : first;
    compositor.resize(width, height);
    const [mine, theirs] = [await picture(main), await picture(before)];
    compositor.draw({
      list: { ...empty, ...list },
      atMs: 0,
      blend: 1,
      mainLook: null,
      beforeLook: null,
      transition: null,
      ...order,
      main: mine,
      before: theirs,
    });
    for (const shown of [mine, theirs]) if (shown && 'close' in shown.picture) shown.picture.close();
    const copy = new OffscreenCanvas(width, height).getContext('2d')!;
    copy.drawImage(canvas, 0, 0);
    if (fresh) compositor.close();
    // Numbers one by one take a hundred times as long on the way out of the page.
    let text = '';
    for (const byte of copy.getImageData(0, 0, width, height).data) text += String.fromCharCode(byte);
    return btoa(text);
  };
  studio.loseCard = async () => {
    const card = first.canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    const heard = (what: string) =>
      new Promise((done) => first.canvas.addEventListener(what, done, { once: true }));
    const [lost, back] = [heard('webglcontextlost'), heard('webglcontextrestored')];
    card.loseContext();
    await lost;
    first.compositor.resize(20, 20);
    setTimeout(() => card.restoreContext(), 50);
    await back;
  };
}

type Pixel = [number, number, number];
async function draw(asked: Asked) {
  const sent = await page.evaluate(([asked, empty]) => studio.draw(asked, empty), [
    asked,
    emptyEditList,
  ] as const);
  const bytes = new Uint8Array(Buffer.from(sent, 'base64'));
  const at = (x: number, y: number) =>
    [...bytes.subarray((y * asked.width + x) * 4, (y * asked.width + x) * 4 + 3)] as Pixel;
  /** How much of a part of the frame is brighter than its black ground. */
  const lit = (fromX: number, toX: number, fromY = 0, toY = asked.height) => {
    let count = 0;
    for (let y = fromY; y < toY; y++)
      for (let x = fromX; x < toX; x++) if (Math.max(...at(x, y)) > 100) count++;
    return count;
  };
  return { bytes, at, lit };
}
const off = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  Array.from(one, (value, i) => Math.abs(value - other[i]!));
/** No value is further from its fellow than so much. */
const near = (one: ArrayLike<number>, other: ArrayLike<number>, most = 3): void => {
  const worst = off(one, other).reduce((max, value) => Math.max(max, value), 0);
  const first = [one, other].map((values) => [values[0], values[1], values[2]].join(' ')).join(', ');
  expect(worst, `${first} …`).toBeLessThanOrEqual(most);
};
const apart = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  off(one, other).reduce((sum, value) => sum + value, 0) / one.length;

const red: Pixel = [255, 0, 0];
const green: Pixel = [0, 255, 0];
const blue: Pixel = [0, 0, 255];
const white: Pixel = [255, 255, 255];
const swatches: Cells = {
  width: 160,
  height: 160,
  cells: [
    ['#f3e7db', '#a07e56', '#604134', '#292420'],
    ['#123456', '#88aa33', '#ff8800', '#cc00cc'],
    ['#000000', '#555555', '#aaaaaa', '#ffffff'],
    ['#ff0000', '#00ff00', '#0000ff', '#ffff00'],
  ],
};
const middleOf = (x: number, y: number) => [x * 40 + 20, y * 40 + 20] as const;
const parseHex = (code: string) => [1, 3, 5].map((i) => Number.parseInt(code.slice(i, i + 2), 16));

describe('a picture in the frame', () => {
  test('of the same shape is that picture, with no look and with one of strength 0', async () => {
    const none = await draw({ width: 160, height: 160, main: swatches });
    swatches.cells.forEach((row, y) => {
      row.forEach((code, x) => {
        near(none.at(...middleOf(x, y)), parseHex(code), 0);
      });
    });
    const zero = await draw({
      width: 160,
      height: 160,
      main: swatches,
      mainLook: { name: 'ember', strength: 0 },
    });
    near(zero.bytes, none.bytes, 0);
  });

  test('is the same as a bitmap and as a frame of video, also one that lies on its side', async () => {
    const canvas = await draw({ width: 160, height: 160, main: swatches });
    for (const as of ['bitmap', 'frame'] as const)
      near((await draw({ width: 160, height: 160, main: { ...swatches, as } })).bytes, canvas.bytes, 3);
    const lying: Cells = {
      width: 160,
      height: 80,
      cells: [['#ff0000', '#0000ff']],
      as: 'frame',
      rotation: 90,
    };
    const upright = await draw({ width: 80, height: 160, main: lying });
    near(upright.at(40, 30), red);
    near(upright.at(40, 130), blue);
  });

  test.each([
    ['landscape', 160, 90, 90, 160],
    ['portrait', 90, 160, 160, 90],
  ])(
    'that is %s stands whole over a dark blurred copy of itself',
    async (_name, wide, high, width, height) => {
      const main: Cells = {
        width: wide,
        height: high,
        cells: [
          ['#ff0000', '#0000ff'],
          ['#00ff00', '#ffffff'],
        ],
      };
      const { at } = await draw({ width, height, main });
      const scale = Math.min(width / wide, height / high);
      const [halfWide, halfHigh] = [(wide * scale) / 2, (high * scale) / 2];
      for (const [x, y, colour] of [
        [-1, -1, red],
        [1, -1, blue],
        [-1, 1, green],
        [1, 1, white],
      ] as const)
        for (const share of [0.3, 0.9]) {
          const place = [width / 2 + x * halfWide * share, height / 2 + y * halfHigh * share].map(Math.floor);
          near(at(place[0]!, place[1]!), colour);
        }
      const corner = at(2, 2);
      expect(corner[0]).toBeGreaterThan(60);
      expect(corner[0]).toBeLessThan(130);
      expect(corner[2]).toBeLessThan(60);
      expect(Math.max(...at(width - 2, height - 2))).toBeLessThan(130);
    },
  );

  test('that is none is black', async () => {
    expect((await draw({ width: 20, height: 20 })).lit(0, 20)).toBe(0);
  });

  test('wears a look as its grade says, and half of it at half strength', async () => {
    for (const { name, grade } of looks) {
      const whole = await draw({ width: 160, height: 160, main: swatches, mainLook: { name, strength: 1 } });
      const half = await draw({ width: 160, height: 160, main: swatches, mainLook: { name, strength: 0.5 } });
      swatches.cells.forEach((row, y) => {
        row.forEach((code, x) => {
          const [r, g, b] = parseHex(code) as Pixel;
          const graded = grade(r / 255, g / 255, b / 255).map((value) => value * 255);
          near(whole.at(...middleOf(x, y)), graded, 14);
          near(
            half.at(...middleOf(x, y)),
            [r, g, b].map((value, i) => (value + whole.at(...middleOf(x, y))[i]!) / 2),
            2,
          );
        });
      });
    }
  });
});

describe('a transition', () => {
  const [before, main]: [Cells, Cells] = [
    { width: 100, height: 100, cells: [['#ff0000', '#00ff00']] },
    { width: 100, height: 100, cells: [['#0000ff', '#ffffff']] },
  ];
  const half = (transition: string, blend = 0.5) =>
    draw({ width: 100, height: 100, before, main, transition, blend });

  test.each(transitions.map(({ name }) => name))(
    '%s begins with the one and ends with the other',
    async (name) => {
      const [alone, next] = [
        await draw({ width: 100, height: 100, main: before }),
        await draw({ width: 100, height: 100, main }),
      ];
      near((await half(name, 0)).bytes, alone.bytes, 1);
      near((await half(name, 1)).bytes, next.bytes, 1);
      expect(apart((await half(name, 0.999)).bytes, next.bytes)).toBeLessThan(3);
    },
  );

  test('is half of both in its middle, each in its way', async () => {
    const fade = await half('fade');
    near(fade.at(25, 50), [128, 0, 128]);
    near(fade.at(75, 50), [128, 255, 128]);
    const slide = await half('slide');
    near(slide.at(25, 50), green);
    near(slide.at(75, 50), blue);
    const wipe = await half('wipe');
    near(wipe.at(10, 50), blue);
    near(wipe.at(90, 50), green);
  });

  test('keeps the look of each clip', async () => {
    const { at } = await draw({
      width: 100,
      height: 100,
      before,
      main,
      transition: 'slide',
      blend: 0.5,
      beforeLook: { name: 'ink', strength: 1 },
    });
    const [r, g, b] = at(25, 50);
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(3);
    near(at(75, 50), blue);
  });

  test('that nobody knows is a cut', async () => {
    near((await half('of-tomorrow')).at(25, 50), blue);
  });
});

describe('a text', () => {
  const words = {
    id: 'w',
    atMs: 0,
    forMs: 4000,
    x: 0.5,
    y: 0.5,
    size: 0.1,
    turnDeg: 0,
    text: 'A rather long first line\nend',
    style: 'plain',
    colour: '#ffffff',
    align: 'start',
  } as const;
  const show = (text: object, atMs = 1000, main: Cells | null = null) =>
    draw({ width: 240, height: 240, atMs, main, list: { texts: [{ ...words, ...text }] } });

  test('is there in its time and not after it', async () => {
    expect((await show({})).lit(0, 240)).toBeGreaterThan(300);
    expect((await show({}, 4000)).lit(0, 240)).toBe(0);
  });

  test('comes softly, unless it is there from the first frame', async () => {
    const [none, some, all] = [
      await show({ atMs: 500 }, 500),
      await show({ atMs: 500 }, 540),
      await show({ atMs: 500 }, 700),
    ];
    expect(none.lit(0, 240)).toBe(0);
    expect(Math.max(...some.bytes.filter((_, i) => i % 4 === 0))).toBeLessThan(120);
    expect(all.lit(0, 240)).toBeGreaterThan(300);
    expect((await show({}, 0)).lit(0, 240)).toBeGreaterThan(300);
  });

  test('starts at the left in Latin and at the right in Hebrew and Arabic', async () => {
    const sides = async (text: string) => {
      const { lit } = await show({ text });
      let last = 239;
      while (last > 0 && lit(0, 240, last, last + 1) === 0) last--;
      // The last line alone, which is short.
      return [lit(0, 120, last - 18, last + 1), lit(120, 240, last - 18, last + 1)] as const;
    };
    for (const text of ['A long first line here\nend', '(3) A long first line\nend']) {
      const [left, right] = await sides(text);
      expect(left).toBeGreaterThan(20);
      expect(right).toBe(0);
    }
    for (const text of ['שורה ראשונה ארוכה מאוד\nסוף', '12 سطر أول طويل جدا هنا\nنعم']) {
      const [left, right] = await sides(text);
      expect(right).toBeGreaterThan(20);
      expect(left).toBe(0);
    }
  });

  test('breaks at the margins and turns around its middle', async () => {
    const long = await show({ text: 'words and words and words and words', align: 'center' });
    expect(long.lit(0, 10)).toBe(0);
    expect(long.lit(230, 240)).toBe(0);
    const flat = await show({ text: 'flat line', size: 0.12 });
    const up = await show({ text: 'flat line', size: 0.12, turnDeg: 90 });
    expect(flat.lit(0, 240, 0, 90)).toBe(0);
    expect(up.lit(0, 240, 0, 90)).toBeGreaterThan(50);
    expect(up.lit(0, 90)).toBe(0);
  });

  test('is typed letter by letter', async () => {
    const typed = { style: 'type', text: 'letters' } as const;
    const counts = [];
    for (const atMs of [0, 150, 300, 2000]) counts.push((await show(typed, atMs)).lit(0, 240));
    expect(counts[0]).toBeGreaterThan(10);
    for (let i = 1; i < counts.length; i++) expect(counts[i]).toBeGreaterThan(counts[i - 1]!);
  });

  test.each(['outline', 'card', 'lamp'] as const)(
    'in the style %s looks unlike a plain one',
    async (style) => {
      const grey: Cells = { width: 240, height: 240, cells: [['#707070']] };
      const [styled, plain] = [await show({ style }, 1000, grey), await show({}, 1000, grey)];
      expect(apart(styled.bytes, plain.bytes)).toBeGreaterThan(1);
    },
  );
});

describe('captions that are drawn', () => {
  const frame = { width: 180, height: 320 };
  const said = (text: string, startMs = 500, endMs = 1500) => ({ startMs, endMs, text });
  const show = (cues: Cue[], more: Partial<Asked> & { style?: EditList['cueStyle'] } = {}) =>
    draw({ ...frame, atMs: 1000, ...more, list: { cues, cueStyle: more.style ?? 'plain', ...more.list } });
  /** The first and the last line of pixels that is lit. */
  const span = ({ lit }: Awaited<ReturnType<typeof draw>>, { width, height } = frame) => {
    const lines = [...Array(height).keys()].filter((y) => lit(0, width, y, y + 1) > 0);
    return [lines[0] ?? -1, lines.at(-1) ?? -1] as const;
  };

  test('are there from the first moment of their time to its end, and only when they are to be drawn', async () => {
    const cues = [said('Read this')];
    for (const [atMs, there] of [
      [499, false],
      [500, true],
      [1499, true],
      [1500, false],
    ] as const)
      expect((await show(cues, { atMs })).lit(0, 180) > 0, `${atMs}`).toBe(there);
    const track = await draw({ ...frame, atMs: 1000, list: { cues, cueStyle: null } });
    expect(track.lit(0, 180)).toBe(0);
    // At once: half seen they cannot be read.
    near((await show(cues, { atMs: 500 })).bytes, (await show(cues)).bytes, 0);
  });

  test('stand above what the feed lays over a tall video, and lower in a wide one', async () => {
    const [first, last] = span(await show([said('Read this')]));
    expect(first).toBeGreaterThan(320 * 0.6);
    expect(last).toBeLessThan(320 * 0.76);
    const wide = { width: 320, height: 180 };
    const low = await draw({ ...wide, atMs: 1000, list: { cues: [said('Read this')], cueStyle: 'plain' } });
    expect(span(low, wide)[0]).toBeGreaterThan(180 * 0.78);
    expect(span(low, wide)[1]).toBeLessThan(180);
  });

  test.each([
    ['Latin', 'Put the lid on and wait for fourteen minutes before you look at it again'],
    ['Arabic', 'ضع الغطاء وانتظر أربع عشرة دقيقة قبل أن تنظر إليه مرة أخرى من فضلك'],
    ['Thai', 'ปิดฝาแล้วรอสิบสี่นาทีก่อนที่จะเปิดดูอีกครั้งหนึ่งนะครับขอบคุณมาก'],
    ['Japanese', 'ふたをして十四分待ってからもう一度見てくださいよろしくお願いします'],
  ])('in %s break into lines that leave both sides free and grow upwards', async (_name, text) => {
    const short = span(await show([said(text.slice(0, 6))]));
    const long = await show([said(text)]);
    expect(span(long)[0]).toBeLessThan(short[0] - 10);
    expect(Math.abs(span(long)[1] - short[1])).toBeLessThan(5);
    expect(long.lit(0, 24) + long.lit(156, 180)).toBe(0);
    expect(long.lit(30, 150)).toBeGreaterThan(200);
  });

  test('begin at the right in Arabic: a line that is typed grows to the left', async () => {
    const early = { atMs: 560, style: 'type' } as const;
    const arabic = await show([said('ضع الغطاء وانتظر')], early);
    const latin = await show([said('Put the lid on')], early);
    expect(arabic.lit(90, 180)).toBeGreaterThan(0);
    expect(arabic.lit(0, 90)).toBe(0);
    expect(latin.lit(0, 90)).toBeGreaterThan(0);
    expect(latin.lit(90, 180)).toBe(0);
  });

  test('of two who speak at once lie over each other, not in each other', async () => {
    const one = span(await show([said('First')]));
    const both = span(await show([said('First'), said('Second', 600)]));
    expect(both[1]).toBe(one[1]);
    expect(both[0]).toBeLessThan(one[0] - 8);
  });

  test('of more words than a frame holds become smaller and leave two thirds of it', async () => {
    const [first, last] = span(await show([said('words and '.repeat(45))]));
    expect(last - first).toBeLessThan(320 * 0.36);
  });
});

describe('stickers and effects', () => {
  const one = { id: 's', atMs: 500, forMs: 5000, x: 0.5, y: 0.5, size: 0.6, turnDeg: 0, pin: null };
  test.each(stickers)('the sticker $name is drawn, and moves if it says so', async ({ name, moves }) => {
    const at = (atMs: number) =>
      draw({ width: 120, height: 120, atMs, list: { stickers: [{ ...one, sticker: name }] } });
    const [now, later] = [await at(632), await at(1800)];
    expect(now.lit(0, 120)).toBeGreaterThan(250);
    expect(apart(now.bytes, later.bytes) > 0.05).toBe(moves);
    expect((await at(499)).lit(0, 120)).toBe(0);
  });

  test.each(effects.map(({ name }) => name))(
    'the effect %s changes the picture, and at strength 0 nothing',
    async (name) => {
      const at = (strength: number) =>
        draw({
          width: 160,
          height: 160,
          atMs: 1080,
          main: swatches,
          face: { eyes: [0.35, 0.45, 0.65, 0.45], mouth: [0.5, 0.7, 0.15, 0.02], head: [0.5, 0.5, 1.2, 0] },
          list: { effects: [{ id: 'e', atMs: 500, forMs: 2000, effect: name, strength }] },
        });
      const plain = await draw({ width: 160, height: 160, main: swatches });
      near((await at(0)).bytes, plain.bytes, 0);
      near((await at(0.001)).bytes, plain.bytes, 4);
      const whole = await at(1);
      expect(apart(whole.bytes, plain.bytes)).toBeGreaterThan(1);
      if (name === 'mirror') for (const x of [5, 45, 70]) near(whole.at(x, 20), whole.at(159 - x, 20), 1);
    },
  );
});

describe('the same order', () => {
  const placed = { atMs: 200, forMs: 9000, x: 0.5, turnDeg: -7 };
  const everything: Asked = {
    width: 180,
    height: 320,
    atMs: 1234,
    main: swatches,
    before: { width: 90, height: 160, cells: [['#224466', '#ffcc88']] },
    transition: 'zoom',
    blend: 0.4,
    mainLook: { name: 'dusk', strength: 0.8 },
    list: {
      effects: effects.map(({ name }) => ({ id: name, atMs: 100, forMs: 9000, effect: name, strength: 0.7 })),
      stickers: stickers.map(({ name }, i) => ({
        ...placed,
        id: name,
        sticker: name,
        pin: null,
        x: (i % 3) / 3 + 0.2,
        y: 0.15 + 0.2 * Math.floor(i / 3),
        size: 0.25,
      })),
      texts: (['plain', 'outline', 'card', 'lamp', 'type'] as const).map((style, i) => ({
        ...placed,
        id: style,
        y: 0.1 + i * 0.2,
        size: 0.08,
        text: 'Same again',
        style,
        colour: '#ffb224',
        align: 'center',
      })),
    },
  };

  test('gives the same pixels, whatever was drawn in between, and in another compositor', async () => {
    const first = await draw(everything);
    await draw({ ...everything, atMs: 3000, blend: 0.9, width: 90, height: 160 });
    const again = await draw(everything);
    const elsewhere = await draw({ ...everything, fresh: true });
    expect(apart(first.bytes, again.bytes)).toBe(0);
    expect(apart(first.bytes, elsewhere.bytes)).toBe(0);
  });

  test('gives the same picture in a canvas of twice the size', async () => {
    const [small, large] = [await draw(everything), await draw({ ...everything, width: 360, height: 640 })];
    const halved: number[] = [];
    for (let y = 0; y < 320; y++)
      for (let x = 0; x < 180; x++)
        for (let channel = 0; channel < 4; channel++) {
          const at = (dx: number, dy: number) =>
            large.bytes[((y * 2 + dy) * 360 + x * 2 + dx) * 4 + channel]!;
          halved.push((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4);
        }
    expect(apart(small.bytes, halved)).toBeLessThan(6);
  });

  test('is drawn again after the graphics card was taken away', async () => {
    const first = await draw(everything);
    await page.evaluate(() => studio.loseCard());
    expect(apart(first.bytes, (await draw(everything)).bytes)).toBe(0);
  });
});
