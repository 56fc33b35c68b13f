import type { Pen } from './sticker.ts';

/** The colours of the house, and a few warm ones beside them. */
export const ink = '#17151a';
export const paper = '#f7f5f2';
export const lamp = '#ffb224';
export const ember = '#ff5247';
export const honey = '#ffd37a';
export const night = '#2e2b35';
export const cocoa = '#6b3f26';

export type Parts = {
  fill(path: string, colour: string): void;
  stroke(path: string, colour: string, width: number): void;
  /** A line inside of the shape: it has no edge of its own. */
  detail(path: string, colour: string, width: number): void;
};

const paths = new Map<string, Path2D>();
const pathOf = (path: string): Path2D => {
  const made = paths.get(path) ?? new Path2D(path);
  // What moves by its numbers rather than by the pen would fill the memory.
  if (paths.size < 500) paths.set(path, made);
  return made;
};

/**
 * Draws a shape as a sticker that was cut out of paper: once all parts with a pale edge around them, then the parts
 * themselves. `draw` is called twice and may move the pen in between.
 */
export function cutOut(pen: Pen, draw: (parts: Parts) => void, edge = 7): void {
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  const line = (path: string, colour: string, width: number) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke(pathOf(path));
  };
  draw({
    fill: (path) => line(path, paper, edge),
    stroke: (path, _colour, width) => line(path, paper, width + edge),
    detail: () => {},
  });
  draw({
    fill(path, colour) {
      pen.fillStyle = colour;
      pen.fill(pathOf(path));
    },
    stroke: line,
    detail: line,
  });
}

/** Draws with the pen moved: turned (in degrees) and scaled around a point. */
export function turned(
  pen: Pen,
  {
    x,
    y,
    degrees = 0,
    scale = 1,
    stretch = 1,
  }: { x: number; y: number; degrees?: number; scale?: number; stretch?: number },
  draw: () => void,
): void {
  pen.save();
  pen.translate(x, y);
  pen.rotate((degrees * Math.PI) / 180);
  pen.scale(scale, scale * stretch);
  draw();
  pen.restore();
}

export const circle = (x: number, y: number, radius: number): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0Z`;

/** 0 … 1 … 0 in so many seconds, softly. */
export const sway = (t: number, seconds: number): number => 0.5 - 0.5 * Math.cos((t / seconds) * 2 * Math.PI);
/** How far a movement is that repeats, 0 … 1. */
export const turn = (t: number, seconds: number): number => (t / seconds) % 1;
