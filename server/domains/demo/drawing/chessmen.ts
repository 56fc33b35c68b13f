/** Six chess pieces in profile, standing on (0, 0), the king about 100 high; and the board under them. */
import { circle, d, each, type Point, path, rect, stroke } from './shapes.ts';

export type Man = 'king' | 'queen' | 'rook' | 'bishop' | 'knight' | 'pawn';

const foot = (fill: string) => rect(-27, -12, 54, 12, fill, 5) + rect(-21, -20, 42, 10, fill, 4);

export function chessman(man: Man, fill: string, edge: string): string {
  const skirt = (high: number) =>
    path(d`M-17 -18Q-11 ${-high * 0.55} -11 ${-high}H11Q11 ${-high * 0.55} 17 -18Z`, fill);
  const body =
    man === 'pawn'
      ? skirt(46) + rect(-15, -48, 30, 6, fill, 3) + circle(0, -60, 15, fill)
      : man === 'rook'
        ? skirt(58) + path('M-21 -56H21V-84H12V-76H5V-84H-5V-76H-12V-84H-21Z', fill)
        : man === 'bishop'
          ? skirt(58) +
            rect(-16, -62, 32, 7, fill, 3) +
            path('M0 -100Q22 -78 15 -62H-15Q-22 -78 0 -100Z', fill) +
            stroke('M4 -86L10 -74', edge, 4) +
            circle(0, -102, 5, fill)
          : man === 'knight'
            ? path(
                'M-18 -18Q-16 -44 4 -56Q-12 -50 -24 -52Q-34 -58 -28 -66L-8 -88L-6 -100L4 -90Q26 -84 24 -50Q22 -34 18 -18Z',
                fill,
              ) + circle(-7, -77, 3.4, edge)
            : man === 'queen'
              ? skirt(64) +
                rect(-17, -68, 34, 7, fill, 3) +
                path('M-15 -68L-25 -96L-11 -84L0 -102L11 -84L25 -96L15 -68Z', fill) +
                circle(0, -106, 5, fill)
              : skirt(66) +
                rect(-17, -70, 34, 7, fill, 3) +
                path('M-14 -70Q-26 -94 0 -92Q26 -94 14 -70Z', fill) +
                rect(-3, -112, 6, 22, fill, 2) +
                rect(-9, -107, 18, 6, fill, 2);
  return `<g stroke="${edge}" stroke-width="2" stroke-linejoin="round">${body}${foot(fill)}</g>`;
}

/** A board of `n` × `n` squares with its top left corner at (x, y). */
export const board = (x: number, y: number, n: number, size: number, light: string, dark: string) =>
  rect(x - 12, y - 12, n * size + 24, n * size + 24, dark, 10) +
  rect(x, y, n * size, n * size, light) +
  each(n * n, (i) => {
    const column = i % n;
    const row = Math.floor(i / n);
    return (column + row) % 2 ? rect(x + column * size, y + row * size, size, size, dark) : '';
  });

/** A knight's tour of a 6 × 6 board from the corner, always to the square with fewest ways out (Warnsdorff, 1823). */
export function knightsTour(n: number): Point[] {
  const jumps = [
    [1, 2],
    [2, 1],
    [2, -1],
    [1, -2],
    [-1, -2],
    [-2, -1],
    [-2, 1],
    [-1, 2],
  ] as const;
  const seen = new Set<number>([0]);
  const route: Point[] = [[0, 0]];
  const free = (x: number, y: number) =>
    jumps
      .map(([a, b]): Point => [x + a, y + b])
      .filter(([c, r]) => c >= 0 && r >= 0 && c < n && r < n && !seen.has(r * n + c));
  const walk = (): boolean => {
    if (route.length === n * n) return true;
    const [x, y] = route.at(-1)!;
    for (const next of free(x, y).sort((p, q) => free(...p).length - free(...q).length)) {
      seen.add(next[1] * n + next[0]);
      route.push(next);
      if (walk()) return true;
      seen.delete(next[1] * n + next[0]);
      route.pop();
    }
    return false;
  };
  walk();
  return route;
}
