import type { Transition } from './transition.ts';

/** A soft slanting edge runs from left to right. */
export const wipe: Transition = {
  name: 'wipe',
  shader: `
vec4 between(vec2 at, float blend) {
  const float slant = 0.18;
  const float softness = 0.06;
  float place = at.x + slant * (at.y - 0.5);
  float reach = 0.5 + slant * 0.5 + softness;
  float edge = mix(0.5 - reach, 0.5 + reach, blend);
  return mix(after(at), before(at), smoothstep(edge - softness, edge + softness, place));
}`,
};
