/** From a decoded picture to an upright one with square pixels, BT.709, television range, 8 bit 4:2:0, in the
 * size asked for. One graph per size; it is built again when the source changes its own shape in the middle
 * (a phone turned during a call recording), and the new shape is fitted in with bars, never stretched. */

import { AV_BUFFERSRC_FLAG_KEEP_REF } from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { assumedColour } from './colour.ts';
import type { EngineLimits } from './engine.types.ts';
import { checkPicture, type SourceReading } from './facts.ts';
import { buildGraph, type Graph, mustAccept } from './ffmpeg.ts';

export type PictureSize = { width: number; height: number };
export type PictureShaper = {
  /** The shaped picture: valid until the next call; clone it to keep it. */
  shape: (frame: Frame) => Frame;
  close: () => void;
};

const interlacedFlag = 1 << 3; // AV_FRAME_FLAG_INTERLACED, libavutil/frame.h

export function createPictureShaper(
  reading: SourceReading,
  size: PictureSize,
  threads: number,
  limits: EngineLimits,
): PictureShaper {
  const colour = assumedColour(reading.facts);
  const shaped = new Frame();
  shaped.alloc();
  let graph: Graph | null = null;
  let builtFor = '';

  const shape = (frame: Frame): Frame => {
    const interlaced = frame.hasFlags(interlacedFlag);
    const key = `${frame.width}x${frame.height}:${frame.format}:${interlaced}`;
    if (key !== builtFor) {
      checkPicture(frame.width, frame.height, limits);
      graph?.free();
      const input =
        `video_size=${frame.width}x${frame.height}:pix_fmt=${frame.format}:time_base=1/1000000:pixel_aspect=1/1` +
        `:colorspace=${colour.matrix}:range=${colour.range}`;
      graph = buildGraph('video', input, pictureChain(reading, frame, size, interlaced), threads);
      builtFor = key;
    }
    frame.colorRange = colour.range as typeof frame.colorRange;
    frame.colorSpace = colour.matrix as typeof frame.colorSpace;
    frame.colorPrimaries = colour.primaries as typeof frame.colorPrimaries;
    frame.colorTrc = colour.transfer as typeof frame.colorTrc;
    const { source, sink } = graph as Graph;
    mustAccept(source.buffersrcAddFrameSync(frame, AV_BUFFERSRC_FLAG_KEEP_REF), 'filter');
    shaped.unref();
    mustAccept(sink.buffersinkGetFrameSync(shaped), 'filter');
    return shaped;
  };
  const close = () => {
    graph?.free();
    shaped.free();
  };
  return { shape, close };
}

/** Exported for its rules alone: what is done in which order, cheap steps on small pictures. */
export function pictureChain(
  reading: Pick<SourceReading, 'facts' | 'mirrored'>,
  frame: { width: number; height: number },
  size: PictureSize,
  interlaced: boolean,
): string {
  const { facts, mirrored } = reading;
  const turned = facts.rotation === 90 || facts.rotation === 270;
  const fit = fitInside(frame.width * facts.pixelAspect, frame.height, turned ? flip(size) : size);
  const steps: string[] = [];
  // One field has the right moment and enough lines for what follows.
  if (interlaced) steps.push('field=type=top');
  if (facts.colour.hdr) {
    steps.push(`scale=${fit.width}:${fit.height}:flags=bicubic`, 'format=yuv420p10le');
    steps.push(
      'tonemapx=tonemap=bt2390:desat=0:peak=100:transfer=bt709:matrix=bt709:primaries=bt709:range=tv:format=yuv420p',
    );
  } else {
    steps.push(`scale=${fit.width}:${fit.height}:flags=bicubic:out_color_matrix=bt709:out_range=tv`);
  }
  steps.push('format=yuv420p');
  if (mirrored) steps.push('hflip');
  if (facts.rotation === 90) steps.push('transpose=clock');
  if (facts.rotation === 180) steps.push('hflip', 'vflip');
  if (facts.rotation === 270) steps.push('transpose=cclock');
  const upright = turned ? flip(fit) : fit;
  if (upright.width !== size.width || upright.height !== size.height) {
    steps.push(`pad=${size.width}:${size.height}:-1:-1`);
  }
  steps.push('setsar=1', 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709');
  return steps.join(',');
}

const flip = ({ width, height }: PictureSize): PictureSize => ({ width: height, height: width });

function fitInside(width: number, height: number, box: PictureSize): PictureSize {
  const sameShape = Math.abs((width / height) * (box.height / box.width) - 1) < 0.03;
  // The floor of 16 lines bends the shape of extreme ribbons; there, too, the box wins.
  if (sameShape || box.width === 16 || box.height === 16) return box;
  const scale = Math.min(box.width / width, box.height / height);
  const even = (side: number, most: number) =>
    Math.min(most, Math.max(2, Math.round((side * scale) / 2) * 2));
  return { width: even(width, box.width), height: even(height, box.height) };
}
