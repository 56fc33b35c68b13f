import type { Effect } from './effect.ts';

/** A heartbeat: twice a second the picture comes a little closer and sinks back. Nothing flashes, for eyes that cannot bear it. */
export const pulse: Effect = {
  name: 'pulse',
  values: { reach: 0.07, rate: 2 },
  shader: `
vec4 effect(vec2 at) {
  float since = fract(u_time * rate);
  float beat = smoothstep(0.0, 0.12, since) * exp(-4.5 * since) * (1.0 - since);
  return frame((at - 0.5) * (1.0 - reach * u_strength * beat * 1.6) + 0.5);
}`,
};
