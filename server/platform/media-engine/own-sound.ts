/** The sound of a file of ours, decoded and brought into the form that somebody works with. */

import { AVERROR_EOF } from 'node-av/constants';
import {
  avChannelLayoutDefault,
  avChannelLayoutDescribe,
  avGetSampleFmtName,
  Frame,
  Packet,
} from 'node-av/lib';
import type { EngineLimits } from './engine.types.ts';
import { buildGraph, type Graph, mustWork } from './ffmpeg.ts';
import type { OwnFile } from './own-file.ts';
import { openDecoder } from './source.ts';

type Take = (frame: Frame | null) => void;

/** All sound of a file that is at its start, with `null` at the end; `see` has each packet. */
export function decodeOwn(
  file: Pick<OwnFile, 'format' | 'audio'>,
  limits: EngineLimits,
  take: Take,
  see: (packet: Packet) => void = () => {},
): void {
  const stream = file.audio!;
  const decoder = openDecoder(stream, 1, limits);
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  const drain = () => {
    while (decoder.receiveFrameSync(frame) >= 0) {
      take(frame);
      frame.unref();
    }
  };
  while (file.format.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === stream.index) {
      decoder.sendPacketSync(packet); // a damaged packet is a gap, and gaps are filled with silence
      drain();
      see(packet);
    }
    packet.unref();
  }
  decoder.sendPacketSync(null);
  drain();
  take(null);
  frame.free();
  packet.free();
  decoder.freeContext();
}

/** `layout` may name filters behind it, also such that end before what is fed. The graph is built for the first frame: in files of ours none differs from it. */
export function createResampler(
  rate: number,
  format: string,
  layout: string,
  take: (frame: Frame) => void,
): Take {
  let graph: Graph | null = null;
  const out = new Frame();
  out.alloc();
  return (frame) => {
    if (frame?.channelLayout.order === 0) frame.channelLayout = avChannelLayoutDefault(frame.channels);
    if (frame && !graph) {
      const described =
        `time_base=1/${frame.sampleRate}:sample_rate=${frame.sampleRate}:` +
        `sample_fmt=${avGetSampleFmtName(frame.format as never)}:channel_layout=${avChannelLayoutDescribe(frame.channelLayout)}`;
      const chain = `aresample=${rate},aformat=sample_fmts=${format}:channel_layouts=${layout}`;
      graph = buildGraph('audio', described, chain, 1);
    }
    if (!graph) return;
    const accepted = graph.source.buffersrcAddFrameSync(frame);
    if (accepted !== AVERROR_EOF) mustWork(accepted, 'sound filter');
    while (graph.sink.buffersinkGetFrameSync(out) >= 0) {
      take(out);
      out.unref();
    }
    if (!frame) {
      graph.free();
      out.free();
    }
  };
}
