/** Stills: the poster (WebP, and JPEG for link previews), the thumbhash, the sprite for choosing a cover.
 * Pictures come in as shaped frames: upright, BT.709, television range. */

import { writeFileSync } from 'node:fs';
import {
  AV_CODEC_FLAG_QSCALE,
  AV_NOPTS_VALUE,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib';
import { rgbaToThumbHash } from 'thumbhash';
import type { EngineLimits, PosterResult, StoryboardResult } from './engine.types.ts';
import { rewind, type SourceReading } from './facts.ts';
import { buildGraph, mustWork, Refused, seconds, setOptions } from './ffmpeg.ts';
import { perSecond } from './frame-clock.ts';
import { pendingFile } from './pending-file.ts';
import { createPictureShaper } from './picture.ts';
import { createLookClock, createLooks, lookAt } from './picture-looks.ts';
import { fitLines } from './rungs.ts';
import { type OpenSource, openDecoder } from './source.ts';

/** Watches frames go by and keeps the best one for a poster. With `coverAtSeconds` it keeps the one shown then;
 * else the liveliest of the first three seconds, an early one winning when they are alike. */
export function createPosterChooser(coverAtSeconds: number | null) {
  let best: Frame | null = null;
  let bestAt = 0;
  let bestScore = -1;
  const clock = createLookClock();
  const looks = createLooks();
  const keep = (frame: Frame, at: number) => {
    best?.free();
    best = frame.clone();
    bestAt = at;
  };
  return {
    watch: (frame: Frame, atSeconds: number, lastsSeconds: number) => {
      if (coverAtSeconds !== null && (!best || atSeconds <= coverAtSeconds)) keep(frame, atSeconds);
      const covered = clock(atSeconds, lastsSeconds);
      if (covered === 0) return;
      const luma = lookAt(frame);
      looks.add(luma, covered);
      if (coverAtSeconds !== null || (atSeconds > 3 && bestScore > 4)) return;
      const score = luma.spread * (luma.mean < 40 ? 0.5 : 1) * (1 - 0.05 * Math.min(3, atSeconds));
      if (!best || score > bestScore + 1) {
        bestScore = score;
        keep(frame, atSeconds);
      }
    },
    chosen: (): { frame: Frame; atMs: number } => {
      if (!best) throw new Error('no frame went by');
      return { frame: best, atMs: Math.round(bestAt * 1000) };
    },
    /** Of all that went by. */
    sums: looks.sums,
  };
}

export function writePoster(frame: Frame, atMs: number, paths: { webp: string; jpeg: string }): PosterResult {
  const { width, height } = frame;
  // WebP and JPEG know BT.601 only, JPEG full range only.
  writeStill(frame, 'scale=out_color_matrix=bt601:out_range=tv,format=yuv420p', 'libwebp', paths.webp);
  writeStill(frame, 'scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p', 'mjpeg', paths.jpeg);
  return { webpPath: paths.webp, jpegPath: paths.jpeg, width, height, atMs, thumbhash: thumbhash(frame) };
}

function thumbhash(frame: Frame): string {
  const scale = 100 / Math.max(frame.width, frame.height);
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  return reshape(frame, `scale=${width}:${height}:flags=area,format=rgba`, (small) => {
    const stride = small.linesize[0] as number;
    const pixels = small.data?.[0] as Buffer;
    const rgba = new Uint8Array(width * height * 4);
    for (let y = 0; y < height; y++)
      rgba.set(pixels.subarray(y * stride, y * stride + width * 4), y * width * 4);
    return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64');
  });
}

const inputOf = (frame: Frame): string =>
  `video_size=${frame.width}x${frame.height}:pix_fmt=${frame.format}:time_base=1/1000:pixel_aspect=1/1` +
  `:colorspace=${frame.colorSpace}:range=${frame.colorRange}`;

function reshape<T>(frame: Frame, chain: string, use: (frame: Frame) => T): T {
  const graph = buildGraph('video', inputOf(frame), chain, 1);
  const out = new Frame();
  out.alloc();
  const copy = frame.clone() as Frame;
  copy.pts = 0n;
  mustWork(graph.source.buffersrcAddFrameSync(copy), 'still');
  graph.source.buffersrcAddFrameSync(null);
  mustWork(graph.sink.buffersinkGetFrameSync(out), 'still');
  const result = use(out);
  out.free();
  copy.free();
  graph.free();
  return result;
}

function writeStill(frame: Frame, chain: string, encoder: 'libwebp' | 'mjpeg', path: string): void {
  const bytes = reshape(frame, chain, (still) => encodeStill(still, encoder));
  const pending = pendingFile(path);
  writeFileSync(pending.path, bytes);
  pending.publish();
}

function encodeStill(still: Frame, encoder: 'libwebp' | 'mjpeg'): Buffer {
  const codec = Codec.findEncoderByName(encoder as never);
  if (!codec) throw new Error(`no encoder ${encoder}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = still.width;
  context.height = still.height;
  context.pixelFormat = encoder === 'mjpeg' ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
  context.colorRange = still.colorRange;
  context.timeBase = new Rational(1, 25);
  if (encoder === 'mjpeg') {
    context.setFlags(AV_CODEC_FLAG_QSCALE);
    context.globalQuality = 4 * 118; // quantiser 4 in FFmpeg's lambda units (FF_QP2LAMBDA)
    still.quality = 4 * 118;
  } else {
    setOptions(context, { quality: '76', compression_level: '4' });
  }
  mustWork(context.open2Sync(codec, null), `open ${encoder}`);
  const packet = new Packet();
  packet.alloc();
  still.pts = 0n;
  mustWork(context.sendFrameSync(still), 'still');
  context.sendFrameSync(null);
  mustWork(context.receivePacketSync(packet), 'still');
  const bytes = Buffer.from(packet.data as Buffer);
  packet.free();
  context.freeContext();
  return bytes;
}

/** The picture shown at each of the given seconds (rising), shaped to so many lines. */
function framesAt(
  source: OpenSource,
  reading: SourceReading,
  limits: EngineLimits,
  threads: number,
  lines: number,
  wanted: number[],
  take: (frame: Frame, atSeconds: number) => void,
): void {
  const { format, video } = source;
  const size = fitLines(reading.facts.width, reading.facts.height, lines);
  const shaper = createPictureShaper(reading, size, threads, limits);
  const decoder = openDecoder(video, threads, limits);
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  const usual = 1 / perSecond(reading.rate.rate);
  for (const want of wanted) {
    const target = want + reading.startSeconds;
    const ticks = BigInt(Math.floor((target * video.timeBase.den) / video.timeBase.num));
    if (format.seekFrameSync(video.index, ticks, AVSEEK_FLAG_BACKWARD) < 0) rewind(source);
    decoder.flushBuffers();
    let shown: Frame | null = null;
    let shownAt = 0;
    let ended = false;
    while (!ended) {
      const read = format.readFrameSync(packet);
      if (read < 0) decoder.sendPacketSync(null);
      else if (packet.streamIndex === video.index) decoder.sendPacketSync(packet);
      packet.unref();
      while (!ended && decoder.receiveFrameSync(frame) >= 0) {
        const stamp = frame.bestEffortTimestamp;
        const at = stamp !== AV_NOPTS_VALUE ? seconds(stamp, video.timeBase) : shownAt + usual;
        if (shown && at > target + 0.001) ended = true;
        else {
          (shown as Frame | null)?.free();
          shown = frame.clone();
          shownAt = at;
        }
        frame.unref();
      }
      if (read < 0) ended = true;
    }
    if (!shown) throw new Refused('broken_file', { step: 'decode', atMs: Math.round(want * 1000) });
    take(shaper.shape(shown), Math.max(0, shownAt - reading.startSeconds));
    (shown as Frame).free();
  }
  shaper.close();
  frame.free();
  packet.free();
  decoder.freeContext();
}

export function posterAt(
  source: OpenSource,
  reading: SourceReading,
  limits: EngineLimits,
  threads: number,
  atMs: number,
  paths: { webp: string; jpeg: string },
): PosterResult {
  const at = Math.min(Math.max(0, atMs), Math.max(0, reading.facts.durationMs - 1)) / 1000;
  let result: PosterResult | null = null;
  framesAt(source, reading, limits, threads, 540, [at], (frame, shownAt) => {
    result = writePoster(frame, Math.round(shownAt * 1000), paths);
  });
  return result as unknown as PosterResult;
}

export function storyboard(
  source: OpenSource,
  reading: SourceReading,
  limits: EngineLimits,
  threads: number,
  path: string,
  tiles: number,
  tileHeight: number,
): StoryboardResult {
  const { width, height, durationMs } = reading.facts;
  const shape = fitLines(width, height, Math.min(tileHeight, width, height));
  const columns = Math.min(tiles, 5);
  const rows = Math.ceil(tiles / columns);
  const wanted = Array.from({ length: tiles }, (_, index) => ((index + 0.5) * durationMs) / tiles / 1000);
  const input = `video_size=${shape.width}x${shape.height}:pix_fmt=0:time_base=1/1000:pixel_aspect=1/1:colorspace=1:range=1`;
  const chain = `tile=${columns}x${rows},scale=out_color_matrix=bt601:out_range=tv,format=yuv420p`;
  const graph = buildGraph('video', input, chain, 1);
  const atMs: number[] = [];
  framesAt(
    source,
    reading,
    limits,
    threads,
    Math.min(tileHeight, width, height),
    wanted,
    (frame, shownAt) => {
      frame.pts = BigInt(atMs.length * 1000);
      atMs.push(Math.round(shownAt * 1000));
      mustWork(graph.source.buffersrcAddFrameSync(frame), 'tile');
    },
  );
  graph.source.buffersrcAddFrameSync(null);
  const sprite = new Frame();
  sprite.alloc();
  mustWork(graph.sink.buffersinkGetFrameSync(sprite), 'tile');
  const pending = pendingFile(path);
  writeFileSync(pending.path, encodeStill(sprite, 'libwebp'));
  pending.publish();
  sprite.free();
  graph.free();
  return { path, columns, rows, tileWidth: shape.width, tileHeight: shape.height, atMs };
}
