/**
 * How long the studio takes to make a file: fifteen seconds of 720×1280 with sound, two looks, three texts, two
 * stickers and drawn captions, beside a plain re-encode of the same clip in the same browser (mediabunny's conversion),
 * in turns. Each picture of the test clip shows its number and each half second has a clap, so the result says itself
 * whether a frame is missing and how far sound and picture are apart at the end.
 * node bench/studio-export.ts [--runs 3]; prints JSON. Fails over a missing frame or 40 ms.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { type EditClip, type EditList, emptyEditList } from '../contract/edit-list.ts';
import { drawing, openChromium } from '../e2e/stage.ts';
import { makeClip } from '../server/testing/clips.ts';
import { readClaps, readMedia } from '../server/testing/media-reading.ts';
import { circumstances } from './watched-community.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
const durationMs = 15_000;
const mayBeApartMs = 40;

type Made = { ms: number; bytes: string; codecs: string[] };
declare const studio: {
  make(list: EditList): Promise<Made>;
  plain(): Promise<Made>;
};

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
  clips: [clip('a', 0, 7000, 'ember'), clip('b', 7000, durationMs, 'dusk')],
  // Above and below the number in the middle of the test card.
  texts: [text('t1', 0.1, 'Fourteen minutes'), text('t2', 0.2, 'one pan'), text('t3', 0.3, 'وعاء واحد')],
  stickers: [
    { ...placed, id: 's1', y: 0.75, x: 0.3, size: 0.2, sticker: 'star', pin: null },
    { ...placed, id: 's2', y: 0.75, x: 0.7, size: 0.2, sticker: 'heart', pin: null },
  ],
  cues: Array.from({ length: 7 }, (_, at) => ({
    startMs: at * 2000,
    endMs: at * 2000 + 1900,
    text: `What is said, line ${at + 1}`,
  })),
  cueStyle: 'card',
};

const before = circumstances();
const folder = await mkdtemp(join(tmpdir(), 'kinora-export-'));
const browser = await openChromium(drawing);
try {
  const source = join(folder, 'take.mp4');
  await makeClip(source, {
    ...{ width: 720, height: 1280, fps: [30, 1], durationMs, bitrate: 6_000_000, gopFrames: 60 },
    sound: { kind: 'clap', levelDb: -6, codec: 'aac' },
  });
  const script = await pageScript();
  const page = await browser.newPage();
  await page.route('http://localhost/**', async (route) => {
    const url = route.request().url();
    if (url.endsWith('.js')) return route.fulfill({ contentType: 'text/javascript', body: script });
    if (url.endsWith('.mp4')) return route.fulfill({ contentType: 'video/mp4', path: source });
    return route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><script type="module" src="/entry.js"></script>',
    });
  });
  await page.goto('http://localhost/');
  await page.waitForFunction(() => 'studio' in globalThis);
  const idleMb = memoryMb();
  let peakMb = idleMb;
  const watching = setInterval(() => {
    peakMb = Math.max(peakMb, memoryMb());
  }, 200);
  const runs: { exportMs: number; plainMs: number }[] = [];
  let made: Made | null = null;
  for (let run = 0; run < Number(values.runs); run++) {
    made = await page.evaluate((one) => studio.make(one), list);
    const plain = await page.evaluate(() => studio.plain());
    runs.push({ exportMs: Math.round(made.ms), plainMs: Math.round(plain.ms) });
  }
  clearInterval(watching);
  const file = join(folder, 'made.mp4');
  await writeFile(file, Buffer.from(made!.bytes, 'base64'));
  const reading = await readMedia(file);
  const claps = await readClaps(file);
  const wrong = reading.frameNumbers.flatMap((number, at) => (number === at ? [] : [at]));
  const last = claps.at(-1)!;
  const soundApartMs = Math.round(last * 1000 - Math.round(last * 2) * 500);
  const median = (key: 'exportMs' | 'plainMs') =>
    runs.map((run) => run[key]).sort((a, b) => a - b)[runs.length >> 1]!;
  const faults = [
    ...(reading.frames === durationMs * 0.03 ? [] : [`${reading.frames} frames of ${durationMs * 0.03}`]),
    ...(wrong.length === 0
      ? []
      : [`${wrong.length} frames show another number than theirs, first ${wrong[0]}`]),
    ...(Math.abs(soundApartMs) <= mayBeApartMs ? [] : [`sound ${soundApartMs} ms apart at the end`]),
  ];
  const result = {
    ...before,
    clipMs: durationMs,
    exportMs: median('exportMs'),
    plainReencodeMs: median('plainMs'),
    exportPerClip: tenths(median('exportMs') / durationMs),
    exportPerReencode: tenths(median('exportMs') / median('plainMs')),
    browserMb: { idle: idleMb, peak: peakMb },
    file: {
      ...{ codecs: made!.codecs, frames: reading.frames, seconds: reading.seconds },
      kbps: Math.round((Buffer.from(made!.bytes, 'base64').length * 8) / durationMs),
      ...{ profile: reading.profile, level: reading.level, matrix: reading.matrix, range: reading.range },
      keySeconds: reading.keySeconds,
    },
    soundApartMs,
    runs,
    faults,
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

async function pageScript(): Promise<string> {
  const reels = join(import.meta.dirname, '..', 'web', 'studio', 'reels');
  const entry = `
    import { exportVideo } from '${reels}/export.ts';
    import { openReel } from '${reels}/reel.ts';
    import { ALL_FORMATS, BlobSource, BufferTarget, Conversion, Input, Mp4OutputFormat, Output, Quality } from 'mediabunny';
    const file = await (await fetch('/take.mp4')).blob();
    const base64 = async (blob) => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
      return btoa(text);
    };
    globalThis.studio = {
      async make(list) {
        const reel = await openReel(file);
        const from = performance.now();
        const made = await exportVideo(list, new Map([['take', reel]]), { name: 'made.mp4', signal: new AbortController().signal, onProgress: () => {} });
        const ms = performance.now() - from;
        reel.close();
        return { ms, bytes: await base64(made.file), codecs: made.codecs };
      },
      async plain() {
        const from = performance.now();
        const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
        const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target: new BufferTarget() });
        const conversion = await Conversion.init({ input, output, video: { codec: 'avc', forceTranscode: true, quality: new Quality({ bitrate: 5_000_000 }) }, audio: { codec: 'opus', forceTranscode: true } });
        await conversion.execute();
        const ms = performance.now() - from;
        input.dispose();
        return { ms, bytes: '', codecs: [] };
      },
    };`;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? join(import.meta.dirname, 'entry.js') : null),
        load: (id) => (id === join(import.meta.dirname, 'entry.js') ? entry : null),
      },
    ],
    build: {
      ...{ write: false, minify: false, target: 'esnext' },
      rolldownOptions: { input: 'entry', output: { codeSplitting: false } },
    },
  });
  const { output } = (Array.isArray(built) ? built[0]! : built) as { output: { code?: string }[] };
  return output[0]!.code!;
}

/** Resident memory that belongs to the browser alone, of all its processes. */
function memoryMb(): number {
  let kb = 0;
  for (const pid of descendants()) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      kb +=
        Number(/^Private_Clean:\s+(\d+)/m.exec(rollup)?.[1]) +
        Number(/^Private_Dirty:\s+(\d+)/m.exec(rollup)?.[1]);
    } catch {
      // Ended meanwhile.
    }
  }
  return Math.round(kb / 1024);
}

function descendants(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(
        Number(name),
        Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]),
      );
    } catch {
      // Ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean => pid > 1 && (pid === process.pid || isOurs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter((pid) => pid !== process.pid && isOurs(pid));
}
