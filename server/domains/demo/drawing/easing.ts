/** Time as the scenes speak it: numbers 0..1 and the curves between them. Pure arithmetic, knows no picture. */

export const clamp01 = (v: number) => Math.min(1, Math.max(0, v));
export const mix = (a: number, b: number, t: number) => a + (b - a) * t;

/** How far `t` has walked from `from` to `to`, held at both ends. */
export const span = (t: number, from: number, to: number) => clamp01((t - from) / (to - from));

export const easeIn = (t: number) => t * t * t;
export const easeOut = (t: number) => 1 - (1 - t) ** 3;
export const easeBoth = (t: number) => (t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2);

/** Shoots a little over the mark and comes back: how drawn things arrive. */
export const overshoot = (t: number) => {
  const pull = 1.9;
  return 1 + (pull + 1) * (t - 1) ** 3 + pull * (t - 1) ** 2;
};

/** Falls and bounces three times, ever lower. */
export const bounce = (t: number) => {
  if (t < 0.4) return (t / 0.4) ** 2;
  if (t < 0.7) return 1 - 0.22 * (1 - ((t - 0.55) / 0.15) ** 2);
  if (t < 0.88) return 1 - 0.07 * (1 - ((t - 0.79) / 0.09) ** 2);
  return 1 - 0.02 * (1 - ((t - 0.94) / 0.06) ** 2);
};

/** Up to 1 and back to 0 while `t` walks from `from` to `to`. */
export const hump = (t: number, from: number, to: number) => Math.sin(Math.PI * span(t, from, to));

export const wave = (seconds: number, hertz: number, phase = 0) =>
  Math.sin(seconds * hertz * Math.PI * 2 + phase);

/** Eased passage of a span, the most used sentence of every scene. */
export const glide = (t: number, from: number, to: number) => easeBoth(span(t, from, to));
export const pop = (t: number, from: number, to: number) => (t <= from ? 0 : overshoot(span(t, from, to)));
