import type { Effect } from './effect.ts';

/** The grain of film: new 24 times a second, strongest in the middle tones, its size a share of the frame. */
export const grain: Effect = {
  name: 'grain',
  category: 'light',
  since: null,
  stillMs: 700,
  values: { across: 430, amount: 0.15, rate: 24 },
  shader: `
float noise(vec2 place, int layer) {
  ivec2 cell = ivec2(floor(place));
  vec2 part = smoothstep(0.0, 1.0, fract(place));
  int now = int(floor(u_time * rate)) * 4 + layer;
  float top = mix(chance(ivec3(cell, now)), chance(ivec3(cell + ivec2(1, 0), now)), part.x);
  float low = mix(chance(ivec3(cell + ivec2(0, 1), now)), chance(ivec3(cell + 1, now)), part.x);
  return mix(top, low, part.y) - 0.5;
}
vec4 effect(vec2 at) {
  vec3 sharp = frame(at).rgb;
  vec2 place = at * vec2(across, across * u_size.y / u_size.x);
  float level = dot(sharp, vec3(0.2126, 0.7152, 0.0722));
  float silver = noise(place, 0) + 0.6 * noise(place * 0.47 + 17.0, 1);
  return vec4(sharp + silver * amount * u_strength * (0.3 + 2.2 * level * (1.0 - level)), 1.0);
}`,
};
