import type { Effect } from './effect.ts';

/** Lights that spill over, as through a thin cloth before the lens. */
export const glow: Effect = {
  name: 'glow',
  category: 'light',
  since: null,
  stillMs: 700,
  soft: true,
  values: { threshold: 0.25, gain: 1.1 },
  shader: `
vec4 effect(vec2 at) {
  vec3 sharp = frame(at).rgb;
  vec3 spill = max(soft(at) - threshold, 0.0) / (1.0 - threshold);
  vec3 light = min(spill * spill * gain * u_strength, 1.0);
  return vec4(1.0 - (1.0 - sharp) * (1.0 - light), 1.0);
}`,
};
