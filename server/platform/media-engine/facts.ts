/** What a source is, from reading every packet of it: headers lie, time stamps of real packets do not. One frame
 * is decoded to see that the codec's word holds. Ends in a refusal when a limit is passed. */

import {
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_FLAG_DISCARD,
  AVERROR_EOF,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { avGetPixFmtName, Frame, Packet } from 'node-av/lib';
import { colourFacts } from './colour.ts';
import type { EngineLimits, MediaFacts } from './engine.types.ts';
import { Refused, seconds } from './ffmpeg.ts';
import { measureRate, perSecond, type SourceRate } from './frame-clock.ts';
import { codecName, type OpenSource, openDecoder } from './source.ts';

export type SourceReading = {
  facts: MediaFacts;
  rate: SourceRate;
  /** Seconds on the file's own clock at which the picture starts and ends. */
  startSeconds: number;
  endSeconds: number;
  /** The picture is mirrored left to right before it is turned (front cameras). */
  mirrored: boolean;
  audioStartSeconds: number | null;
  /** How the picture is coded, for the question whether it may stay as it is. */
  coding: { keySeconds: number[]; reordered: boolean; bitsPerSecond: number };
};

/** A header that promises this much more than the packets give belongs to a cut file. */
const missingShare = 0.05;
const missingSeconds = 0.25;

export function readSource(source: OpenSource, limits: EngineLimits): SourceReading {
  const { video, audio } = source;
  const { width: codedWidth, height: codedHeight } = video.codecpar;
  checkPicture(codedWidth, codedHeight, limits);
  const scan = scanPackets(source, limits);
  const frame = decodeOneFrame(source, limits);
  const width = frame.width;
  const height = frame.height;
  checkPicture(width, height, limits);

  const declared = Number(source.format.duration) / 1e6;
  const declaredSeconds = declared > 0 && Number.isFinite(declared) ? declared : null;
  const durationMs = Math.round((scan.endSeconds - scan.startSeconds) * 1000);
  const readSeconds =
    Math.max(scan.endSeconds, scan.audioEndSeconds ?? 0) -
    Math.min(scan.startSeconds, scan.audioStartSeconds ?? Infinity);
  if (declaredSeconds !== null && scan.endsInError) checkWhole(declaredSeconds, readSeconds, 0, 0);
  if (declaredSeconds !== null) {
    // A recorder may leave the last picture's length out of a Matroska file; only a large gap speaks there.
    const share = source.container.startsWith('mov') ? missingShare : 0.5;
    checkWhole(declaredSeconds, readSeconds, share, missingSeconds);
  }
  if (durationMs < limits.minDurationMs)
    throw new Refused('too_short', { durationMs, limitMs: limits.minDurationMs });

  const rate = measureRate(
    scan.times,
    [video.avgFrameRate, video.rFrameRate].map(({ num, den }) => ({ num, den })),
  );
  const averageFrameRate = scan.times.length / (scan.endSeconds - scan.startSeconds);
  if (averageFrameRate > limits.maxFrameRate * 1.02) {
    throw new Refused('frame_rate_too_high', {
      frameRate: Math.round(averageFrameRate),
      limit: limits.maxFrameRate,
    });
  }

  const { rotation, mirrored } = readMatrix(video.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX));
  const { num, den } = video.sampleAspectRatio.num > 0 ? video.sampleAspectRatio : frame.aspect;
  const aspect = num > 0 && den > 0 && num / den > 0.1 && num / den < 10 ? num / den : 1;
  // Square pixels by widening, never by dropping lines.
  const square = aspect >= 1 ? [width * aspect, height] : [width, height / aspect];
  const upright = rotation === 90 || rotation === 270;
  const shown = (upright ? [square[1], square[0]] : square).map((side) => Math.round(side as number)) as [
    number,
    number,
  ];

  const facts: MediaFacts = {
    container: source.container,
    durationMs,
    declaredDurationMs: declaredSeconds === null ? null : Math.round(declaredSeconds * 1000),
    width: shown[0],
    height: shown[1],
    codedWidth: width,
    codedHeight: height,
    rotation,
    pixelAspect: aspect,
    averageFrameRate: Math.round((rate.constant ? perSecond(rate.rate) : averageFrameRate) * 1000) / 1000,
    baseFrameRate:
      video.rFrameRate.den > 0 ? Math.round((video.rFrameRate.num / video.rFrameRate.den) * 1000) / 1000 : 0,
    frames: scan.times.length,
    videoCodec: codecName(video),
    pixelFormat: frame.pixelFormat,
    bitDepth: frame.bitDepth,
    colour: frame.colour,
    hasSound: audio !== null && scan.audioPackets > 0,
    audioCodec: audio && scan.audioPackets > 0 ? codecName(audio) : null,
    sampleRate: audio && scan.audioPackets > 0 ? audio.codecpar.sampleRate : null,
    channels: audio && scan.audioPackets > 0 ? audio.codecpar.channels : null,
    audioDurationMs:
      scan.audioStartSeconds === null
        ? null
        : Math.round(((scan.audioEndSeconds ?? 0) - scan.audioStartSeconds) * 1000),
    bitrate: Math.round((source.bytes * 8) / (durationMs / 1000)),
    bytes: source.bytes,
    streams: source.streams,
  };
  return {
    facts,
    rate,
    mirrored,
    startSeconds: scan.startSeconds,
    endSeconds: scan.endSeconds,
    audioStartSeconds: scan.audioStartSeconds,
    coding: {
      keySeconds: scan.keySeconds,
      reordered: scan.reordered,
      bitsPerSecond: (scan.videoBytes * 8) / (scan.endSeconds - scan.startSeconds),
    },
  };
}

