import type { Picture } from './frame-order.ts';
import { createTexture, type Gl } from './gpu.ts';

export type PictureSlot = { upload(picture: Picture): WebGLTexture | null; close(): void };

type Video = VideoFrame | HTMLVideoElement;
const isVideo = (picture: Picture): picture is Video =>
  (typeof VideoFrame !== 'undefined' && picture instanceof VideoFrame) ||
  (typeof HTMLVideoElement !== 'undefined' && picture instanceof HTMLVideoElement);

/**
 * A frame of video may say that it lies on its side. Chromium's texImage2D does not turn it and others may, but a pen
 * turns it everywhere: such frames take that way.
 */
type Turned = { rotation?: number; flip?: boolean };
function upright(picture: Picture, makeCanvas: () => OffscreenCanvas): Picture {
  if (typeof VideoFrame === 'undefined' || !(picture instanceof VideoFrame)) return picture;
  const { rotation, flip } = picture as Turned;
  if (!rotation && !flip) return picture;
  const canvas = makeCanvas();
  const { displayWidth, displayHeight } = picture;
  if (canvas.width !== displayWidth) canvas.width = displayWidth;
  if (canvas.height !== displayHeight) canvas.height = displayHeight;
  canvas.getContext('2d')!.drawImage(picture, 0, 0, displayWidth, displayHeight);
  return canvas;
}

/** A texture that takes one picture after the other. Null while a video element has no frame yet. */
export function createPictureSlot(gl: Gl): PictureSlot {
  const texture = createTexture(gl);
  let canvas: OffscreenCanvas | null = null;
  let held: { width: number; height: number } | null = null;
  return {
    upload(given) {
      if ('readyState' in given && given.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
      const picture = upright(given, () => (canvas ??= new OffscreenCanvas(1, 1)));
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
      // Chromium copies video from card to card only when the whole texture is given anew; anything else is written
      // into the one that is there.
      const size = isVideo(picture) ? null : { width: picture.width, height: picture.height };
      if (size && size.width === held?.width && size.height === held.height)
        gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, gl.RGBA, gl.UNSIGNED_BYTE, picture);
      else gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
      held = size;
      return texture;
    },
    close: () => gl.deleteTexture(texture),
  };
}
