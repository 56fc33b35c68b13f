import type { Effect } from './effect.ts';

/** Painted for a feast: two stripes on each cheek, a glow on the skin, and gold dust that glints with the beat. */
export const paint: Effect = {
  name: 'paint',
  category: 'face',
  since: '2026-11-22',
  stillMs: 700,
  follows: true,
  soft: true,
  values: { dust: 46 },
  shader: `
float stripe(vec2 far, float middle) {
  float thin = smoothstep(0.030, 0.018, abs(far.y - middle - 0.25 * abs(far.x)));
  return thin * smoothstep(0.2, 0.24, abs(far.x)) * smoothstep(0.46, 0.42, abs(far.x));
}
vec4 effect(vec2 at) {
  vec3 here = frame(at).rgb;
  if (u_face < 0.5) return vec4(here, 1.0);
  vec2 far = seen(at, u_head.xy);
  float head = smoothstep(0.62, 0.4, length((far - vec2(0.0, 0.12)) * vec2(1.0, 0.8)));
  vec3 light = 1.0 - (1.0 - here) * (1.0 - 0.3 * soft(at) * head);
  vec3 seen2 = mix(here, light, u_strength);
  seen2 = mix(seen2, vec3(1.0, 0.70, 0.14), 0.9 * u_strength * stripe(far, 0.08));
  seen2 = mix(seen2, vec3(1.0, 0.32, 0.28), 0.9 * u_strength * stripe(far, 0.17));
  ivec2 cell = ivec2(floor(far * dust));
  vec2 place = fract(far * dust) - 0.3 - 0.4 * vec2(chance(ivec3(cell, 1)), chance(ivec3(cell, 2)));
  float grain = step(0.86, chance(ivec3(cell, 3))) * smoothstep(0.22, 0.05, length(place));
  float glint = 0.4 + 0.6 * exp(-4.0 * u_since) * chance(ivec3(cell, int(u_beat)));
  float under = smoothstep(-0.12, 0.0, far.y) * smoothstep(0.3, 0.2, far.y) * head;
  return vec4(seen2 + vec3(1.0, 0.85, 0.5) * grain * glint * under * u_strength, 1.0);
}`,
};
