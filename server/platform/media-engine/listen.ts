/** The sound of a file of ours alone, as an M4A, and what is heard in it: waveform, beats, and what it is recognised by.
 * AAC is copied, packet by packet; what is not packed yet (WAV) is encoded. */

import { statSync } from 'node:fs';
import { AV_CODEC_ID_AAC } from 'node-av/constants';
import {
  avChannelLayoutDefault,
  avChannelLayoutDescribe,
  avGetSampleFmtName,
  Frame,
  Packet,
} from 'node-av/lib';
import { beatsOf } from '../../../packages/sound-analysis/beats.ts';
import { landmarksOf } from '../../../packages/sound-analysis/landmarks.ts';
import { peaksOf } from '../../../packages/sound-analysis/peaks.ts';
import { encode, openSoundEncoder } from './encoders.ts';
import type { EngineLimits, ListenResult } from './engine.types.ts';
import type { JobTools } from './engine-job.ts';
import { buildGraph, type Graph, mustWork } from './ffmpeg.ts';
import { createMp4 } from './mp4-file.ts';
import { createCopy, type OwnFile, openOwnFile } from './own-file.ts';
import { soundRate } from './sound.ts';
import { openDecoder } from './source.ts';

/** Enough for every peak that is looked at, and half the work of 44,100. */
const heardRate = 22_050;
const peaksPerSecond = 10;

export function listen(
  path: string,
  outPath: string,
  tools: Pick<JobTools, 'limits' | 'onDuration'>,
): ListenResult {
  const { limits } = tools;
  const file = openOwnFile(path);
  tools.onDuration(Number(file.format.duration) / 1000);
  if (!file.audio) throw new Error('a file without sound has nothing to listen to');
  const heard: Float32Array[] = [];
  if (file.audio.codecpar.codecId === AV_CODEC_ID_AAC) {
    const copy = createCopy(outPath, [file.audio]);
    const hear = createResampler(heardRate, 'flt', 'mono', (frame) => heard.push(samplesOf(frame)));
    decode(file, limits, hear, (packet) => copy.write(file.audio!, packet));
    copy.finish();
  } else {
    const encoder = openSoundEncoder();
    const mp4 = createMp4(outPath, null, encoder);
    const packet = new Packet();
    packet.alloc();
    const hear = createResampler(heardRate, 'flt', 'mono', (frame) => heard.push(samplesOf(frame)));
    const pack = createResampler(soundRate, 'fltp', 'stereo,asetnsamples=n=1024:p=0', (frame) =>
      encode(encoder, frame, packet, (out, context) => mp4.write('audio', out, context)),
    );
    decode(file, limits, (frame) => {
      // A filter takes a frame away from whoever hands it in.
      const again = frame?.clone() ?? null;
      hear(frame);
      pack(again);
      again?.free();
    });
    encode(encoder, null, packet, (out, context) => mp4.write('audio', out, context));
    mp4.finish();
  }
  file.close();
  const samples = joined(heard);
  const beats = beatsOf(samples, heardRate);
  const { hashes, at } = landmarksOf(samples, heardRate);
  return {
    path: outPath,
    bytes: statSync(outPath).size,
    durationMs: Math.round((samples.length / heardRate) * 1000),
    peaks: Buffer.from(peaksOf(samples, heardRate, peaksPerSecond)).toString('base64'),
    tempo: beats?.bpm ?? null,
    beatsMs: beats?.beatsMs ?? [],
    landmarks: { hashes: [...hashes], at: [...at] },
  };
}

type Take = (frame: Frame | null) => void;

function decode(
  file: OwnFile,
  limits: EngineLimits,
  take: Take,
  see: (packet: Packet) => void = () => {},
): void {
  const stream = file.audio!;
  const decoder = openDecoder(stream, 1, limits);
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  const drain = () => {
    while (decoder.receiveFrameSync(frame) >= 0) {
      take(frame);
      frame.unref();
    }
  };
  while (file.format.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === stream.index) {
      decoder.sendPacketSync(packet);
      drain();
      see(packet);
    }
    packet.unref();
  }
  decoder.sendPacketSync(null);
  drain();
  take(null);
  frame.free();
  packet.free();
  decoder.freeContext();
}

/** `layout` may name filters behind it. The graph is built for the first frame: in files of ours none differs from it. */
function createResampler(rate: number, format: string, layout: string, take: (frame: Frame) => void): Take {
  let graph: Graph | null = null;
  const out = new Frame();
  out.alloc();
  return (frame) => {
    if (frame?.channelLayout.order === 0) frame.channelLayout = avChannelLayoutDefault(frame.channels);
    if (frame && !graph) {
      const described =
        `time_base=1/${frame.sampleRate}:sample_rate=${frame.sampleRate}:` +
        `sample_fmt=${avGetSampleFmtName(frame.format as never)}:channel_layout=${avChannelLayoutDescribe(frame.channelLayout)}`;
      const chain = `aresample=${rate},aformat=sample_fmts=${format}:channel_layouts=${layout}`;
      graph = buildGraph('audio', described, chain, 1);
    }
    if (!graph) return;
    mustWork(graph.source.buffersrcAddFrameSync(frame), 'sound filter');
    while (graph.sink.buffersinkGetFrameSync(out) >= 0) {
      take(out);
      out.unref();
    }
    if (!frame) {
      graph.free();
      out.free();
    }
  };
}

function samplesOf(frame: Frame): Float32Array {
  const bytes = frame.data![0]!.subarray(0, frame.nbSamples * 4);
  const samples = new Float32Array(frame.nbSamples);
  Buffer.from(samples.buffer).set(bytes);
  return samples;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