function checkWhole(declaredSeconds: number, readSeconds: number, share: number, spare: number): void {
  if (readSeconds >= declaredSeconds * (1 - share) - spare) return;
  throw new Refused('broken_file', {
    step: 'length',
    declaredDurationMs: Math.round(declaredSeconds * 1000),
    durationMs: Math.round(readSeconds * 1000),
  });
}

export function checkPicture(width: number, height: number, limits: EngineLimits): void {
  if (width > limits.maxSidePx || height > limits.maxSidePx || width * height > limits.maxPixels) {
    const { maxPixels: limitPixels, maxSidePx: limitSidePx } = limits;
    throw new Refused('too_large_picture', { width, height, limitPixels, limitSidePx });
  }
}

type Scan = {
  times: Float64Array;
  startSeconds: number;
  endSeconds: number;
  audioPackets: number;
  audioStartSeconds: number | null;
  audioEndSeconds: number | null;
  keySeconds: number[];
  reordered: boolean;
  videoBytes: number;
  endsInError: boolean;
};

/** Reads to the end, or until more than the allowed duration has passed by. */
function scanPackets(source: OpenSource, limits: EngineLimits): Scan {
  const { format, video, audio } = source;
  const packet = new Packet();
  packet.alloc();
  const longest = (limits.maxDurationMs + limits.durationToleranceMs) / 1000;
  const stamps: number[] = [];
  let start: number | null = null;
  let end = 0;
  let audioPackets = 0;
  let audioStart: number | null = null;
  let audioEnd: number | null = null;
  let readings = 0;
  const keySeconds: number[] = [];
  let reordered = false;
  let videoBytes = 0;
  let returned = 0;
  for (;;) {
    returned = format.readFrameSync(packet);
    if (returned < 0) break;
    // Nothing that fits the limits has more packets than this; a file of empty packets would scan for minutes.
    if (++readings > longest * (limits.maxFrameRate + 2000) * 4)
      throw new Refused('broken_file', { step: 'packets' });
    const isVideo = packet.streamIndex === video.index;
    const stamp = packet.pts !== AV_NOPTS_VALUE ? packet.pts : packet.dts;
    if (stamp !== AV_NOPTS_VALUE && !packet.hasFlags(AV_PKT_FLAG_DISCARD)) {
      const at = seconds(stamp, isVideo ? video.timeBase : (audio ?? video).timeBase);
      const until =
        at + Math.max(0, seconds(packet.duration, isVideo ? video.timeBase : (audio ?? video).timeBase));
      if (isVideo) {
        if (start === null && packet.isKeyframe) start = at;
        if (start !== null && at >= start) {
          stamps.push(at);
          if (packet.isKeyframe) keySeconds.push(at);
          reordered ||= packet.pts !== packet.dts;
          videoBytes += packet.size;
          end = Math.max(end, until);
          if (end - start > longest) {
            packet.free();
            const declaredMs = Math.round(Number(format.duration) / 1000);
            const durationMs = Math.max(declaredMs, Math.round((end - start) * 1000));
            throw new Refused('too_long', { durationMs, limitMs: limits.maxDurationMs });
          }
        }
      } else if (packet.streamIndex === audio?.index) {
        audioPackets++;
        audioStart = audioStart === null ? at : Math.min(audioStart, at);
        audioEnd = audioEnd === null ? until : Math.max(audioEnd, until);
      }
    }
    packet.unref();
  }
  packet.free();
  if (start === null)
    throw new Refused('broken_file', { step: 'packets', reason: 'no whole picture to start from' });
  const times = Float64Array.from(stamps).sort();
  const shown = times.filter((time, index) => index === 0 || time - (times[index - 1] as number) >= 0.002);
  const last = shown[shown.length - 1] as number;
  const usual = shown.length > 1 ? (last - start) / (shown.length - 1) : 0;
  if (end <= last) end = last + usual;
  if (end - start > longest) {
    throw new Refused('too_long', {
      durationMs: Math.round((end - start) * 1000),
      limitMs: limits.maxDurationMs,
    });
  }
  return {
    times: shown,
    startSeconds: start,
    endSeconds: end,
    audioPackets,
    audioStartSeconds: audioStart,
    audioEndSeconds: audioEnd,
    keySeconds,
    reordered,
    videoBytes,
    endsInError: returned !== AVERROR_EOF,
  };
}

