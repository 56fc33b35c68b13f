import type { Effect } from './effect.ts';

/** Dark glasses that sit on the nose, lean with the head, and let a light run over them with each beat. */
export const shades: Effect = {
  name: 'shades',
  category: 'face',
  since: '2026-11-22',
  stillMs: 700,
  follows: true,
  values: { span: 0.19, curve: 0.12 },
  shader: `
float glass(vec2 far) {
  vec2 out2 = abs(far) - vec2(span - curve, span * 0.72 - curve);
  return length(max(out2, 0.0)) + min(max(out2.x, out2.y), 0.0) - curve;
}
vec4 effect(vec2 at) {
  vec3 here = frame(at).rgb;
  if (u_face < 0.5) return vec4(here, 1.0);
  vec2 one = seen(at, u_eyes.xy);
  vec2 other = seen(at, u_eyes.zw);
  float inside = min(glass(one), glass(other));
  float apart = 0.5 * length(seen(u_eyes.zw, u_eyes.xy));
  vec2 middle = seen(at, 0.5 * (u_eyes.xy + u_eyes.zw));
  float bridge = max(abs(middle.y + 0.03) - 0.02, abs(middle.x) - apart);
  float arms = max(abs(middle.y + 0.03) - 0.018, max(abs(middle.x) - 0.52, apart + span * 0.8 - abs(middle.x)));
  float solid = smoothstep(0.008, -0.008, min(inside, min(bridge, arms)));
  float run = smoothstep(0.05, 0.0, abs(one.x + one.y * 0.6 + 0.35 - 1.6 * min(u_since, 1.0)));
  float sky = smoothstep(0.1, -0.2, middle.y) * 0.25;
  vec3 lens = vec3(0.03, 0.03, 0.05) + vec3(0.5, 0.4, 0.25) * sky + 0.6 * run * step(inside, 0.0);
  return vec4(mix(here, lens, solid * u_strength), 1.0);
}`,
};
