import type { EditLook } from '../../../contract/edit-list.ts';
import { lookOf } from '../looks/looks.ts';
import { bakeLut, lutSide } from '../looks/lut.ts';
import type { Gl } from './gpu.ts';

/** The looks' cubes of colours on the card: each is baked when it is first seen and kept, for the gallery shows them all. */
export type Cubes = {
  /** Binds the cube to the unit and says how strongly it counts: 0 for no look, or one that is not known. */
  bind(unit: number, look: EditLook | null): number;
  close(): void;
};

export function createCubes(gl: Gl): Cubes {
  const cubes = new Map<string, WebGLTexture>();
  function upload(name: string, bytes: Uint8Array, side: number): WebGLTexture {
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_3D, texture);
    for (const [what, how] of [
      [gl.TEXTURE_MIN_FILTER, gl.LINEAR],
      [gl.TEXTURE_MAG_FILTER, gl.LINEAR],
      [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
      [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
      [gl.TEXTURE_WRAP_R, gl.CLAMP_TO_EDGE],
    ] as const)
      gl.texParameteri(gl.TEXTURE_3D, what, how);
    // Both change what bytes mean, and a volume cannot be flipped at all.
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage3D(gl.TEXTURE_3D, 0, gl.RGBA8, side, side, side, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    cubes.set(name, texture);
    return texture;
  }
  return {
    bind(unit, look) {
      const known = look && look.strength > 0 ? lookOf(look.name) : null;
      gl.activeTexture(gl.TEXTURE0 + unit);
      // A sampler without a texture is a fault on some cards, even if it is never read.
      if (!known) {
        gl.bindTexture(gl.TEXTURE_3D, cubes.get('') ?? upload('', new Uint8Array(4), 1));
        return 0;
      }
      gl.bindTexture(
        gl.TEXTURE_3D,
        cubes.get(known.name) ?? upload(known.name, bakeLut(known.grade), lutSide),
      );
      return look!.strength;
    },
    close() {
      for (const texture of cubes.values()) gl.deleteTexture(texture);
    },
  };
}
