export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * A small drawing in a box of 100 × 100. It is drawn with a pen rather than kept as a file: that is there at once, for
 * any size and any moment, as an export frame by frame needs it. `draw` depends on `t` alone, the seconds since the
 * sticker appeared. The name is what an edit list keeps.
 */
export type Sticker = {
  name: string;
  /** Whether `t` changes anything: what stands still is drawn once. */
  moves: boolean;
  draw(pen: Pen, t: number): void;
};

/** Drawings may reach a little out of their box. */
const around = 10;
const largestSide = 1024;

/** Draws a sticker whose box is `side` pixels wide; answers the size of the whole drawing, in the same pixels. */
export function paintSticker(
  canvas: OffscreenCanvas,
  sticker: Sticker,
  side: number,
  t: number,
): { width: number; height: number } {
  const whole = (side * (100 + 2 * around)) / 100;
  const pixels = Math.max(1, Math.min(largestSide, Math.ceil(whole)));
  const pen = canvas.getContext('2d')!;
  if (canvas.width !== pixels || canvas.height !== pixels) canvas.width = canvas.height = pixels;
  pen.resetTransform();
  pen.clearRect(0, 0, pixels, pixels);
  const scale = pixels / (100 + 2 * around);
  pen.setTransform(scale, 0, 0, scale, around * scale, around * scale);
  pen.save();
  sticker.draw(pen, t);
  pen.restore();
  return { width: whole, height: whole };
}
