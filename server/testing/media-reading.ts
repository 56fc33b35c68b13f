/** Reads a media file for tests by another path than the engine does (node-av's own demuxer, decoder and filter
 * classes), so that a mistake in the engine's reading cannot hide itself. */

import { openSync, readSync, statSync } from 'node:fs';
import { Decoder, Demuxer, FilterAPI } from 'node-av/api';
import { avGetCodecName, avGetPixFmtName } from 'node-av/lib';
import { readFrameNumber } from './clips.ts';

export type MediaReading = {
  videoPackets: number;
  keySeconds: number[];
  frames: number;
  frameSeconds: number[];
  frameNumbers: number[];
  firstSeconds: number;
  /** From the first to the end of the last frame shown. */
  seconds: number;
  width: number;
  height: number;
  videoCodec: string;
  profile: number;
  level: number;
  pixelFormat: string;
  range: number;
  matrix: number;
  transfer: number;
  /** Average Y, Cb, Cr in the corners of a frame in the middle: top left, top right, bottom left, bottom right. */
  corners: number[][];
  audioCodec: string | null;
  sampleRate: number;
  channels: number;
  soundSeconds: number;
  lufs: number;
  truePeakDb: number;
  metadata: Record<string, string>;
  streams: number;
};

export async function readMedia(path: string): Promise<MediaReading> {
  await using input = await Demuxer.open(path, { options: { protocol_whitelist: 'file' } as never });
  const video = input.video();
  const audio = input.audio();
  const reading: MediaReading = {
    videoPackets: 0,
    keySeconds: [],
    frames: 0,
    frameSeconds: [],
    frameNumbers: [],
    firstSeconds: 0,
    seconds: 0,
    width: video?.codecpar.width ?? 0,
    height: video?.codecpar.height ?? 0,
    videoCodec: video ? (avGetCodecName(video.codecpar.codecId) ?? '') : '',
    profile: video?.codecpar.profile ?? 0,
    level: video?.codecpar.level ?? 0,
    pixelFormat: video ? (avGetPixFmtName(video.codecpar.format as never) ?? '') : '',
    range: video?.codecpar.colorRange ?? 0,
    matrix: video?.codecpar.colorSpace ?? 2,
    transfer: video?.codecpar.colorTrc ?? 2,
    corners: [],
    audioCodec: audio ? avGetCodecName(audio.codecpar.codecId) : null,
    sampleRate: audio?.codecpar.sampleRate ?? 0,
    channels: audio?.codecpar.channels ?? 0,
    soundSeconds: 0,
    lufs: Number.NEGATIVE_INFINITY,
    truePeakDb: Number.NEGATIVE_INFINITY,
    metadata: input.metadata ?? {},
    streams: input.streams.length,
  };
  if (video) await readPictures(path, reading);
  if (audio) await readSound(path, reading);
  return reading;
}

async function readPictures(path: string, reading: MediaReading): Promise<void> {
  await using input = await Demuxer.open(path);
  const stream = input.video();
  if (!stream) return;
  const tick = stream.timeBase.num / stream.timeBase.den;
  async function* counted() {
    for await (const packet of input.packets(stream?.index)) {
      if (packet) {
        reading.videoPackets++;
        if (packet.isKeyframe) reading.keySeconds.push(Number(packet.pts) * tick);
      }
      yield packet;
    }
  }
  using decoder = await Decoder.create(stream);
  let end = 0;
  for await (const frame of decoder.frames(counted())) {
    if (!frame) continue;
    const base = frame.timeBase.num > 0 ? frame.timeBase.num / frame.timeBase.den : tick;
    const at = Number(frame.bestEffortTimestamp) * base;
    reading.frameSeconds.push(at);
    end = at + Number(frame.duration) * base;
    const [luma, cb, cr] = frame.data ?? [];
    if (luma && cb && cr) {
      reading.frameNumbers.push(
        readFrameNumber(luma, frame.linesize[0] as number, frame.width, frame.height),
      );
      if (reading.frames === 10)
        reading.corners = readCorners([luma, cb, cr], frame.linesize, frame.width, frame.height);
    }
    reading.frames++;
    frame.free();
  }
  reading.firstSeconds = reading.frameSeconds[0] ?? 0;
  reading.seconds = end - reading.firstSeconds;
}

function readCorners(planes: Buffer[], strides: number[], width: number, height: number): number[][] {
  return [
    [0.08, 0.08],
    [0.92, 0.08],
    [0.08, 0.92],
    [0.92, 0.92],
  ].map(([x, y]) =>
    planes.map((plane, index) => {
      const half = index === 0 ? 1 : 2;
      const column = Math.floor((width / half) * (x as number));
      const row = Math.floor((height / half) * (y as number));
      return plane[row * (strides[index] as number) + column] as number;
    }),
  );
}

async function readSound(path: string, reading: MediaReading): Promise<void> {
  await using input = await Demuxer.open(path);
  const stream = input.audio();
  if (!stream) return;
  using decoder = await Decoder.create(stream);
  using filter = FilterAPI.create('ebur128=peak=true:metadata=1');
  let samples = 0;
  async function* counted() {
    for await (const frame of decoder.frames(input.packets(stream?.index))) {
      if (frame) samples += frame.nbSamples;
      yield frame;
    }
  }
  for await (const frame of filter.frames(counted())) {
    if (!frame) continue;
    const facts = frame.getMetadata().getAll();
    reading.lufs = Number(facts['lavfi.r128.I'] ?? reading.lufs);
    const peak = Math.max(
      ...[0, 1].map((channel) => Number(facts[`lavfi.r128.true_peaks_ch${channel}`] ?? 0)),
    );
    reading.truePeakDb = 20 * Math.log10(peak);
    frame.free();
  }
  reading.soundSeconds = samples / reading.sampleRate;
}

/** Seconds at which the sound sets in after a silence of at least 100 ms, on the clock of the picture. */
export async function readClaps(path: string): Promise<number[]> {
  await using input = await Demuxer.open(path);
  const stream = input.audio();
  if (!stream) return [];
  using decoder = await Decoder.create(stream);
  using filter = FilterAPI.create('aformat=sample_fmts=flt:channel_layouts=mono');
  const claps: number[] = [];
  let quietSince = Number.NEGATIVE_INFINITY;
  for await (const frame of filter.frames(decoder.frames(input.packets(stream.index)))) {
    if (!frame) continue;
    const { num, den } = frame.timeBase;
    const from = (Number(frame.pts) * num) / den;
    const bytes = frame.data![0]!;
    for (let at = 0; at < frame.nbSamples; at++) {
      if (Math.abs(bytes.readFloatLE(at * 4)) < 0.05) continue;
      const seconds = from + at / frame.sampleRate;
      if (seconds - quietSince > 0.1) claps.push(seconds);
      quietSince = seconds;
    }
    frame.free();
  }
  return claps;
}

/** Order of the top-level boxes of an MP4: `ftyp moov mdat` is faststart. */
export function topBoxes(path: string): string[] {
  const size = statSync(path).size;
  const file = openSync(path, 'r');
  const head = Buffer.alloc(16);
  const names: string[] = [];
  for (let offset = 0; offset < size; ) {
    readSync(file, head, 0, 16, offset);
    names.push(head.toString('latin1', 4, 8));
    const length = head.readUInt32BE(0) === 1 ? Number(head.readBigUInt64BE(8)) : head.readUInt32BE(0);
    offset += Math.max(8, length);
  }
  return names;
}
