import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { thumbHashToRGBA } from 'thumbhash';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClipOptions, makeClip } from '../../testing/clips.ts';
import { readMedia, topBoxes } from '../../testing/media-reading.ts';
import type { StageAResult } from './engine.types.ts';
import { createMediaEngine, type MediaEngine } from './media-engine.ts';

let directory: string;
let engine: MediaEngine;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kinora-engine-'));
  engine = createMediaEngine();
});
afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

const card: ClipOptions = { width: 320, height: 240, fps: [30, 1], durationMs: 1000 };
let made = 0;

async function clip(options: ClipOptions): Promise<string> {
  const path = join(directory, `clip-${++made}.${options.container ?? 'mp4'}`);
  await makeClip(path, options);
  return path;
}

async function stageA(options: ClipOptions): Promise<StageAResult> {
  const path = await clip(options);
  const outcome = await engine.stageA(path, `${path}.out`);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome;
}

const upTo = (count: number, step = 1) => Array.from({ length: count }, (_, index) => index * step);

test('stage A gives a faststart H.264 and AAC file that every browser plays, with all frames in order', async () => {
  const { rendition, facts } = await stageA({
    ...card,
    durationMs: 5000,
    bFrames: 2,
    sound: { kind: 'beat', levelDb: -20 },
  });
  const out = await readMedia(rendition.path);
  expect(facts).toMatchObject({
    durationMs: 5000,
    frames: 150,
    videoCodec: 'h264',
    audioCodec: 'aac',
    channels: 2,
    hasSound: true,
  });
  expect(out.frameNumbers).toEqual(upTo(150));
  expect(out.seconds).toBeCloseTo(5, 3);
  expect(out.firstSeconds).toBe(0);
  expect(out.keySeconds).toEqual([0, 2, 4]);
  expect(out).toMatchObject({
    videoCodec: 'h264',
    pixelFormat: 'yuv420p',
    profile: 100,
    range: 1,
    matrix: 1,
    transfer: 1,
  });
  expect(out).toMatchObject({ audioCodec: 'aac', sampleRate: 48_000, channels: 2, streams: 2 });
  expect(topBoxes(rendition.path).slice(0, 2)).toEqual(['ftyp', 'moov']);
  expect(rendition).toMatchObject({
    frames: 150,
    durationMs: 5000,
    frameRate: 30,
    hasSound: true,
    codecs: 'avc1.64001e,mp4a.40.2',
  });
  expect(rendition.bytes).toBe(readFileSync(rendition.path).length);
});

test('the poster is a WebP and a JPEG of the right shape, and the thumbhash has its colours', async () => {
  const { poster, thumbhash } = await stageA({ ...card, rotation: 90 });
  const [webp, jpeg] = await Promise.all([
    sharp(poster.webpPath).metadata(),
    sharp(poster.jpegPath).metadata(),
  ]);
  expect([webp.format, webp.width, webp.height]).toEqual(['webp', 240, 320]);
  expect([jpeg.format, jpeg.width, jpeg.height]).toEqual(['jpeg', 240, 320]);
  for (const path of [poster.webpPath, poster.jpegPath]) {
    // The red corner turned to the top right; blue came to the top left.
    const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
    ];
    const [red, blue] = [at(225, 15), at(15, 15)];
    expect(red[0]! - red[2]!).toBeGreaterThan(180);
    expect(blue[2]! - blue[0]!).toBeGreaterThan(180);
  }
  const small = thumbHashToRGBA(Buffer.from(thumbhash, 'base64'));
  expect(small.w / small.h).toBeCloseTo(0.75, 0);
});

const red = (corner: number[]) => corner[2]! > 200;
const green = (corner: number[]) => corner[2]! < 70 && corner[1]! < 90;
const blue = (corner: number[]) => corner[1]! > 200;
const grey = (corner: number[]) => Math.abs(corner[1]! - 128) < 15 && Math.abs(corner[2]! - 128) < 15;

