/** Reading what this engine or a child of ours has written: no limits and no lists, since no stranger wrote it. */

import { AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { FormatContext, type Packet, type Stream } from 'node-av/lib';
import { mustWork, setOptions } from './ffmpeg.ts';
import { pendingFile } from './pending-file.ts';

export type OwnFile = {
  format: FormatContext;
  video: Stream | null;
  audio: Stream | null;
  close: () => void;
};

export function openOwnFile(path: string): OwnFile {
  const format = new FormatContext();
  format.allocContext();
  setOptions(format, { protocol_whitelist: 'file', format_whitelist: 'mov,wav' });
  mustWork(format.openInputSync(`file:${path}`, null, null), 'open own file');
  mustWork(format.findStreamInfoSync(null), 'read own file');
  const of = (type: number) => format.streams.find((stream) => stream.codecpar.codecType === type) ?? null;
  return {
    format,
    video: of(AVMEDIA_TYPE_VIDEO),
    audio: of(AVMEDIA_TYPE_AUDIO),
    close: () => format.closeInputSync(),
  };
}

/** An MP4 of packets that are there already. */
export type Copy = { write: (from: Stream, packet: Packet) => void; finish: () => void };

export function createCopy(path: string, from: readonly Stream[]): Copy {
  const pending = pendingFile(path);
  const format = new FormatContext();
  mustWork(format.allocOutputContext2(null, 'mp4', pending.path), 'copy');
  const streams = from.map((stream) => {
    const copy = format.newStream(null);
    mustWork(stream.codecpar.copy(copy.codecpar), 'copy stream');
    copy.codecpar.codecTag = 0;
    copy.timeBase = stream.timeBase;
    copy.avgFrameRate = stream.avgFrameRate;
    copy.sampleAspectRatio = stream.sampleAspectRatio;
    return copy;
  });
  mustWork(format.openOutputSync(), 'open copy');
  setOptions(format, { movflags: '+faststart', fflags: '+bitexact' });
  mustWork(format.writeHeaderSync(null), 'copy header');
  return {
    write: (stream, packet) => {
      const to = streams[from.indexOf(stream)];
      const copy = packet.clone();
      if (!to || !copy) throw new Error('a packet of no stream');
      copy.streamIndex = to.index;
      copy.rescaleTs(stream.timeBase, to.timeBase);
      copy.pos = -1n;
      mustWork(format.interleavedWriteFrameSync(copy), 'write copy');
      copy.free();
    },
    finish: () => {
      mustWork(format.writeTrailerSync(), 'copy trailer');
      format.closeOutputSync();
      format.freeContext();
      pending.publish();
    },
  };
}
