/** What a picture looks like from afar: its luma on a coarse grid, four looks a second. Enough to tell black, flat and
 * lively apart, to see that nothing moves, and to find bars that were filmed or exported into the picture. */

import type { Frame } from 'node-av/lib';

/** Every so many pixels, both ways: some thousand of a rendition. */
const step = 8;
const lookSeconds = 0.25;

export type Look = { mean: number; spread: number; columns: number; grid: Uint8Array };

export function lookAt(frame: Frame): Look {
  const plane = frame.data?.[0];
  const stride = frame.linesize[0] as number;
  if (!plane) throw new Error('a frame without pixels');
  const half = step / 2;
  const columns = Math.max(0, Math.ceil((frame.width - half) / step));
  const rows = Math.max(0, Math.ceil((frame.height - half) / step));
  const grid = new Uint8Array(columns * rows);
  let sum = 0;
  let squares = 0;
  let at = 0;
  for (let y = half; y < frame.height; y += step) {
    for (let x = half; x < frame.width; x += step) {
      const value = plane[y * stride + x] as number;
      grid[at++] = value;
      sum += value;
      squares += value * value;
    }
  }
  const mean = at ? sum / at : 0;
  return { mean, spread: Math.sqrt(Math.max(0, at ? squares / at - mean * mean : 0)), columns, grid };
}

/** Studio black is 16; dark rooms lie above 30. */
export const isBlack = (luma: Pick<Look, 'mean' | 'spread'>): boolean => luma.mean < 24 && luma.spread < 6;
const blackest = 24;
/** Mean difference of two looks below which nothing moved: grain and breathing cameras lie above one. */
const stillDifference = 0.3;

/** How many looks a frame stands for that lasts so long; 0: the next look is later. */
export function createLookClock() {
  let next = 0;
  return (atSeconds: number, lastsSeconds: number): number => {
    if (atSeconds + lastsSeconds <= next) return 0;
    const covered = Math.max(1, Math.floor((atSeconds + lastsSeconds - next) / lookSeconds + 1e-6));
    next += covered * lookSeconds;
    return covered;
  };
}

/** Sums over the looks of one video. */
export function createLooks() {
  let looks = 0;
  let black = 0;
  let still = 0;
  let compared = 0;
  let before: Uint8Array | null = null;
  /** Least black edge of all looks, in grid lines: top, bottom, left, right. */
  let edges: [number, number, number, number] | null = null;
  let size: [columns: number, rows: number] = [0, 0];

  return {
    add(look: Look, covered: number) {
      looks += covered;
      const isDark = isBlack(look);
      if (isDark) black += covered;
      if (before && before.length === look.grid.length) {
        compared += covered;
        if (differenceOf(before, look.grid) < stillDifference) still += covered;
      } else if (covered > 1) {
        compared += covered - 1;
        still += covered - 1;
      }
      before = look.grid;
      if (isDark || look.columns === 0) return;
      size = [look.columns, look.grid.length / look.columns];
      const found = blackEdges(look);
      edges = edges ? (edges.map((edge, side) => Math.min(edge, found[side]!)) as typeof edges) : found;
    },
    sums: () => ({
      blackShare: looks === 0 ? 0 : black / looks,
      stillShare: compared === 0 ? 0 : still / compared,
      barShare: edges ? Math.max((edges[0] + edges[1]) / size[1], (edges[2] + edges[3]) / size[0]) : 0,
    }),
  };
}

function differenceOf(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs(a[at]! - b[at]!);
  return a.length ? sum / a.length : 0;
}

function blackEdges({ grid, columns }: Look): [number, number, number, number] {
  const rows = grid.length / columns;
  const rowIsBlack = (y: number) => grid.subarray(y * columns, (y + 1) * columns).every((v) => v <= blackest);
  const columnIsBlack = (x: number) => {
    for (let y = 0; y < rows; y++) if (grid[y * columns + x]! > blackest) return false;
    return true;
  };
  const count = (most: number, dark: (at: number) => boolean) => {
    let found = 0;
    while (found < most && dark(found)) found++;
    return found;
  };
  return [
    count(rows, rowIsBlack),
    count(rows, (at) => rowIsBlack(rows - 1 - at)),
    count(columns, columnIsBlack),
    count(columns, (at) => columnIsBlack(columns - 1 - at)),
  ];
}
