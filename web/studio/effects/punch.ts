import type { Effect } from './effect.ts';

/** The lens jumps at each beat: the picture is torn outwards, and springs back past its place. */
export const punch: Effect = {
  name: 'punch',
  category: 'beat',
  since: '2026-11-22',
  stillMs: 1040,
  values: { reach: 0.22, reads: 10 },
  shader: `
vec4 effect(vec2 at) {
  float jump = exp(-9.0 * u_since) * cos(15.0 * u_since);
  float close = 1.0 - reach * u_strength * max(jump, -0.12) - reach * u_strength * 0.12;
  float tear = 0.09 * u_strength * exp(-14.0 * u_since);
  vec3 sum = vec3(0.0);
  for (float i = 0.0; i < reads; i++)
    sum += frame((at - 0.5) * close * (1.0 - tear * i / reads) + 0.5).rgb;
  return vec4(sum / reads, 1.0);
}`,
};
