/** The sound of a file of ours alone, as an M4A, and what is heard in it: waveform, beats, and what it is recognised by.
 * AAC is copied, packet by packet; what is not packed yet (WAV) is encoded. */

import { statSync } from 'node:fs';
import { AV_CODEC_ID_AAC } from 'node-av/constants';
import { type Frame, Packet } from 'node-av/lib';
import { beatsOf } from '../../../packages/sound-analysis/beats.ts';
import { landmarksOf } from '../../../packages/sound-analysis/landmarks.ts';
import { peaksOf } from '../../../packages/sound-analysis/peaks.ts';
import { encode, openSoundEncoder } from './encoders.ts';
import type { ListenResult } from './engine.types.ts';
import type { JobTools } from './engine-job.ts';
import { createMp4 } from './mp4-file.ts';
import { createCopy, openOwnFile } from './own-file.ts';
import { createResampler, decodeOwn } from './own-sound.ts';
import { soundRate } from './sound.ts';

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
    decodeOwn(file, limits, hear, (packet) => copy.write(file.audio!, packet));
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
    decodeOwn(file, limits, (frame) => {
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
