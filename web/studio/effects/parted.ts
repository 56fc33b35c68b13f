import type { Effect } from './effect.ts';

/** The colours part with each beat, as of a print that slipped, in strips that are torn aside. */
export const parted: Effect = {
  name: 'parted',
  category: 'beat',
  since: '2026-11-22',
  stillMs: 1040,
  values: { reach: 0.05, strips: 22 },
  shader: `
vec4 effect(vec2 at) {
  float slip = reach * u_strength * exp(-6.0 * u_since);
  int strip = int(floor(at.y * strips));
  float torn = chance(ivec3(strip, int(u_beat), 3));
  float aside = torn > 0.72 ? (chance(ivec3(strip, int(u_beat), 5)) - 0.5) * slip * 2.5 : 0.0;
  vec2 place = at + vec2(aside, 0.0);
  return vec4(frame(place + vec2(slip, 0.0)).r, frame(place).g, frame(place - vec2(slip, 0.0)).b, 1.0);
}`,
};
