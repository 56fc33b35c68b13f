import { frameGrid } from '../../../contract/credits.ts';
import type { EditLayout } from '../../../contract/edit-list.ts';

/**
 * Where the cells of a layout lie. Pure; the compositor draws them there, and the camera room shows them there while
 * they are filmed. Areas are shares of the frame from its top left corner, the same in every language.
 */
export type Cell = { x: number; y: number; width: number; height: number };
type Named = Pick<EditLayout, 'name' | 'cells'>;
type Size = { width: number; height: number };

/**
 * Beside each other two upright pictures would lose half of themselves in cells of the frame's height, and be small in
 * cells of their own shape: two thirds of the height is between.
 */
const besideHigh = 2 / 3;
/** Where nothing of the feed lies over the picture: below its head, far from its buttons. */
const inset: Cell = { x: 0.05, y: 0.09, width: 0.34, height: 0.34 };

/** In the order in which they are counted and drawn. */
export function cellsOf({ name, cells }: Named): Cell[] {
  if (name === 'grid') return frameGrid(cells);
  if (name === 'side') {
    const high = { y: (1 - besideHigh) / 2, width: 0.5, height: besideHigh };
    return [
      { x: 0, ...high },
      { x: 0.5, ...high },
    ];
  }
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  if (name === 'inset') return [whole, inset];
  return [
    { ...whole, height: 0.5 },
    { ...whole, y: 0.5, height: 0.5 },
  ];
}

/** What is free between two cells, as a share of the frame's width. */
export const gap = 0.006;
/** Of a cell that lies over another one: how round its corners are, as a share of its width. */
export const roundness = 0.09;
export const isOver = ({ name }: Named, cell: number): boolean => name === 'inset' && cell === 1;

/** On whole pixels, with the gaps taken off where cells meet. */
export function pixelsOf(layout: Named, frame: Size): Cell[] {
  const half = Math.max(1, Math.round((gap * frame.width) / 2));
  const end = (share: number, side: number, inwards: number) => {
    const meets = share > 1e-6 && share < 1 - 1e-6;
    return Math.round(share * side) + (meets ? inwards * half : 0);
  };
  return cellsOf(layout).map((cell, index) => {
    const inwards = isOver(layout, index) ? 0 : 1;
    const left = end(cell.x, frame.width, inwards);
    const top = end(cell.y, frame.height, inwards);
    return {
      x: left,
      y: top,
      width: end(cell.x + cell.width, frame.width, -inwards) - left,
      height: end(cell.y + cell.height, frame.height, -inwards) - top,
    };
  });
}

/** What of a cropped picture is seen in a cell that it fills, in shares of the whole picture: the middle. */
export function seenIn(crop: Cell, picture: Size, cell: Size): Cell {
  const [wide, high] = [crop.width * picture.width, crop.height * picture.height];
  const scale = Math.max(cell.width / wide, cell.height / high);
  const width = crop.width * (cell.width / (wide * scale));
  const height = crop.height * (cell.height / (high * scale));
  return {
    x: crop.x + (crop.width - width) / 2,
    y: crop.y + (crop.height - height) / 2,
    width,
    height,
  };
}
