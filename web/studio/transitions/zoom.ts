import type { Transition } from './transition.ts';

/** Through the old picture into the new one. */
export const zoom: Transition = {
  name: 'zoom',
  shader: `
vec4 between(vec2 at, float blend) {
  float way = smoothstep(0.0, 1.0, blend);
  vec2 place = at - 0.5;
  vec4 old = before(place / (1.0 + 0.7 * way) + 0.5);
  vec4 fresh = after(place / (1.25 - 0.25 * way) + 0.5);
  return mix(old, fresh, smoothstep(0.25, 0.75, blend));
}`,
};
