import type { Effect } from './effect.ts';

/** Time stands still at its first moment; the picture drifts closer and its edges fall back, as of a photograph. */
export const freeze: Effect = {
  name: 'freeze',
  category: 'change',
  since: '2026-11-22',
  stillMs: 1500,
  holds: true,
  values: { reach: 0.09, edge: 0.45 },
  shader: `
vec4 effect(vec2 at) {
  float come = u_strength * (1.0 - exp(-1.6 * u_time));
  vec3 seen = frame((at - 0.5) * (1.0 - reach * come) + 0.5).rgb;
  vec2 out2 = (at - 0.5) * 2.0;
  float rim = smoothstep(0.5, 1.5, dot(out2, out2));
  return vec4(seen * (1.0 - edge * come * rim), 1.0);
}`,
};
