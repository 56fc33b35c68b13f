import type { Place } from './fit.ts';
import {
  bindTexture,
  createProgram,
  createTarget,
  deleteTarget,
  drawWhole,
  fragmentHead,
  type Gl,
  type Target,
  wholeFrame,
} from './gpu.ts';

/** Small enough to cost nothing and to spread far; the same at every size of the frame, so that preview and export agree. */
const longSide = 128;

/** Each pixel is the mean of 16 readings over what it stands for, so that nothing flickers when the picture moves. */
const shrinkShader = `${fragmentHead}
uniform sampler2D u_picture;
uniform vec4 u_place;
uniform vec2 u_size;
void main() {
  vec3 sum = vec3(0.0);
  for (int y = 0; y < 4; y++)
    for (int x = 0; x < 4; x++) {
      vec2 place = at + (vec2(x, y) - 1.5) / (4.0 * u_size);
      sum += textureLod(u_picture, clamp((place - u_place.xy) / u_place.zw, 0.0, 1.0), 0.0).rgb;
    }
  colour = vec4(sum / 16.0, 1.0);
}`;

/** Half of a Gaussian blur (sigma about 3 pixels), along one direction. */
const blurShader = `${fragmentHead}
uniform sampler2D u_picture;
uniform vec2 u_step;
void main() {
  vec3 sum = vec3(0.0);
  float all = 0.0;
  for (int i = -8; i <= 8; i++) {
    float weight = exp(-float(i * i) / 18.0);
    sum += textureLod(u_picture, at + float(i) * u_step, 0.0).rgb * weight;
    all += weight;
  }
  colour = vec4(sum / all, 1.0);
}`;

export type Softener = {
  /** A blurred small copy of what of a texture lies in the frame, valid until the next call. */
  soften(texture: WebGLTexture, place: Place): WebGLTexture;
  resize(width: number, height: number): void;
  close(): void;
};

export function createSoftener(gl: Gl): Softener {
  const shrink = createProgram(gl, wholeFrame, shrinkShader);
  const blur = createProgram(gl, wholeFrame, blurShader);
  let size = { width: 1, height: 1 };
  let targets: [Target, Target] | null = null;
  const drop = () => {
    for (const target of targets ?? []) deleteTarget(gl, target);
    targets = null;
  };
  return {
    resize(width, height) {
      const scale = longSide / Math.max(width, height);
      size = {
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      };
      drop();
    },
    soften(texture, place) {
      targets ??= [createTarget(gl, size.width, size.height), createTarget(gl, size.width, size.height)];
      const [one, other] = targets;
      shrink.use();
      bindTexture(gl, 0, texture);
      shrink.whole('u_picture', 0);
      shrink.number('u_place', ...place);
      shrink.number('u_size', size.width, size.height);
      drawWhole(gl, shrink, one);
      blur.use();
      blur.whole('u_picture', 0);
      bindTexture(gl, 0, one.texture);
      blur.number('u_step', 1 / size.width, 0);
      drawWhole(gl, blur, other);
      bindTexture(gl, 0, other.texture);
      blur.number('u_step', 0, 1 / size.height);
      drawWhole(gl, blur, one);
      return one.texture;
    },
    close() {
      drop();
      shrink.delete();
      blur.delete();
    },
  };
}
