import type { FrameOrder } from './frame-order.ts';
import type { Gl } from './gpu.ts';
import { createStage, type Stage } from './stage.ts';

/**
 * Draws one frame of an edit list. Preview and export use the same code, so what is seen is what is published: the
 * picture depends on the order alone, not on the wall clock, on what was drawn before, or, but for its sharpness, on
 * the size of the canvas. It knows pictures and times; where they come from, and who asks, it does not know.
 */
export type { FrameOrder, Picture, Shown } from './frame-order.ts';
export type Compositor = {
  draw(order: FrameOrder): void;
  /** In pixels of the canvas. It is blank until the next `draw`. */
  resize(width: number, height: number): void;
  /**
   * Gives back what lies on the card. The canvas may be used for another compositor, unless it ends with this one: a
   * browser lends a page a few cards only and takes the oldest, which is the preview's, when one more is wanted.
   */
  close(canvasToo?: boolean): void;
};

/** Throws where there is no WebGL2. */
export function createCompositor(canvas: HTMLCanvasElement | OffscreenCanvas): Compositor {
  const gl = (canvas as HTMLCanvasElement).getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    // The frame stays readable for an encoder or a cover that takes it a moment later.
    preserveDrawingBuffer: true,
  }) as Gl | null;
  if (!gl) throw new Error('The browser has no WebGL2');
  let stage: Stage | null = null;
  let closed = false;
  // A phone takes the card away from a page in the background. Nothing on it is worth keeping: the next frame that is
  // drawn after it came back makes everything anew.
  const lose = (event: Event) => {
    event.preventDefault();
    stage?.close();
    stage = null;
  };
  canvas.addEventListener('webglcontextlost', lose);
  return {
    draw(order) {
      if (closed || gl.isContextLost()) return;
      stage ??= createStage(gl);
      stage.draw(order);
    },
    resize(width, height) {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
    },
    close(canvasToo = false) {
      closed = true;
      canvas.removeEventListener('webglcontextlost', lose);
      stage?.close();
      stage = null;
      if (canvasToo) gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
