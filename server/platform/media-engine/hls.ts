/** HLS without encoding again: each rendition becomes one fragmented MP4 (CMAF, sound and picture together) and a
 * playlist of byte ranges into it; one master playlist names them all (RFC 8216, version 7). */

import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { FormatContext, Packet } from 'node-av/lib';
import type { HlsResult, Rendition } from './engine.types.ts';
import { mustWork, seconds, setOptions } from './ffmpeg.ts';
import { pendingFile } from './pending-file.ts';

export type ByteRange = { offset: number; length: number };
type Segment = ByteRange & { seconds: number };

export function packageHls(
  renditions: Rendition[],
  outDir: string,
  onProgress: (fraction: number) => void,
): HlsResult {
  const packaged = renditions.map((rendition, index) => {
    const stem = rendition.codec === 'h264' ? rendition.rung : `${rendition.rung}.av1`;
    const mediaPath = join(outDir, `${stem}.m4s`);
    const playlistPath = join(outDir, `${stem}.m3u8`);
    const pending = pendingFile(mediaPath);
    const starts = writeFragments(rendition.path, pending.path);
    const { init, fragments } = readFragments(pending.path);
    if (fragments.length !== starts.length) {
      throw new Error(`${fragments.length} fragments for ${starts.length} key frames`);
    }
    const end = rendition.frames / rendition.frameRate;
    const segments = fragments.map((range, at) => ({
      ...range,
      seconds: (starts[at + 1] ?? end) - (starts[at] as number),
    }));
    pending.publish();
    writeText(playlistPath, mediaPlaylist(basename(mediaPath), init, segments));
    onProgress((index + 1) / (renditions.length + 1));
    return { rendition, segments, mediaPath, playlistPath, bytes: statSync(mediaPath).size };
  });
  const masterPath = join(outDir, 'master.m3u8');
  writeText(masterPath, masterPlaylist(packaged));
  onProgress(1);
  return {
    masterPath,
    renditions: packaged.map(({ rendition, segments, mediaPath, playlistPath, bytes }) => ({
      rung: rendition.rung,
      codec: rendition.codec,
      mediaPath,
      playlistPath,
      segments: segments.length,
      bytes,
    })),
  };
}

export function mediaPlaylist(file: string, init: ByteRange, segments: Segment[]): string {
  const longest = Math.max(1, ...segments.map((segment) => Math.ceil(segment.seconds)));
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${longest}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${file}",BYTERANGE="${init.length}@${init.offset}"`,
  ];
  for (const segment of segments) {
    lines.push(
      `#EXTINF:${segment.seconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${segment.length}@${segment.offset}`,
      file,
    );
  }
  return `${[...lines, '#EXT-X-ENDLIST'].join('\n')}\n`;
}

function masterPlaylist(
  packaged: Array<{ rendition: Rendition; segments: Segment[]; playlistPath: string }>,
): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
  for (const { rendition, segments, playlistPath } of packaged) {
    const peak = Math.max(
      ...segments.map((segment) => (segment.length * 8) / Math.max(0.1, segment.seconds)),
    );
    const bits = segments.reduce((sum, segment) => sum + segment.length * 8, 0);
    const time = segments.reduce((sum, segment) => sum + segment.seconds, 0);
    const attributes = [
      `BANDWIDTH=${Math.ceil(peak)}`,
      `AVERAGE-BANDWIDTH=${Math.ceil(bits / time)}`,
      `CODECS="${rendition.codecs}"`,
      `RESOLUTION=${rendition.width}x${rendition.height}`,
      `FRAME-RATE=${rendition.frameRate.toFixed(3)}`,
    ];
    lines.push(`#EXT-X-STREAM-INF:${attributes.join(',')}`, basename(playlistPath));
  }
  return `${lines.join('\n')}\n`;
}

function writeText(path: string, text: string): void {
  const pending = pendingFile(path);
  writeFileSync(pending.path, text);
  pending.publish();
}

/** Copies the packets into fragments that start at key frames; gives the start of each in seconds. */
function writeFragments(fromPath: string, toPath: string): number[] {
  const input = new FormatContext();
  input.allocContext();
  setOptions(input, { protocol_whitelist: 'file', format_whitelist: 'mov' });
  mustWork(input.openInputSync(`file:${fromPath}`, null, null), 'open rendition');
  mustWork(input.findStreamInfoSync(null), 'read rendition');
  const output = new FormatContext();
  mustWork(output.allocOutputContext2(null, 'mp4', toPath), 'fragments');
  const streams = input.streams;
  const outputs = streams.map((stream) => {
    const copy = output.newStream(null);
    mustWork(stream.codecpar.copy(copy.codecpar), 'copy stream');
    copy.codecpar.codecTag = 0;
    copy.timeBase = stream.timeBase;
    copy.avgFrameRate = stream.avgFrameRate;
    return copy;
  });
  mustWork(output.openOutputSync(), 'open fragments');
  const movflags = '+cmaf+frag_keyframe+delay_moov+default_base_moof+skip_trailer';
  setOptions(output, { movflags, fflags: '+bitexact' });
  mustWork(output.writeHeaderSync(null), 'fragment header');
  const packet = new Packet();
  packet.alloc();
  const starts: number[] = [];
  while (input.readFrameSync(packet) >= 0) {
    const from = streams[packet.streamIndex];
    const to = outputs[packet.streamIndex];
    if (!from || !to) throw new Error('a packet of no stream');
    if (from.codecpar.codecType === AVMEDIA_TYPE_VIDEO && packet.isKeyframe)
      starts.push(seconds(packet.pts, from.timeBase));
    packet.rescaleTs(from.timeBase, to.timeBase);
    packet.pos = -1n;
    mustWork(output.interleavedWriteFrameSync(packet), 'write fragment');
    packet.unref();
  }
  mustWork(output.writeTrailerSync(), 'fragment trailer');
  output.closeOutputSync();
  output.freeContext();
  input.closeInputSync();
  packet.free();
  return starts;
}

/** Top-level boxes: all before the first `moof` is the start, each `moof` with what follows it one fragment. */
export function readFragments(path: string): { init: ByteRange; fragments: ByteRange[] } {
  const size = statSync(path).size;
  const file = openSync(path, 'r');
  const head = Buffer.alloc(16);
  const fragments: ByteRange[] = [];
  let init = 0;
  try {
    for (let offset = 0; offset < size; ) {
      readSync(file, head, 0, 16, offset);
      const type = head.toString('latin1', 4, 8);
      const short = head.readUInt32BE(0);
      const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
      if (length < 8) throw new Error(`box ${type} of ${length} bytes in a file of ours`);
      if (type === 'moof') fragments.push({ offset, length });
      else if (type === 'mfra') break;
      else if (fragments.length > 0) (fragments.at(-1) as ByteRange).length += length;
      else init = offset + length;
      offset += length;
    }
  } finally {
    closeSync(file);
  }
  return { init: { offset: 0, length: init }, fragments };
}
