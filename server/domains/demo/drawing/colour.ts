/** Mixing of #rrggbb colours, for skies that turn and fruit that ripens. */
const parse = (hex: string) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

export const blend = (from: string, to: string, t: number): string => {
  const a = parse(from);
  const b = parse(to);
  return `#${a
    .map((v, i) =>
      Math.round(v + (b[i]! - v) * Math.min(1, Math.max(0, t)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
};

/** The colour at `t` (0..1) along a row of colours. */
export const along = (colours: readonly string[], t: number): string => {
  const place = Math.min(0.9999, Math.max(0, t)) * (colours.length - 1);
  const i = Math.floor(place);
  return blend(colours[i]!, colours[i + 1]!, place - i);
};
