/** Words for drawings in a box of 100 × 100, as text of SVG. */
export const paper = '#f7f5f2';
export const lamp = '#ffb224';
export const ember = '#ff5247';
export const ink = '#17151a';

export const fill = (d: string, colour: string, more = '') => `<path d="${d}" fill="${colour}"${more}/>`;
export const line = (d: string, colour: string, width: number, more = '') =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${more}/>`;
export const disc = (x: number, y: number, radius: number, colour: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`;
export const oval = (x: number, y: number, rx: number, ry: number, colour: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${colour}"/>`;
export const turned = (degrees: number, inside: string, x = 50, y = 50) =>
  `<g transform="rotate(${degrees} ${x} ${y})">${inside}</g>`;
/** The same drawing so many times around a point. */
export const around = (times: number, inside: string, x = 50, y = 50, first = 0) =>
  Array.from({ length: times }, (_, i) => turned(first + (i * 360) / times, inside, x, y)).join('');

/** As if cut out of paper: a pale edge around `outline`, then the drawing. */
export function cutOut(outline: string, inside: string): string {
  const edge = `<path d="${outline}" fill="${paper}" stroke="${paper}" stroke-width="7" stroke-linejoin="round" stroke-linecap="round"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 120 120">${edge}${inside}</svg>`;
}
export const round = (x: number, y: number, radius: number) =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0Z`;
export const star = (points: number, outer: number, inner: number, x = 50, y = 50) =>
  `M${Array.from({ length: points * 2 }, (_, i) => {
    const [radius, angle] = [i % 2 ? inner : outer, (i * Math.PI) / points - Math.PI / 2];
    return `${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
  }).join('L')}Z`;
