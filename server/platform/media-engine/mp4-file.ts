/** Writes one MP4 under a temporary name; `finish` gives it its own name, so a file with that name is whole. */

import type { CodecContext, Packet, Stream } from 'node-av/lib';
import { FormatContext } from 'node-av/lib';
import { mustWork, setOptions } from './ffmpeg.ts';
import { type PendingFile, pendingFile } from './pending-file.ts';

/** Where packets of a stream come from: an encoder, or a source whose coding is kept. */
export type Coding = Pick<
  CodecContext,
  'timeBase' | 'framerate' | 'sampleAspectRatio' | 'parametersFromContext'
>;

export type Mp4File = {
  /** `packet` in the coding's time base; it is copied. */
  write: (kind: 'video' | 'audio', packet: Packet, coding: Pick<Coding, 'timeBase'>) => void;
  /** Gives the file its name, and the RFC 6381 names of its streams, e.g. `avc1.64001F,mp4a.40.2`. */
  finish: () => string;
};

export function createMp4(path: string, video: Coding | null, audio: Coding | null): Mp4File {
  const pending: PendingFile = pendingFile(path);
  const format = new FormatContext();
  mustWork(format.allocOutputContext2(null, 'mp4', pending.path), 'mp4');
  const addStream = (context: Coding): Stream => {
    const stream = format.newStream(null);
    mustWork(context.parametersFromContext(stream.codecpar), 'mp4 stream');
    stream.timeBase = context.timeBase;
    if (context === video) {
      stream.avgFrameRate = context.framerate;
      stream.sampleAspectRatio = context.sampleAspectRatio;
    }
    return stream;
  };
  const streams = { video: video ? addStream(video) : null, audio: audio ? addStream(audio) : null };
  mustWork(format.openOutputSync(), 'open output');
  // Bit-exact: no encoder name and no date in the file, so the same source gives the same bytes.
  setOptions(format, { movflags: '+faststart', fflags: '+bitexact' });
  mustWork(format.writeHeaderSync(null), 'mp4 header');

  return {
    write: (kind, packet, context) => {
      const stream = streams[kind];
      const copy = packet.clone();
      if (!stream || !copy) throw new Error(`no ${kind} in this file`);
      copy.streamIndex = stream.index;
      if (kind === 'video' && copy.duration === 0n) copy.duration = 1n;
      copy.rescaleTs(context.timeBase, stream.timeBase);
      mustWork(format.interleavedWriteFrameSync(copy), 'write');
      copy.free();
    },
    finish: () => {
      mustWork(format.writeTrailerSync(), 'mp4 trailer');
      const codecs = [streams.video, streams.audio].map((stream) => stream?.codecpar.getCodecString());
      format.closeOutputSync();
      format.freeContext();
      pending.publish();
      return codecs.filter(Boolean).join(',');
    },
  };
}
