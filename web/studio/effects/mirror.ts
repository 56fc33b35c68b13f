import type { Effect } from './effect.ts';

/** The left half meets itself in the middle. */
export const mirror: Effect = {
  name: 'mirror',
  category: 'lens',
  since: null,
  stillMs: 700,
  values: {},
  shader: `
vec4 effect(vec2 at) {
  return mix(frame(at), frame(vec2(0.5 - abs(at.x - 0.5), at.y)), u_strength);
}`,
};