test.each([
  [90, false, [blue, red, grey, green]],
  [180, false, [grey, blue, green, red]],
  [270, false, [green, grey, red, blue]],
  [0, true, [green, red, grey, blue]],
  [90, true, [grey, green, blue, red]],
] as const)(
  'a picture turned by %d degrees (mirrored: %s) comes out upright',
  async (rotation, mirrored, order) => {
    const { rendition, facts } = await stageA({
      ...card,
      width: 160,
      height: 120,
      durationMs: 500,
      rotation,
      mirrored,
    });
    const upright = rotation === 90 || rotation === 270 ? [120, 160] : [160, 120];
    const out = await readMedia(rendition.path);
    expect([facts.rotation, facts.width, facts.height]).toEqual([rotation, ...upright]);
    expect([out.width, out.height]).toEqual(upright);
    expect(order.map((is, index) => is(out.corners[index]!))).toEqual([true, true, true, true]);
  },
);

test.each<[string, ClipOptions, number, number[] | null]>([
  [
    'VP8 and Opus in WebM',
    { ...card, codec: 'vp8', container: 'webm', sound: { kind: 'sine', levelDb: -20, codec: 'libopus' } },
    30,
    upTo(30),
  ],
  ['VP9 of odd size', { ...card, width: 321, height: 241, codec: 'vp9', container: 'webm' }, 30, upTo(30)],
  ['HEVC', { ...card, codec: 'hevc' }, 30, upTo(30)],
  [
    'MPEG-4 and PCM in AVI',
    { ...card, codec: 'mpeg4', container: 'avi', sound: { kind: 'sine', levelDb: -20, codec: 'pcm_s16le' } },
    30,
    upTo(30),
  ],
  ['Motion JPEG in AVI', { ...card, codec: 'mjpeg', container: 'avi' }, 30, upTo(30)],
  ['ProRes in QuickTime', { ...card, codec: 'prores', container: 'mov' }, 30, upTo(30)],
  [
    'a transport stream',
    { ...card, container: 'mpegts', sound: { kind: 'sine', levelDb: -20 } },
    30,
    upTo(30),
  ],
  ['Matroska with B-frames', { ...card, container: 'matroska', bFrames: 2 }, 30, upTo(30)],
  ['10 frames a second', { ...card, fps: [10, 1] }, 10, upTo(10)],
  ['12.5 frames a second', { ...card, fps: [25, 2], durationMs: 2000 }, 12.5, upTo(25)],
  ['29.83 frames a second', { ...card, fps: [179, 6], durationMs: 2000 }, 29.833, upTo(60)],
  ['50 frames a second', { ...card, fps: [50, 1] }, 50, upTo(50)],
  ['60 frames a second', { ...card, fps: [60, 1] }, 60, upTo(60)],
  ['240 frames a second', { ...card, fps: [240, 1] }, 60, null],
  ['a very short clip', { ...card, durationMs: 300 }, 30, upTo(9)],
])('%s keeps its frames and its duration', async (_, options, frameRate, numbers) => {
  const { rendition, facts } = await stageA(options);
  const out = await readMedia(rendition.path);
  expect(
    Math.abs(facts.durationMs - Math.round((facts.frames * 1000 * options.fps[1]) / options.fps[0])),
  ).toBeLessThanOrEqual(20);
  expect(rendition.frameRate).toBe(frameRate);
  expect(out.frames).toBe(rendition.frames);
  if (numbers) expect(out.frameNumbers).toEqual(numbers);
  expect(Math.abs(out.seconds * 1000 - facts.durationMs)).toBeLessThanOrEqual(1000 / frameRate);
  expect([out.width % 2, out.height % 2, out.audioCodec]).toEqual([0, 0, options.sound ? 'aac' : null]);
});

