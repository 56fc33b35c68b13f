/** The source's sound alone, normalised, as an M4A: what a later video takes when it uses this sound. */

import { statSync } from 'node:fs';
import { Packet } from 'node-av/lib';
import { encode, openSoundEncoder } from './encoders.ts';
import type { EngineLimits, SoundTrackResult } from './engine.types.ts';
import type { SourceReading } from './facts.ts';
import { createMp4 } from './mp4-file.ts';
import { createSoundShaper, decodeSound, measureSound, soundRate } from './sound.ts';
import type { OpenSource } from './source.ts';

export function writeSoundTrack(
  source: OpenSource,
  reading: SourceReading,
  limits: EngineLimits,
  path: string,
): SoundTrackResult {
  if (!reading.facts.hasSound) return { path: null, bytes: 0, durationMs: 0, loudness: null };
  const measured = measureSound(source, reading, limits);
  const encoder = openSoundEncoder();
  const file = createMp4(path, null, encoder);
  const packet = new Packet();
  packet.alloc();
  let samples = 0;
  const chain = [measured.chain, 'asetnsamples=n=1024:p=0'].filter(Boolean).join(',');
  const shaper = createSoundShaper(source, reading, chain);
  decodeSound(source, limits, (frame) =>
    shaper.shape(frame, (shaped) => {
      samples += shaped.nbSamples;
      encode(encoder, shaped, packet, (out, context) => file.write('audio', out, context));
    }),
  );
  encode(encoder, null, packet, (out, context) => file.write('audio', out, context));
  file.finish();
  return {
    path,
    bytes: statSync(path).size,
    durationMs: Math.round((samples / soundRate) * 1000),
    loudness: measured.loudness,
  };
}
