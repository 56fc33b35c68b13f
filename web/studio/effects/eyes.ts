import type { Effect } from './effect.ts';

/** Eyes as large as wonder. */
export const eyes: Effect = {
  name: 'eyes',
  category: 'face',
  since: '2026-11-22',
  stillMs: 700,
  follows: true,
  values: { reach: 0.23, most: 0.5 },
  shader: `
vec2 pulled(vec2 place, vec2 middle) {
  vec2 far = seen(place, middle);
  float near = max(0.0, 1.0 - length(far) / reach);
  return near > 0.0 ? unseen(far * (1.0 - most * u_strength * near * near * (3.0 - 2.0 * near)), middle) : place;
}
vec4 effect(vec2 at) {
  if (u_face < 0.5) return frame(at);
  return frame(pulled(pulled(at, u_eyes.xy), u_eyes.zw));
}`,
};