test('a variable rate becomes constant: each slot shows the frame that was due', async () => {
  const times = [0, 30, 70, 400, 420, 440, 900, 1500, 1533, 1566, 1600, 1900];
  const { rendition } = await stageA({ ...card, frameTimesMs: times });
  const out = await readMedia(rendition.path);
  const due = out.frameNumbers.map((_, slot) =>
    times.findLastIndex((time) => Math.floor(time * 0.03 + 0.5) <= slot),
  );
  expect(out.frameNumbers).toEqual(due);
  expect(out.seconds).toBeCloseTo(1.933, 1);
});

test('pixels that are not square become square', async () => {
  const { rendition, facts } = await stageA({ ...card, pixelAspect: [4, 3] });
  expect([facts.width, facts.height]).toEqual([427, 240]);
  expect([rendition.width, rendition.height]).toEqual([428, 240]);
});

test('full range becomes television range: code values are squeezed, not cut', async () => {
  const flat = (value: number): ClipOptions => ({
    ...card,
    fullRange: true,
    paint: ({ luma }) => luma.fill(value),
  });
  for (const [source, expected] of [
    [0, 16],
    [255, 235],
    [128, 126],
  ] as const) {
    const { rendition, facts } = await stageA(flat(source));
    const out = await readMedia(rendition.path);
    expect(facts.colour.range).toBe('full');
    expect(out.range).toBe(1);
    expect(Math.abs(out.corners[0]![0]! - expected)).toBeLessThanOrEqual(2);
  }
});

test.each(['pq', 'hlg'] as const)(
  'HDR (%s, 10 bit) is mapped to an 8 bit picture whose tones keep their order',
  async (hdr) => {
    const { rendition, facts } = await stageA({ ...card, codec: 'hevc', hdr });
    const out = await readMedia(rendition.path);
    expect(facts.colour.hdr).toBe(hdr);
    expect(facts.bitDepth).toBe(10);
    expect(out).toMatchObject({ pixelFormat: 'yuv420p', matrix: 1, transfer: 1, range: 1 });
    expect(out.frameNumbers).toEqual(upTo(30));
    expect(red(out.corners[0]!) && blue(out.corners[2]!) && grey(out.corners[3]!)).toBe(true);
  },
);

test.each([
  ['loud noise', { kind: 'noise', levelDb: -1 }],
  ['a quiet tone', { kind: 'sine', levelDb: -35 }],
  ['a quiet beat', { kind: 'beat', levelDb: -30 }],
  ['a mono tone at 22 kHz', { kind: 'sine', levelDb: -20, channels: 1, sampleRate: 22_050 }],
  ['5.1 channels', { kind: 'sine', levelDb: -24, channels: 6 }],
] as const)('%s comes out at -14 LUFS and below -1.5 dBTP', async (_, sound) => {
  const { rendition, loudness } = await stageA({ ...card, width: 160, height: 120, durationMs: 3000, sound });
  const out = await readMedia(rendition.path);
  expect(Math.abs(out.lufs + 14)).toBeLessThan(1);
  expect(out.truePeakDb).toBeLessThan(-1.4);
  expect(out.channels).toBe(2);
  expect(Math.abs(out.soundSeconds - 3)).toBeLessThan(0.03);
  expect(loudness?.integratedLufs).not.toBeNull();
});

test('claps, of which the peaks are taken, and sound that outlasts the picture', async () => {
  const loud = { ...card, durationMs: 1733, sound: { kind: 'clap', levelDb: -0.5 } } as const;
  const short = await readMedia((await stageA(loud)).rendition.path);
  expect(Math.abs(short.soundSeconds - 1.733)).toBeLessThan(0.05);
  expect(short.truePeakDb).toBeLessThan(-1.4);
  const longer = await stageA({
    ...card,
    durationMs: 1000,
    sound: { kind: 'sine', levelDb: -20, endMs: 4000 },
  });
  expect(Math.abs((await readMedia(longer.rendition.path)).soundSeconds - 1)).toBeLessThan(0.05);
});

