/** The pen: small functions that write SVG elements. Every number is rounded to a tenth of a pixel, and a number
 * that is not finite throws here, so a broken formula never becomes a broken picture. */

export const WIDTH = 540;
export const HEIGHT = 960;

export const n = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`not a drawable number: ${value}`);
  return String(Math.round(value * 10) / 10);
};

/** Path data with rounded numbers: d`M${x} ${y}`. */
export const d = (parts: TemplateStringsArray, ...values: number[]) =>
  parts.reduce((text, part, i) => text + part + (i < values.length ? n(values[i]!) : ''), '');

export const circle = (x: number, y: number, r: number, fill: string, more = '') =>
  r <= 0 ? '' : `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" ${more}/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = '') =>
  rx <= 0 || ry <= 0
    ? ''
    : `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;

export const rect = (x: number, y: number, w: number, h: number, fill: string, round = 0, more = '') =>
  w <= 0 || h <= 0
    ? ''
    : `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${n(round)}" fill="${fill}" ${more}/>`;

export const path = (data: string, fill: string, more = '') => `<path d="${data}" fill="${fill}" ${more}/>`;

export const stroke = (data: string, colour: string, width: number, more = '') =>
  `<path d="${data}" fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  width: number,
  more = '',
) => stroke(d`M${x1} ${y1}L${x2} ${y2}`, colour, width, more);

export type Point = readonly [x: number, y: number];

export const poly = (points: readonly Point[], fill: string, more = '') =>
  `<polygon points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="${fill}" ${more}/>`;

export const trail = (points: readonly Point[], colour: string, width: number, more = '') =>
  points.length < 2
    ? ''
    : stroke(`M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}`, colour, width, more);

export type Placing = { turn?: number; scale?: number; wide?: number; tall?: number; fade?: number };

/** A group moved to (x, y), turned in degrees, scaled and faded. Fully faded or shrunk groups vanish. */
export function place(x: number, y: number, inner: string, how: Placing = {}): string {
  const { turn = 0, scale = 1, fade = 1 } = how;
  const wide = (how.wide ?? 1) * scale;
  const tall = (how.tall ?? 1) * scale;
  if (fade <= 0.004 || wide === 0 || tall === 0) return '';
  const size = wide === 1 && tall === 1 ? '' : ` scale(${wide.toFixed(4)} ${tall.toFixed(4)})`;
  const rotation = turn === 0 ? '' : ` rotate(${n(turn)})`;
  const opacity = fade >= 1 ? '' : ` opacity="${fade.toFixed(3)}"`;
  return `<g transform="translate(${n(x)} ${n(y)})${rotation}${size}"${opacity}>${inner}</g>`;
}

export const fade = (inner: string, opacity: number) => place(0, 0, inner, { fade: opacity });

/** The camera steps closer to (x, y). */
export const closer = (inner: string, x: number, y: number, scale: number) =>
  place(x * (1 - scale), y * (1 - scale), inner, { scale });

export const label = (x: number, y: number, text: string, size: number, fill: string, more = '') =>
  `<text x="${n(x)}" y="${n(y)}" font-family="DejaVu Sans, Verdana, sans-serif" font-weight="700" font-size="${n(size)}" text-anchor="middle" fill="${fill}" ${more}>${text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')}</text>`;

/** Full-frame upright gradient, for backdrops. */
export const sky = (...colours: string[]) =>
  `<defs><linearGradient id="sky" x2="0" y2="1">${colours
    .map((colour, i) => `<stop offset="${n(i / Math.max(1, colours.length - 1))}" stop-color="${colour}"/>`)
    .join('')}</linearGradient></defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>`;

/** A soft round light; `id` must be new within the layer. */
export const glow = (id: string, x: number, y: number, r: number, colour: string, strength = 1) =>
  `<defs><radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${strength.toFixed(3)}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient></defs><circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="url(#${id})"/>`;

/** The calm lower third: backdrops end in this shade, so that words over them stay readable. */
export const dusk = (colour: string, from = 600, strength = 0.75) =>
  `<defs><linearGradient id="dusk" x2="0" y2="1"><stop offset="0" stop-color="${colour}" stop-opacity="0"/><stop offset="1" stop-color="${colour}" stop-opacity="${strength}"/></linearGradient></defs><rect y="${n(from)}" width="${WIDTH}" height="${n(HEIGHT - from)}" fill="url(#dusk)"/>`;

export const each = (count: number, draw: (i: number, share: number) => string) => {
  let text = '';
  for (let i = 0; i < count; i++) text += draw(i, count > 1 ? i / (count - 1) : 0);
  return text;
};
