/** The median of what was measured several times, of which some may be wrong; null without any. */
export const middle = (values: readonly number[]): number | null =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? null;
