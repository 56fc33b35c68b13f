import type { Transition } from './transition.ts';

/** The new picture pushes the old one out to the left, like the next frame of a strip of film. */
export const slide: Transition = {
  name: 'slide',
  shader: `
vec4 between(vec2 at, float blend) {
  float edge = 1.0 - smoothstep(0.0, 1.0, blend);
  return at.x < edge ? before(at + vec2(1.0 - edge, 0.0)) : after(at - vec2(edge, 0.0));
}`,
};
