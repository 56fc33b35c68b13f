import type { EditList, EditSticker, EditText } from '../../../contract/edit-list.ts';
import type { Cue } from '../../../contract/videos.ts';
import { paintSticker } from '../stickers/sticker.ts';
import { stickerOf } from '../stickers/stickers.ts';
import { captionBottom, captionText, cuesShown } from './captions.ts';
import type { FrameOrder } from './frame-order.ts';
import { bindTexture, createProgram, fragmentHead, type Gl } from './gpu.ts';
import { lettersShown, opacity, present } from './overlay.rules.ts';
import { createSheets, type Sheet } from './sheets.ts';
import { paintText } from './text-sheet.ts';

/** Lays the stickers, the texts and, when they are drawn, the captions of a moment over the picture on the canvas. */
const placed = `#version 300 es
uniform vec2 u_frame;
uniform vec2 u_middle;
uniform vec2 u_size;
uniform float u_turn;
out vec2 at;
void main() {
  at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 corner = (at - 0.5) * u_size;
  vec2 turned = vec2(corner.x * cos(u_turn) - corner.y * sin(u_turn), corner.x * sin(u_turn) + corner.y * cos(u_turn));
  vec2 place = (u_middle + turned) / u_frame;
  gl_Position = vec4(place.x * 2.0 - 1.0, 1.0 - place.y * 2.0, 0.0, 1.0);
}`;
const sheetShader = `${fragmentHead}
uniform sampler2D u_sheet;
uniform float u_opacity;
void main() { colour = texture(u_sheet, at) * u_opacity; }`;

export type Overlays = {
  draw(list: EditList, nowMs: number, pins?: FrameOrder['pins']): void;
  close(): void;
};

export function createOverlays(gl: Gl): Overlays {
  const program = createProgram(gl, placed, sheetShader);
  const sheets = createSheets(gl);
  // A face that arrives late changes every text that was drawn with its stand-in.
  const faces: FontFaceSet | undefined =
    (globalThis as { fonts?: FontFaceSet }).fonts ?? globalThis.document?.fonts;
  let arrived = 0;
  const arrive = () => void arrived++;
  faces?.addEventListener('loadingdone', arrive);

  function put(sheet: Sheet, item: EditText | EditSticker, alpha: number): void {
    const [wide, high] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    // Upright sheets go on whole pixels, where they stay as sharp as they were drawn.
    const snap = (middle: number, size: number) =>
      item.turnDeg === 0 ? Math.round(middle - size / 2) + size / 2 : middle;
    bindTexture(gl, 0, sheet.texture);
    program.number('u_middle', snap(item.x * wide, sheet.width), snap(item.y * high, sheet.height));
    program.number('u_size', sheet.width, sheet.height);
    program.number('u_turn', (item.turnDeg * Math.PI) / 180);
    program.number('u_opacity', alpha);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  /** Where it is by what it follows; without anybody who looks, where it is written. */
  function placedBy(item: EditSticker, pins: FrameOrder['pins']): EditSticker | null {
    const pin = item.pin ? pins?.get(item.id) : undefined;
    if (pin === undefined) return item;
    return (
      pin && {
        ...item,
        x: pin.x,
        y: pin.y,
        size: item.size * pin.scale,
        turnDeg: item.turnDeg + pin.turnDeg,
      }
    );
  }

  function sticker(item: EditSticker, nowMs: number): Sheet | null {
    const known = stickerOf(item.sticker);
    if (!known) return null;
    const side = item.size * gl.drawingBufferWidth;
    // Those that stand still share one sheet for each size.
    const id = known.moves ? `sticker ${item.id}` : `sticker ${known.name} of ${side}`;
    const sinceMs = known.moves ? nowMs - item.atMs : 0;
    return sheets.sheet(id, `${known.name} ${side} ${sinceMs}`, (canvas) =>
      paintSticker(canvas, known, side, sinceMs / 1000),
    );
  }

  function text(item: EditText, nowMs: number): Sheet {
    const width = gl.drawingBufferWidth;
    const shown = lettersShown(item, nowMs);
    const content = [width, arrived, shown, item.style, item.colour, item.align, item.size, item.text].join(
      ' ',
    );
    return sheets.sheet(`text ${item.id}`, content, (canvas) => paintText(canvas, item, width, shown));
  }

  // Even lines are found by trying, which is not done for each frame.
  const laid = new WeakMap<Cue, { key: string; caption: ReturnType<typeof captionText> }>();
  function layCaption(cue: Cue, at: number, list: EditList, frame: { width: number; height: number }) {
    const key = [at, list.cueStyle, frame.width, frame.height, arrived].join(' ');
    const known = laid.get(cue);
    if (known?.key === key) return known.caption;
    const caption = captionText(cue, at, list.cueStyle!, frame);
    laid.set(cue, { key, caption });
    return caption;
  }

  /** From below upwards: what was begun first stays where it is. */
  function captions(list: EditList, nowMs: number): void {
    const frame = { width: gl.drawingBufferWidth, height: gl.drawingBufferHeight };
    let bottom = captionBottom(frame) * frame.height;
    for (const [at, cue] of cuesShown(list, nowMs)) {
      const { text: item, widest } = layCaption(cue, at, list, frame);
      const shown = lettersShown(item, nowMs);
      const content = [frame.width, frame.height, arrived, shown, item.style, item.text].join(' ');
      const sheet = sheets.sheet(`cue ${at}`, content, (canvas) =>
        paintText(canvas, item, frame.width, shown, widest),
      );
      put(sheet, { ...item, y: (bottom - sheet.height / 2) / frame.height }, 1);
      bottom -= sheet.height - item.size * frame.width;
    }
  }

  return {
    draw(list, nowMs, pins) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      program.use();
      program.whole('u_sheet', 0);
      program.number('u_frame', gl.drawingBufferWidth, gl.drawingBufferHeight);
      for (const written of list.stickers) {
        const item = placedBy(written, pins);
        if (!item) continue;
        const sheet = present(item, nowMs) ? sticker(item, nowMs) : null;
        if (sheet) put(sheet, item, opacity(item, nowMs));
      }
      for (const item of list.texts)
        if (present(item, nowMs))
          put(text(item, nowMs), item, item.style === 'type' ? 1 : opacity(item, nowMs));
      captions(list, nowMs);
      gl.disable(gl.BLEND);
      sheets.sweep();
    },
    close() {
      faces?.removeEventListener('loadingdone', arrive);
      sheets.close();
      program.delete();
    },
  };
}
