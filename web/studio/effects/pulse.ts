import type { Effect } from './effect.ts';

/** A heartbeat: with each beat the picture comes a little closer and sinks back. Nothing flashes. */
export const pulse: Effect = {
  name: 'pulse',
  category: 'beat',
  since: null,
  stillMs: 1080,
  values: { reach: 0.11 },
  shader: `
vec4 effect(vec2 at) {
  float beat = smoothstep(0.0, 0.06, u_since) * exp(-7.0 * u_since);
  return frame((at - 0.5) * (1.0 - reach * u_strength * beat * 1.6) + 0.5);
}`,
};
