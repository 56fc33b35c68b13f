/** Default limits with the reason for each number. A call's own values go over the engine's, over these. */

import type { EngineLimits } from './engine.types.ts';

export const defaultLimits: EngineLimits = {
  maxDurationMs: 60_000,
  durationToleranceMs: 500, // cameras stop a few frames late; nobody should lose a take to that
  minDurationMs: 200, // below this a loop is a flicker, and still pictures wrapped as video end here
  maxPixels: 4096 * 2176, // 4K, both the cinema and the television kind, upright or not
  maxSidePx: 4096,
  maxStreams: 32, // cameras write five or six (picture, sound, time code, motion)
  maxFrameRate: 240, // what phones record in slow motion
  probeWallMs: 30_000,
  encodeWallBaseMs: 30_000,
  encodeWallPerSecondMs: 15_000, // 4K HDR at 60 frames a second takes about 5 s a second on one busy core
  encodeWallCapMs: 30 * 60_000,
  maxMemoryBytes: 1536 * 1024 * 1024, // 1080 peaks at 343 MB; 4K 10 bit with frame threads near 900
  maxOpenFiles: 128,
};

export function resolveLimits(...overrides: Array<Partial<EngineLimits> | undefined>): EngineLimits {
  const limits = { ...defaultLimits };
  for (const override of overrides) {
    for (const [name, value] of Object.entries(override ?? {})) {
      if (value === undefined) continue;
      if (!(value > 0)) throw new RangeError(`media engine limit ${name} must be above zero, got ${value}`);
      limits[name as keyof EngineLimits] = value;
    }
  }
  return limits;
}

/** Wall time of an encode of so much source. */
export function encodeWallMs(limits: EngineLimits, durationMs: number): number {
  const scaledMs = limits.encodeWallBaseMs + (durationMs / 1000) * limits.encodeWallPerSecondMs;
  return Math.min(limits.encodeWallCapMs, scaledMs);
}
