import type { Effect } from './effect.ts';

/** A camera in an unsteady hand. It comes closer as far as it sways, so that no edge is ever seen. */
export const shake: Effect = {
  name: 'shake',
  category: 'lens',
  since: null,
  stillMs: 1240,
  values: { reach: 0.035, swing: 9 },
  shader: `
float wave(int axis) {
  float beat = u_time * swing;
  int step = int(floor(beat));
  float part = smoothstep(0.0, 1.0, fract(beat));
  return mix(chance(ivec3(step, axis, 7)), chance(ivec3(step + 1, axis, 7)), part) - 0.5;
}
vec4 effect(vec2 at) {
  float most = reach * u_strength;
  vec2 sway = vec2(wave(0), wave(1) * u_size.x / u_size.y) * most;
  return frame((at - 0.5) * (1.0 - most) + 0.5 + sway);
}`,
};
