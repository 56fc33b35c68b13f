import type { EditLayout } from '../../../contract/edit-list.ts';
import { type Cell, gap, isOver, roundness, seenIn } from '../layouts/cells.ts';
import { readings } from './fit.ts';
import type { Shown } from './frame-order.ts';
import { paintFree } from './free-cell.ts';
import { bindTexture, createProgram, fragmentHead, type Gl } from './gpu.ts';
import { createPictureSlot, type PictureSlot } from './picture.ts';
import { createSheets } from './sheets.ts';

/**
 * Puts the cells of a layout onto the canvas: the clips as they were drawn, the pictures of the others, and a sign
 * where nobody is yet. What lies over another cell has round corners and a rim.
 */
const placed = `#version 300 es
uniform vec4 u_cell;
uniform vec2 u_frame;
out vec2 at;
void main() {
  at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 place = (u_cell.xy + at * u_cell.zw) / u_frame;
  gl_Position = vec4(place.x * 2.0 - 1.0, 1.0 - place.y * 2.0, 0.0, 1.0);
}`;
/** The dark of the room, as in the theme. */
const ink = [10, 10, 12].map((value) => value / 255) as [number, number, number];
const cellShader = `${fragmentHead}
uniform sampler2D u_picture;
uniform vec4 u_seen;
uniform vec4 u_cell;
uniform int u_readings;
uniform float u_round;
uniform float u_rim;
void main() {
  vec2 step = u_seen.zw / (u_cell.zw * float(u_readings));
  vec2 first = u_seen.xy + at * u_seen.zw - step * 0.5 * float(u_readings - 1);
  vec3 sum = vec3(0.0);
  for (int y = 0; y < u_readings; y++)
    for (int x = 0; x < u_readings; x++)
      sum += textureLod(u_picture, first + vec2(x, y) * step, 0.0).rgb;
  vec3 seen = sum / float(u_readings * u_readings);
  if (u_round == 0.0) { colour = vec4(seen, 1.0); return; }
  // How far outside a rectangle with round corners, in pixels.
  vec2 beyond = abs((at - 0.5) * u_cell.zw) - (u_cell.zw * 0.5 - u_round);
  float outside = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - u_round;
  seen = mix(vec3(${ink.join(', ')}), seen, clamp(0.5 - outside - u_rim, 0.0, 1.0));
  float there = clamp(0.5 - outside, 0.0, 1.0);
  colour = vec4(seen * there, there);
}`;
const whole: Cell = { x: 0, y: 0, width: 1, height: 1 };

export type Cells = {
  /** `places` are the cells in pixels, `mine` is as large as its own. */
  draw(
    layout: EditLayout,
    places: readonly Cell[],
    mine: WebGLTexture,
    others: readonly (Shown | null)[],
  ): void;
  close(): void;
};

export function createCells(gl: Gl): Cells {
  const program = createProgram(gl, placed, cellShader);
  const sheets = createSheets(gl);
  const slots: PictureSlot[] = [];

  function textureOf(order: EditLayout, cell: number, place: Cell, others: readonly (Shown | null)[]) {
    const index = order.others.findIndex((one) => one.cell === cell);
    if (index < 0) {
      const content = [cell, place.width, place.height].join(' ');
      const sheet = sheets.sheet(`free ${cell}`, content, (canvas) => paintFree(canvas, place, cell + 1));
      return { texture: sheet.texture, seen: whole, size: sheet };
    }
    const shown = others[index];
    slots[index] ??= createPictureSlot(gl);
    const texture = shown && shown.width > 0 ? slots[index].upload(shown.picture) : null;
    return texture ? { texture, seen: seenIn(order.others[index]!.crop, shown!, place), size: shown! } : null;
  }

  return {
    draw(layout, places, mine, others) {
      const [wide, high] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
      const drawn = places.map((place, cell) =>
        cell === layout.mine
          ? { texture: mine, seen: whole, size: place }
          : textureOf(layout, cell, place, others),
      );
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.viewport(0, 0, wide, high);
      gl.clearColor(...ink, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      program.use();
      program.whole('u_picture', 0);
      program.number('u_frame', wide, high);
      for (const [cell, one] of drawn.entries()) {
        if (!one) continue;
        const { x, y, width, height } = places[cell]!;
        const { seen, size } = one;
        const shown = { width: size.width * seen.width, height: size.height * seen.height };
        const over = isOver(layout, cell);
        bindTexture(gl, 0, one.texture);
        program.number('u_cell', x, y, width, height);
        program.number('u_seen', seen.x, seen.y, seen.width, seen.height);
        program.whole('u_readings', readings(shown, { width, height }, [0, 0, 1, 1]));
        program.number('u_round', over ? roundness * width : 0);
        program.number('u_rim', over ? gap * wide : 0);
        gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      }
      gl.disable(gl.BLEND);
      sheets.sweep();
    },
    close() {
      for (const slot of slots) slot?.close();
      sheets.close();
      program.delete();
    },
  };
}
