import type { Effect } from './effect.ts';

/** The colours move on by a step with each beat; how light things are stays as it was, so that nothing flickers. */
export const hues: Effect = {
  name: 'hues',
  category: 'beat',
  since: '2026-11-22',
  stillMs: 1250,
  values: { hop: 0.19, glide: 0.22 },
  shader: `
vec4 effect(vec2 at) {
  vec3 seen = frame(at).rgb;
  float turn = 6.2831853 * hop * (u_beat - 1.0 + smoothstep(0.0, glide, u_since));
  // Around the axis of greys (Rodrigues), then back to the light it had.
  vec3 axis = vec3(0.57735027);
  vec3 turned = seen * cos(turn) + cross(axis, seen) * sin(turn) + axis * dot(axis, seen) * (1.0 - cos(turn));
  const vec3 weights = vec3(0.2126, 0.7152, 0.0722);
  turned += dot(seen - turned, weights);
  return vec4(mix(seen, clamp(turned, 0.0, 1.0), u_strength), 1.0);
}`,
};
