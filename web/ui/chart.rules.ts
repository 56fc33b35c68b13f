/** The arithmetic of charts: no DOM, no words. Shares of the plot run from 0 to 1. */

/** A scale that ends on round numbers: 0 … 1.2 becomes 0, 0.5, 1, 1.5. */
export function niceScale(
  low: number,
  high: number,
  steps = 3,
): { low: number; high: number; ticks: number[] } {
  const from = Math.min(low, high);
  const span = Math.max(low, high) - from || Math.abs(from) || 1;
  const rough = span / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999)!;
  const first = Math.floor(from / step + 1e-9) * step;
  const ticks: number[] = [];
  for (let at = first; ; at += step) {
    ticks.push(Number(at.toPrecision(12)));
    if (at >= from + span - step * 1e-9) break;
  }
  return { low: ticks[0]!, high: ticks.at(-1)!, ticks };
}

/** Unbroken stretches of a series in a box of 100 by 100, and the points that stand alone, both as SVG paths. */
export function linePath(
  values: readonly (number | null)[],
  low: number,
  high: number,
): { line: string; dots: string } {
  const x = (at: number) => (values.length > 1 ? (at / (values.length - 1)) * 100 : 50);
  const y = (value: number) => 100 - ((value - low) / (high - low || 1)) * 100;
  let line = '';
  let dots = '';
  for (const [at, value] of values.entries()) {
    if (value === null) continue;
    const isStart = at === 0 || values[at - 1] === null;
    const isEnd = at === values.length - 1 || values[at + 1] === null;
    const point = `${round(x(at))} ${round(y(value))}`;
    // A line of no length has round ends, which is a dot.
    if (isStart && isEnd) dots += `M${point}h0.001`;
    else line += `${isStart ? 'M' : 'L'}${point}`;
  }
  return { line, dots };
}

/** Where a value stands between low and high, in percent, never outside. */
export function placeOf(value: number, low: number, high: number): number {
  return round(Math.max(0, Math.min(100, ((value - low) / (high - low || 1)) * 100)));
}

const round = (value: number) => Math.round(value * 100) / 100;
