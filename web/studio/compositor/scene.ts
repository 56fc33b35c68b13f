import type { EditLook } from '../../../contract/edit-list.ts';
import { lutSide } from '../looks/lut.ts';
import type { Cubes } from './cube.ts';
import { type contain, cover, fills, readings } from './fit.ts';
import type { Shown } from './frame-order.ts';
import {
  bindTexture,
  createProgram,
  drawWhole,
  fragmentHead,
  type Gl,
  type Target,
  wholeFrame,
} from './gpu.ts';
import type { Keying } from './keying.ts';
import type { PictureSlot } from './picture.ts';
import type { Softener } from './soften.ts';

/** One clip in the frame: the picture whole, what it leaves free filled with itself, blurred and dark, and its look. */
const sceneShader = `${fragmentHead}
precision highp sampler3D;
uniform sampler2D u_picture;
uniform sampler2D u_behind;
uniform sampler3D u_cube;
uniform vec4 u_place;
uniform vec2 u_size;
uniform int u_readings;
uniform float u_strength;

vec3 picture(vec2 place) {
  if (u_readings == 1) return textureLod(u_picture, place, 0.0).rgb;
  vec2 step = 1.0 / (u_size * u_place.zw * float(u_readings));
  vec2 first = place - step * 0.5 * float(u_readings - 1);
  vec3 sum = vec3(0.0);
  for (int y = 0; y < u_readings; y++)
    for (int x = 0; x < u_readings; x++)
      sum += textureLod(u_picture, first + vec2(x, y) * step, 0.0).rgb;
  return sum / float(u_readings * u_readings);
}
// Dark slow slopes would show steps; half a step of a fixed pattern hides them (Jimenez, 2014).
float dither() {
  return fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
}
void main() {
  vec2 place = (at - u_place.xy) / u_place.zw;
  bool inside = place.x >= 0.0 && place.y >= 0.0 && place.x <= 1.0 && place.y <= 1.0;
  vec3 seen = inside ? picture(place) : textureLod(u_behind, at, 0.0).rgb;
  if (u_strength > 0.0) {
    const float side = ${lutSide}.0;
    vec3 graded = textureLod(u_cube, clamp(seen, 0.0, 1.0) * ((side - 1.0) / side) + 0.5 / side, 0.0).rgb;
    seen = mix(seen, graded, u_strength);
  }
  // Darkened last: a look would draw its shadows' tint all over a dark copy.
  if (!inside) seen = seen * 0.45 + dither() / 255.0;
  colour = vec4(seen, 1.0);
}`;

export type Scene = {
  draw(
    shown: Shown | null,
    look: EditLook | null,
    slot: PictureSlot,
    target: Target | null,
    lay: typeof contain,
  ): void;
  resize(width: number, height: number): void;
  close(): void;
};

export function createScene(gl: Gl, softener: Softener, cubes: Cubes, keying: Keying): Scene {
  const program = createProgram(gl, wholeFrame, sceneShader);
  let frame = { width: 1, height: 1 };
  return {
    resize(width, height) {
      frame = { width, height };
    },
    draw(shown, look, slot, target, lay) {
      const uploaded = shown && shown.width > 0 && shown.height > 0 ? slot.upload(shown.picture) : null;
      if (!shown || !uploaded) {
        gl.bindFramebuffer(gl.FRAMEBUFFER, target?.frame ?? null);
        gl.clearColor(0, 0, 0, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
        return;
      }
      const texture = shown.keyed ? keying.key(uploaded, shown, shown.keyed) : uploaded;
      const place = lay(shown, frame);
      const behind = fills(place) ? texture : softener.soften(texture, cover(shown, frame));
      program.use();
      bindTexture(gl, 0, texture);
      bindTexture(gl, 1, behind);
      program.number('u_strength', cubes.bind(2, look));
      program.whole('u_picture', 0);
      program.whole('u_behind', 1);
      program.whole('u_cube', 2);
      program.number('u_place', ...place);
      program.number('u_size', frame.width, frame.height);
      program.whole('u_readings', readings(shown, frame, place));
      drawWhole(gl, program, target);
    },
    close: () => program.delete(),
  };
}
