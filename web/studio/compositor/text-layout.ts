import type { EditText } from '../../../contract/edit-list.ts';
import { directionOf, wrap } from './text-lines.ts';

/**
 * Where the letters of a text stand. Everything is measured in a frame that is 1000 wide, whatever the real one is, so
 * that a small preview and a large export break their lines at the same words.
 */
export const frameUnits = 1000;
const margin = 50;
const leading = 1.25;

export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
export type TextLayout = {
  lines: readonly { text: string; width: number }[];
  font: string;
  em: number;
  lineHeight: number;
  /** Of the block of letters alone. */
  width: number;
  height: number;
  /** Room around the block for what a style draws there. */
  around: number;
  direction: 'ltr' | 'rtl';
  align: 'left' | 'center' | 'right';
};

/** The display face has Latin letters only; every other script comes from the system, as in the rest of the app. */
const display = `"Familjen Grotesk Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif`;
const typewriter = `ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace`;
const fontOf = (style: EditText['style'], em: number) =>
  style === 'type' ? `600 ${em}px ${typewriter}` : `700 ${em}px ${display}`;

let ruler: OffscreenCanvasRenderingContext2D | null = null;

/** `widest`: of a line, in units of the frame. */
export function layText(text: EditText, widest = frameUnits - 2 * margin): TextLayout {
  ruler ??= new OffscreenCanvas(1, 1).getContext('2d')!;
  const em = text.size * frameUnits;
  const font = fontOf(text.style, em);
  const direction = directionOf(text.text);
  ruler.font = font;
  ruler.direction = direction;
  const widthOf = (piece: string) => ruler!.measureText(piece).width;
  const lines = wrap(text.text, widest, widthOf).map((line) => ({
    text: line,
    width: widthOf(line),
  }));
  const startsLeft = (text.align === 'start') === (direction === 'ltr');
  return {
    lines,
    font,
    em,
    lineHeight: em * leading,
    width: Math.max(...lines.map(({ width }) => width)),
    height: lines.length * em * leading,
    around: em * 0.75,
    direction,
    align: text.align === 'center' ? 'center' : startsLeft ? 'left' : 'right',
  };
}

/** The left edge of a line within its block. */
export function leftOf(layout: TextLayout, width: number): number {
  if (layout.align === 'left') return 0;
  return layout.align === 'right' ? layout.width - width : (layout.width - width) / 2;
}
