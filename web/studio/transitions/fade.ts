import type { Transition } from './transition.ts';

export const fade: Transition = {
  name: 'fade',
  shader: `
vec4 between(vec2 at, float blend) {
  return mix(before(at), after(at), blend);
}`,
};
