import type { Gl } from './gpu.ts';
import { createPictureSlot, type PictureSlot } from './picture.ts';

/**
 * What is drawn with a pen (texts, stickers) and lies on the card as a texture. Each sheet is drawn anew only when what
 * it shows has changed, and is given back when it was not used for a while.
 */
export type Sheet = { texture: WebGLTexture; width: number; height: number };
export type Sheets = {
  /** `paint` draws on the canvas, sizing it first, and answers the size in pixels of the frame. */
  sheet(
    id: string,
    content: string,
    paint: (canvas: OffscreenCanvas) => { width: number; height: number },
  ): Sheet;
  /** Call once after each frame. */
  sweep(): void;
  close(): void;
};

/** Two seconds of frames: someone who scrubs to and fro does not draw everything anew. */
const keptFrames = 120;

export function createSheets(gl: Gl): Sheets {
  type Kept = Sheet & { content: string; canvas: OffscreenCanvas; slot: PictureSlot; frame: number };
  const kept = new Map<string, Kept>();
  let frame = 0;
  return {
    sheet(id, content, paint) {
      const known = kept.get(id);
      if (known?.content === content) {
        known.frame = frame;
        return known;
      }
      const canvas = known?.canvas ?? new OffscreenCanvas(1, 1);
      const slot = known?.slot ?? createPictureSlot(gl);
      const size = paint(canvas);
      const made: Kept = { ...size, content, canvas, slot, frame, texture: slot.upload(canvas)! };
      kept.set(id, made);
      return made;
    },
    sweep() {
      frame++;
      for (const [id, one] of kept)
        if (frame - one.frame > keptFrames) {
          one.slot.close();
          kept.delete(id);
        }
    },
    close() {
      for (const { slot } of kept.values()) slot.close();
      kept.clear();
    },
  };
}
