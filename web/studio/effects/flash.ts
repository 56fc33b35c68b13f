import type { Effect } from './effect.ts';

/** A photographer's flash at the beat, fading like one: never more than three in a second, however fast the music. */
export const flash: Effect = {
  name: 'flash',
  category: 'beat',
  since: '2026-11-22',
  stillMs: 1050,
  flashes: true,
  values: { fade: 8 },
  shader: `
vec4 effect(vec2 at) {
  float light = u_strength * exp(-fade * u_since);
  vec2 from = (at - vec2(0.5, 0.35)) * vec2(1.0, u_size.y / u_size.x);
  float fall = exp(-1.1 * dot(from, from));
  vec3 seen = frame(at).rgb;
  return vec4(1.0 - (1.0 - seen) * (1.0 - 0.85 * light * fall), 1.0);
}`,
};