test('sound that starts late stays late, digital silence stays silent, no sound stays no sound', async () => {
  const late = await stageA({
    ...card,
    durationMs: 2000,
    sound: { kind: 'sine', levelDb: -20, startMs: 1000 },
  });
  expect((await readMedia(late.rendition.path)).soundSeconds).toBeCloseTo(2, 1);
  expect(late.silentShare).toBeGreaterThan(0.3);
  const silent = await stageA({ ...card, sound: { kind: 'silence', levelDb: 0 } });
  expect(silent.loudness?.integratedLufs).toBeNull();
  expect(silent.silentShare).toBe(1);
  const none = await stageA(card);
  expect(none.rendition.hasSound).toBe(false);
  expect([none.loudness, none.silentShare]).toEqual([null, null]);
});

test('black pictures are told from dark beginnings, and the poster avoids the black', async () => {
  const paint: ClipOptions['paint'] = ({ luma }, width, _height, index) => {
    if (index < 30) luma.fill(16);
    else for (let at = 0; at < luma.length; at++) luma[at] = 40 + ((at % width) % 150);
  };
  const result = await stageA({ ...card, durationMs: 2000, paint });
  expect(result.blackShare).toBeCloseTo(0.5, 1);
  // The black half stands still, and so does the ramp behind it.
  expect(result.stillShare).toBeGreaterThan(0.7);
  expect(result.poster.atMs).toBeGreaterThanOrEqual(1000);
});

test('stage B, stage C and HLS: rungs of one source, packaged without another encode', async () => {
  const path = await clip({
    ...card,
    width: 1280,
    height: 720,
    durationMs: 2500,
    sound: { kind: 'beat', levelDb: -20 },
  });
  const out = `${path}.out`;
  const a = await engine.stageA(path, out);
  const b = await engine.stageB(path, out);
  const c = await engine.stageC(path, out);
  if (!a.ok || !b.ok || !c.ok) throw new Error('refused');
  expect(b.renditions.map(({ rung, width, height, codec }) => [rung, width, height, codec])).toEqual([
    ['720', 1280, 720, 'h264'],
  ]);
  expect(c.renditions.map(({ rung, width, codecs }) => [rung, width, codecs])).toEqual([
    ['540', 960, expect.stringMatching(/^av01\..*mp4a\.40\.2$/)],
    ['720', 1280, expect.stringMatching(/^av01\..*mp4a\.40\.2$/)],
  ]);
  const av1 = await readMedia(c.renditions[0]!.path);
  expect(av1).toMatchObject({ videoCodec: 'av1', frames: 75, pixelFormat: 'yuv420p' });
  const again = await engine.stageA(c.renditions[0]!.path, join(out, 'from-av1'));
  if (!again.ok) throw new Error('refused');
  expect(again.facts).toMatchObject({ videoCodec: 'av1', frames: 75, durationMs: 2500 });
  expect((await readMedia(again.rendition.path)).frames).toBe(75);

  const hls = await engine.packageHls([a.rendition, ...b.renditions], join(out, 'hls'));
  if (!hls.ok) throw new Error('refused');
  const master = readFileSync(hls.masterPath, 'utf8');
  expect(master).toContain('RESOLUTION=960x540');
  expect(master).toContain('CODECS="avc1.64001f,mp4a.40.2"');
  for (const { mediaPath, playlistPath, segments } of hls.renditions) {
    const playlist = readFileSync(playlistPath, 'utf8');
    const durations = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map((match) => Number(match[1]));
    expect(durations).toEqual([2, 0.5]);
    expect(segments).toBe(2);
    const ranges = [...playlist.matchAll(/BYTERANGE[:=]"?(\d+)@(\d+)/g)].map(([, length, offset]) => [
      Number(offset),
      Number(length),
    ]);
    const bytes = readFileSync(mediaPath);
    // The ranges cover the file without a gap, and each segment begins with a fragment.
    expect(ranges.reduce((end, [offset, length]) => (offset === end ? end + length! : -1), 0)).toBe(
      bytes.length,
    );
    expect(
      ranges.slice(1).map(([offset]) => /moof|styp/.test(bytes.toString('latin1', offset, offset! + 40))),
    ).toEqual([true, true]);
    const played = await readMedia(mediaPath);
    expect([played.frames, played.audioCodec]).toEqual([75, 'aac']);
  }
});

