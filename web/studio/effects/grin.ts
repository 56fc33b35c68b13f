import type { Effect } from './effect.ts';

/** A mouth from ear to ear: wider, and its corners drawn up. */
export const grin: Effect = {
  name: 'grin',
  category: 'face',
  since: '2026-11-22',
  stillMs: 700,
  follows: true,
  values: { wide: 0.5, high: 0.3 },
  shader: `
vec4 effect(vec2 at) {
  if (u_face < 0.5) return frame(at);
  vec2 far = seen(at, u_mouth.xy);
  float near = max(0.0, 1.0 - length(far / vec2(wide, high)));
  float pull = near * near * (3.0 - 2.0 * near) * u_strength;
  vec2 from = far * vec2(1.0 - 0.55 * pull, 1.0 - 0.15 * pull);
  from.y += 1.9 * pull * far.x * far.x;
  return frame(unseen(from, u_mouth.xy));
}`,
};
