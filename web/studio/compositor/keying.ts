import type { EditBackdrop } from '../../../contract/edit-list.ts';
import { hex } from '../looks/grading.ts';
import type { Mask } from '../seeing/seeing.ts';
import { cover } from './fit.ts';
import type { Shown } from './frame-order.ts';
import {
  bindTexture,
  createProgram,
  createTarget,
  createTexture,
  deleteTarget,
  drawWhole,
  fragmentHead,
  type Gl,
  type Target,
  wholeFrame,
} from './gpu.ts';
import { createPictureSlot } from './picture.ts';
import type { Softener } from './soften.ts';

/** Who is kept of a picture, and what is seen instead of the rest. `behind` is the picture of a source. */
export type Keyed = { mask: Mask; backdrop: EditBackdrop; behind: Shown | null };

/**
 * The mask is small. Each pixel takes it from those places around it that look like itself, so that its edge follows the
 * edges of the picture (joint bilateral upsampling: Kopf and others, 2007).
 */
const shader = `${fragmentHead}
uniform sampler2D u_picture;
uniform sampler2D u_mask;
uniform sampler2D u_behind;
uniform vec2 u_cells;
uniform vec4 u_place;
uniform vec4 u_colour;
float kept(vec3 here) {
  vec2 cell = at * u_cells - 0.5;
  vec2 first = floor(cell);
  float sum = 0.0;
  float all = 0.0;
  for (int y = -1; y <= 2; y++)
    for (int x = -1; x <= 2; x++) {
      vec2 place = first + vec2(x, y);
      vec2 middle = (place + 0.5) / u_cells;
      vec2 far = place - cell;
      vec3 unlike = textureLod(u_picture, middle, 0.0).rgb - here;
      float weight = exp(-0.7 * dot(far, far)) * (0.03 + exp(-40.0 * dot(unlike, unlike)));
      sum += weight * textureLod(u_mask, middle, 0.0).r;
      all += weight;
    }
  return smoothstep(0.2, 0.8, sum / all);
}
void main() {
  vec3 here = textureLod(u_picture, at, 0.0).rgb;
  vec3 behind = u_colour.a > 0.5 ? u_colour.rgb : textureLod(u_behind, (at - u_place.xy) / u_place.zw, 0.0).rgb;
  colour = vec4(mix(behind, here, kept(here)), 1.0);
}`;

/** Larger pictures are shrunk for the frame anyway. */
const largestSide = 2048;

export type Keying = {
  /** The picture with its background changed, valid until the next call. */
  key(picture: WebGLTexture, shown: Shown, keyed: Keyed): WebGLTexture;
  close(): void;
};

export function createKeying(gl: Gl, softener: Softener): Keying {
  const program = createProgram(gl, wholeFrame, shader);
  const maskTexture = createTexture(gl);
  const slot = createPictureSlot(gl);
  let target: Target | null = null;
  const fitTarget = ({ width, height }: Shown): Target => {
    const scale = Math.min(1, largestSide / Math.max(width, height));
    const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    if (target && target.width === wide && target.height === high) return target;
    deleteTarget(gl, target);
    target = createTarget(gl, wide, high);
    return target;
  };
  return {
    key(picture, shown, { mask, backdrop, behind }) {
      const onto = fitTarget(shown);
      const uploaded = backdrop.kind === 'source' && behind ? slot.upload(behind.picture) : null;
      const other = backdrop.kind === 'blur' ? softener.soften(picture, [0, 0, 1, 1]) : uploaded;
      bindTexture(gl, 1, maskTexture);
      gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, mask.width, mask.height, 0, gl.RED, gl.UNSIGNED_BYTE, mask.data);
      bindTexture(gl, 0, picture);
      bindTexture(gl, 2, other ?? picture);
      program.use();
      program.whole('u_picture', 0);
      program.whole('u_mask', 1);
      program.whole('u_behind', 2);
      program.number('u_cells', mask.width, mask.height);
      program.number('u_place', ...(uploaded ? cover(behind!, shown) : ([0, 0, 1, 1] as const)));
      // A source that is gone leaves black, as a clip without a picture is.
      const [r, g, b] = backdrop.kind === 'colour' ? hex(backdrop.colour) : [0, 0, 0];
      program.number('u_colour', r!, g!, b!, other ? 0 : 1);
      drawWhole(gl, program, onto);
      return onto.texture;
    },
    close() {
      deleteTarget(gl, target);
      gl.deleteTexture(maskTexture);
      slot.close();
      program.delete();
    },
  };
}
