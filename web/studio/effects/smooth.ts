import type { Effect } from './effect.ts';

/**
 * Skin in a kinder light: what differs little from its neighbours is evened out, edges of eyes, mouth and hair stay (a
 * bilateral filter over two rings). Off until somebody chooses it.
 */
export const smooth: Effect = {
  name: 'smooth',
  category: 'face',
  since: '2026-11-23',
  stillMs: 700,
  follows: true,
  values: { reach: 0.035, near: 0.11, lift: 0.12 },
  shader: `
float skin(vec3 seen) {
  float light = dot(seen, vec3(0.299, 0.587, 0.114));
  float red = 0.713 * (seen.r - light);
  float blue = 0.564 * (seen.b - light);
  return smoothstep(0.0, 0.05, red) * smoothstep(0.30, 0.20, red) * smoothstep(0.05, -0.02, blue);
}
vec4 effect(vec2 at) {
  vec3 here = frame(at).rgb;
  if (u_face < 0.5) return vec4(here, 1.0);
  vec2 far = seen(at, u_head.xy);
  float head = smoothstep(0.66, 0.46, length((far - vec2(0.0, 0.08)) * vec2(1.0, 0.8)));
  vec3 sum = here;
  float weights = 1.0;
  for (int i = 0; i < 16; i++) {
    float angle = 0.785398 * float(i) + (i < 8 ? 0.0 : 0.392699);
    vec2 way = vec2(cos(angle), sin(angle)) * reach * (i < 8 ? 0.5 : 1.0);
    vec3 there = frame(unseen(far + way, u_head.xy)).rgb;
    vec3 apart = (there - here) / near;
    float weight = exp(-dot(apart, apart)) * (i < 8 ? 0.8 : 0.5);
    sum += there * weight;
    weights += weight;
  }
  vec3 even = sum / weights;
  vec3 kind = even + lift * even * (1.0 - even);
  return vec4(mix(here, kind, u_strength * head * (0.3 + 0.7 * skin(here))), 1.0);
}`,
};