/** Goes back to the start and decodes until the first picture falls out. */
function decodeOneFrame(source: OpenSource, limits: EngineLimits) {
  const { format, video } = source;
  rewind(source);
  const decoder = openDecoder(video, 1, limits);
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  try {
    for (let drained = false; ; ) {
      if (decoder.receiveFrameSync(frame) >= 0) {
        const pixelFormat = avGetPixFmtName(frame.format as never) ?? 'unknown';
        const deep = /p(9|10|12|14|16)(le|be)?$|^p0(10|12|16)/.exec(pixelFormat);
        return {
          width: frame.width,
          height: frame.height,
          pixelFormat,
          bitDepth: deep ? Number(deep[1] ?? deep[3]) : 8,
          aspect: { num: frame.sampleAspectRatio.num, den: frame.sampleAspectRatio.den },
          colour: colourFacts(frame, video.codecpar),
        };
      }
      if (drained)
        throw new Refused('broken_file', { step: 'decode', reason: 'no picture could be decoded' });
      if (format.readFrameSync(packet) < 0) {
        drained = true;
        decoder.sendPacketSync(null);
        continue;
      }
      if (packet.streamIndex === video.index) decoder.sendPacketSync(packet);
      packet.unref();
    }
  } finally {
    frame.free();
    packet.free();
    decoder.freeContext();
    rewind(source);
  }
}

/** To the first packet again. Some demuxers only rewind by byte or by the default stream. */
export function rewind(source: OpenSource): void {
  const { format, video } = source;
  if (format.seekFrameSync(-1, -(2n ** 62n), AVSEEK_FLAG_BACKWARD) >= 0) return;
  const start = video.startTime !== AV_NOPTS_VALUE ? video.startTime : 0n;
  if (format.seekFrameSync(video.index, start, AVSEEK_FLAG_BACKWARD) < 0)
    throw new Refused('broken_file', { step: 'seek' });
}

/** ISO/IEC 14496-12 matrix as FFmpeg hands it on: nine little-endian integers, 16.16 in the first two columns. */
export function readMatrix(data: Buffer | null): { rotation: MediaFacts['rotation']; mirrored: boolean } {
  if (!data || data.length < 36) return { rotation: 0, mirrored: false };
  const at = (index: number) => data.readInt32LE(index * 4) / 65536;
  const [a, b, c, d] = [at(0), at(1), at(3), at(4)];
  const mirrored = a * d - b * c < 0;
  // Undo the mirror first (x runs the other way), what is left is a plain turn.
  const degrees = (Math.atan2(b, mirrored ? -a : a) * 180) / Math.PI;
  const turn = (((Math.round((mirrored ? -degrees : degrees) / 90) * 90) % 360) + 360) % 360;
  return { rotation: turn as MediaFacts['rotation'], mirrored };
}