test('a source that already is what rung 720 asks for keeps its picture, and nothing else of itself', async () => {
  const studio: ClipOptions = {
    ...{ width: 720, height: 1280, fps: [30, 1], durationMs: 3000, gopFrames: 60, bFrames: 0, tagged: true },
    ...{ bitrate: 1_500_000, preset: 'veryfast', sound: { kind: 'beat', levelDb: -30 } },
  };
  const stageB = async (options: ClipOptions) => {
    const path = await clip(options);
    const made = await engine.stageB(path, `${path}.out`);
    if (!made.ok) throw new Error(JSON.stringify(made.refusal));
    return { source: readFileSync(path), path: made.renditions[0]!.path, rendition: made.renditions[0]! };
  };
  const kept = await stageB(studio);
  const slice = kept.source.subarray(kept.source.length >> 1, (kept.source.length >> 1) + 400);
  expect(readFileSync(kept.path).includes(slice)).toBe(true);
  expect(kept.rendition).toMatchObject({ rung: '720', frames: 90, durationMs: 3000, hasSound: true });
  const out = await readMedia(kept.path);
  expect(out.frameNumbers).toEqual(upTo(90));
  expect([out.firstSeconds, out.keySeconds, out.audioCodec]).toEqual([0, [0, 2], 'aac']);
  expect(out.lufs).toBeCloseTo(-14, 0);
  // The coder writes its name and settings between the pictures.
  expect([kept.source.includes('x264'), readFileSync(kept.path).includes('x264')]).toEqual([true, false]);
  expect(topBoxes(kept.path)).toEqual(['ftyp', 'moov', 'free', 'mdat']);

  for (const other of [
    { bFrames: 2 },
    { gopFrames: 90 },
    { bitrate: 9_000_000 },
    { rotation: 90 as const },
  ]) {
    const again = await stageB({ ...studio, durationMs: 2400, ...other });
    const middle = again.source.length >> 1;
    expect(
      readFileSync(again.path).includes(again.source.subarray(middle, middle + 400)),
      JSON.stringify(other),
    ).toBe(false);
  }
});

test('cover choice and storyboard', async () => {
  const path = await clip({ ...card, durationMs: 3000 });
  const out = `${path}.out`;
  const poster = await engine.poster(path, 1500, out);
  const board = await engine.storyboard(path, join(out, 'board.webp'), { tiles: 6, tileShortSidePx: 60 });
  if (!poster.ok || !board.ok) throw new Error('refused');
  expect(poster.atMs).toBe(1500);
  expect((await sharp(poster.webpPath).metadata()).width).toBe(320);
  const sprite = await sharp(board.path).metadata();
  expect([sprite.width, sprite.height]).toEqual([board.columns * 80, board.rows * 60]);
  expect(board.atMs).toEqual([233, 733, 1233, 1733, 2233, 2733]);
});

test('running twice gives the same bytes and leaves nothing unfinished behind', async () => {
  const path = await clip({ ...card, sound: { kind: 'sine', levelDb: -20 } });
  const out = `${path}.out`;
  await engine.stageA(path, out);
  const first = readFileSync(join(out, '540.mp4'));
  await engine.stageA(path, out);
  expect(readFileSync(join(out, '540.mp4')).equals(first)).toBe(true);
  expect(readdirSync(out).sort()).toEqual(['540.mp4', 'poster.jpg', 'poster.webp']);
});

test('nothing that the source says about itself reaches the rendition', async () => {
  const path = await clip(card);
  const bytes = readFileSync(path);
  const result = await engine.stageA(path, `${path}.out`);
  if (!result.ok) throw new Error('refused');
  expect(bytes.includes('x264')).toBe(true);
  expect(existsSync(result.rendition.path)).toBe(true);
  expect((await readMedia(result.rendition.path)).metadata.encoder).toBeUndefined();
});
