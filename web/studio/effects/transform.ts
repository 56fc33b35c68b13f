import type { Effect } from './effect.ts';

/**
 * From one look to another: the picture is whipped aside, and a line of light with sparks wipes the new one in. Over a
 * cut, it joins two clips (the same person before and after); within one clip the colours first drain away, and come
 * back with the line.
 */
export const transform: Effect = {
  name: 'transform',
  category: 'change',
  since: '2026-11-22',
  stillMs: 1000,
  turns: true,
  values: { cells: 17, slant: 0.32 },
  shader: `
vec2 fold(vec2 place) { return 1.0 - abs(1.0 - mod(place, 2.0)); }
vec3 drained(vec3 seen) {
  float level = dot(seen, vec3(0.2126, 0.7152, 0.0722));
  return mix(seen, vec3(level) * vec3(0.72, 0.78, 0.88), 0.9 * u_strength);
}
vec3 old(vec2 place) {
  if (u_other > 0.5) return u_turn < 0.0 ? frame(place).rgb : other(place).rgb;
  float ready = smoothstep(0.0, 1.0, u_time / max(0.05, u_time - u_turn - u_reach));
  vec3 seen = frame(place).rgb;
  return mix(seen, drained(seen), ready);
}
vec3 fresh(vec2 place) {
  return u_other > 0.5 && u_turn < 0.0 ? other(place).rgb : frame(place).rgb;
}
vec4 effect(vec2 at) {
  float way = clamp(u_turn / max(u_reach, 0.001), -1.0, 1.0);
  if (way >= 1.0) return frame(at);
  if (way <= -1.0) return vec4(old(at), 1.0);
  float speed = (1.0 - way * way) * (1.0 - way * way);
  float whip = 0.16 * speed * u_strength;
  float wave = 0.03 * sin(at.y * 9.0 + u_turn * 6.0);
  float line = at.x + slant * (at.y - 0.5) + wave - mix(-0.4, 1.4, smoothstep(-1.0, 1.0, way));
  vec3 sum = vec3(0.0);
  float part = smoothstep(-0.015, 0.015, line);
  for (int i = 0; i < 9; i++) {
    vec2 place = fold(at + vec2(whip * (float(i) / 8.0 - 0.5), 0.0));
    sum += part > 0.5 ? old(place) : fresh(place);
  }
  vec3 seen = sum / 9.0;
  // The line of light, and behind it the sparks it leaves, which fall and go out.
  vec3 light = vec3(1.0, 0.7, 0.14) * exp(-abs(line) * 26.0) + vec3(1.0, 0.95, 0.85) * exp(-abs(line) * 90.0);
  vec2 field = at * vec2(cells, cells * u_size.y / u_size.x) - vec2(0.0, 5.0 * u_turn);
  ivec2 cell = ivec2(floor(field));
  vec2 middle = 0.25 + 0.5 * vec2(chance(ivec3(cell, 1)), chance(ivec3(cell, 2)));
  float far = length(fract(field) - middle);
  float alive = smoothstep(0.45, 0.02, line < 0.0 ? -line : line * 4.0) * step(0.45, chance(ivec3(cell, 4)));
  float twinkle = 0.5 + 0.5 * sin(20.0 * u_turn + 6.2831853 * chance(ivec3(cell, 6)));
  light += vec3(1.0, 0.86, 0.5) * alive * twinkle * smoothstep(0.16 * (0.4 + chance(ivec3(cell, 8))), 0.0, far);
  return vec4(1.0 - (1.0 - seen) * (1.0 - min(light * u_strength * smoothstep(0.0, 0.25, speed), 1.0)), 1.0);
}`,
};
