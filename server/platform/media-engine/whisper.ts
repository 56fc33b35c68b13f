/** What is said in the sound, by FFmpeg's whisper filter and a model file of the operator, as SRT. */

import { Filter } from 'node-av/lib';
import type { EngineLimits, TranscriptResult } from './engine.types.ts';
import type { SourceReading } from './facts.ts';
import { createSoundShaper, decodeSound, soundRate } from './sound.ts';
import type { OpenSource } from './source.ts';
import { hasVulkanLoader } from './vulkan-loader.ts';

/** Seconds of sound that are heard at once: as many as the models were made for. Shorter ones cut words. */
const heardAtOnceS = 30;

export function transcribe(
  source: OpenSource,
  reading: SourceReading,
  limits: EngineLimits,
  order: { model: string; outPath: string },
  onProgress: (fraction: number) => void,
): TranscriptResult {
  if (!Filter.getByName('whisper')) throw new Error('this FFmpeg has no whisper filter');
  if (!hasVulkanLoader()) throw new Error('the whisper filter needs libvulkan.so.1');
  const options = {
    model: order.model,
    language: 'auto',
    queue: String(heardAtOnceS),
    use_gpu: 'false',
    format: 'srt',
    destination: order.outPath,
  };
  const filter = Object.entries(options)
    .map(([name, value]) => `${name}=${escaped(value)}`)
    .join(':');
  const shaper = createSoundShaper(
    source,
    reading,
    `aformat=sample_fmts=fltp:sample_rates=16000:channel_layouts=mono,whisper=${filter}`,
  );
  let samples = 0;
  decodeSound(source, limits, (frame) =>
    shaper.shape(frame, (shaped) => {
      samples += shaped.nbSamples;
      onProgress((samples / soundRate) * (1000 / Math.max(1, reading.facts.durationMs)));
    }),
  );
  // The last words are written when the filter goes.
  shaper.close();
  return { path: order.outPath };
}

/** First as a value among options, then as a part of a graph (FFmpeg, "Notes on filtergraph escaping"). */
function escaped(value: string): string {
  return value.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');
}
