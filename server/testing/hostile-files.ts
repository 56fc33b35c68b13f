/** Files that a stranger might send, by name: each builder writes one file and says what is right to come of it.
 * `refusal`: the codes that are a clear answer. `rendition`: it must become a whole video (with so many frames,
 * where the number is certain). Nothing here knows the engine. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Codec, CodecContext, FormatContext, Frame, Packet, Rational } from 'node-av/lib';
import { type ClipOptions, lcg, makeClip } from './clips.ts';

export type HostileCase = {
  file: string;
  make: (path: string, context: HostileContext) => Promise<void>;
} & ({ refusal: string[] } | { rendition: { frames?: number } } | { either: string[] });

/** A readable file outside and an address that must stay untouched. */
export type HostileContext = { canaryPath: string; canaryUrl: string };

const small: ClipOptions = { width: 160, height: 120, fps: [30, 1], durationMs: 1000, gopFrames: 10 };
const withSound: ClipOptions = { ...small, sound: { kind: 'sine', levelDb: -12 } };

const text = (write: (context: HostileContext) => string) => (path: string, context: HostileContext) =>
  writeFile(path, write(context));

/** A clip, changed in its bytes. */
const changed =
  (options: ClipOptions, change: (bytes: Buffer) => Buffer | Promise<Buffer>) => async (path: string) => {
    await makeClip(path, options);
    await writeFile(path, await change(await readFile(path)));
  };

export const hostileFiles: Record<string, HostileCase> = {
  'an empty file': { file: 'empty.mp4', make: text(() => ''), refusal: ['empty_file'] },
  'one byte': { file: 'one.mp4', make: text(() => 'x'), refusal: ['not_a_video'] },
  'a file of zeros': {
    file: 'zeros.mp4',
    make: (path) => writeFile(path, Buffer.alloc(100_000)),
    refusal: ['not_a_video'],
  },
  'random bytes': {
    file: 'random.mp4',
    make: (path) => writeFile(path, randomBytes(200_000)),
    refusal: ['not_a_video', 'broken_file'],
  },
  'a page named .mp4': {
    file: 'page.mp4',
    make: text(() => '<!doctype html><script>1</script>'),
    refusal: ['not_a_video'],
  },
  'a video named .txt': {
    file: 'video.txt',
    make: changed(withSound, (bytes) => bytes),
    rendition: { frames: 30 },
  },
  'an MP4 cut in half': {
    file: 'half.mp4',
    make: changed(withSound, (bytes) => bytes.subarray(0, bytes.length / 2)),
    refusal: ['broken_file'],
  },
  'an MP4 whose index was at the lost end': {
    file: 'no-index.mp4',
    make: changed({ ...withSound, faststart: false }, (bytes) => bytes.subarray(0, bytes.length * 0.8)),
    refusal: ['broken_file'],
  },
  'a Matroska cut at a third': {
    file: 'third.mkv',
    make: changed({ ...small, durationMs: 4000, container: 'matroska' }, (bytes) =>
      bytes.subarray(0, bytes.length / 3),
    ),
    refusal: ['broken_file'],
  },
  'only the first kilobyte': {
    file: 'head.mp4',
    make: changed(withSound, (bytes) => bytes.subarray(0, 1024)),
    refusal: ['broken_file'],
  },
  'an MP4 with its picture data overwritten': {
    file: 'noise.mp4',
    make: changed(small, (bytes) => {
      const from = bytes.indexOf('mdat') + 4;
      randomBytes(bytes.length - from).copy(bytes, from);
      return bytes;
    }),
    refusal: ['broken_file'],
  },
  'an MP4 with a page behind it': {
    file: 'tail.mp4',
    make: changed(withSound, (bytes) =>
      Buffer.concat([bytes, Buffer.from('<html><script>alert(1)</script>')]),
    ),
    rendition: { frames: 30 },
  },
  'an MP4 that is also an archive': {
    file: 'archive.mp4',
    make: changed(withSound, (bytes) => Buffer.concat([bytes, emptyZip])),
    rendition: { frames: 30 },
  },
  'a page in the first box': {
    file: 'free.mp4',
    make: changed(withSound, (bytes) => {
      const page = box('free', Buffer.from('<html><script>alert(1)</script>'));
      return Buffer.concat([page, shiftChunks(bytes, page.length)]);
    }),
    rendition: { frames: 30 },
  },
  'a GIF that is also a page': {
    file: 'gif.mp4',
    make: text(() => 'GIF89a/*<html><script>*/=1;'),
    refusal: ['not_a_video'],
  },
  'a picture of 16384 pixels, declared only': {
    file: 'declared.mp4',
    make: changed(small, (bytes) => {
      const entry = bytes.indexOf('avc1', bytes.indexOf('stsd')) + 4;
      bytes.writeUInt16BE(16384, entry + 24);
      bytes.writeUInt16BE(16384, entry + 26);
      return bytes;
    }),
    either: ['too_large_picture', 'broken_file'],
  },
  'a picture of 16384 pixels': {
    file: 'wide.mp4',
    make: (path) =>
      makeClip(path, {
        ...small,
        width: 16384,
        height: 1024,
        durationMs: 300,
        fps: [10, 1],
        paint: () => {},
      }),
    refusal: ['too_large_picture'],
  },
  'a thousand streams': {
    file: 'streams.mov',
    make: (path) => manyStreams(path, 1000),
    refusal: ['too_many_streams'],
  },
  'more streams than can be opened': {
    file: 'more.mov',
    make: (path) => manyStreams(path, 1500),
    refusal: ['too_many_streams'],
  },
  'ten hours by its header, one second in truth': {
    file: 'hours.mp4',
    make: changed(small, (bytes) => {
      const movie = bytes.indexOf('mvhd') + 4;
      bytes.writeUInt32BE(bytes.readUInt32BE(movie + 12) * 36_000, movie + 16);
      const media = bytes.indexOf('mdhd') + 4;
      bytes.writeUInt32BE(bytes.readUInt32BE(media + 12) * 36_000, media + 16);
      return bytes;
    }),
    either: ['too_long', 'broken_file'],
  },
  'thirty pictures that last twenty minutes each': {
    file: 'slow.mp4',
    make: changed(small, (bytes) => {
      const table = bytes.indexOf('stts') + 4;
      bytes.writeUInt32BE(bytes.readUInt32BE(bytes.indexOf('mdhd') + 16) * 1200, table + 12);
      return bytes;
    }),
    refusal: ['too_long'],
  },
  'one second by its header, two minutes in truth': {
    file: 'lie.mkv',
    make: changed({ ...small, fps: [5, 1], durationMs: 120_000, container: 'matroska' }, (bytes) => {
      const at = bytes.indexOf(Buffer.from([0x44, 0x89, 0x88])); // Segment duration, eight bytes
      bytes.writeDoubleBE(1000, at + 3);
      return bytes;
    }),
    refusal: ['too_long'],
  },
  'a thousand frames a second': {
    file: 'rate.mp4',
    make: (path) => makeClip(path, { ...small, fps: [480, 1], durationMs: 500 }),
    refusal: ['frame_rate_too_high'],
  },
  'a single picture': {
    file: 'single.mp4',
    make: (path) => makeClip(path, { ...small, durationMs: 33 }),
    refusal: ['too_short'],
  },
  'sound without a picture': {
    file: 'sound.mp4',
    make: (path) => makeClip(path, { ...withSound, picture: false }),
    refusal: ['no_picture'],
  },
  'no key frame first': {
    file: 'late.mkv',
    make: (path) =>
      makeClip(path, { ...small, durationMs: 2000, container: 'matroska', dropFirstPackets: 4 }),
    rendition: {},
  },
  'an AVIF': { file: 'still.mp4', make: makeAvif, refusal: ['not_a_video'] },
  'an SVG': {
    file: 'drawing.mp4',
    make: text(
      ({ canaryUrl, canaryPath }) =>
        `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="${canaryUrl}"/><image href="file://${canaryPath}"/></svg>`,
    ),
    refusal: ['not_a_video'],
  },
  'an HLS playlist to the net': {
    file: 'net.m3u8',
    make: text(
      ({ canaryUrl }) => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${canaryUrl}/a.ts\n#EXT-X-ENDLIST\n`,
    ),
    refusal: ['not_a_video'],
  },
  'an HLS playlist to a file, named .mp4': {
    file: 'local.mp4',
    make: text(
      ({ canaryPath }) =>
        `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://${canaryPath}\n#EXT-X-ENDLIST\n`,
    ),
    refusal: ['not_a_video'],
  },
  'a concat script': {
    file: 'script.ffconcat',
    make: text(({ canaryPath }) => `ffconcat version 1.0\nfile '${canaryPath}'\n`),
    refusal: ['not_a_video'],
  },
  'a DASH manifest': {
    file: 'manifest.mp4',
    make: text(
      ({ canaryUrl }) =>
        `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><BaseURL>${canaryUrl}/</BaseURL><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"/></AdaptationSet></Period></MPD>`,
    ),
    refusal: ['not_a_video'],
  },
  'a session description': {
    file: 'session.sdp',
    make: text(
      () =>
        'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
    ),
    refusal: ['not_a_video'],
  },
  'a QuickTime file that refers to another file': {
    file: 'reference.mov',
    make: async (path, { canaryPath }) => {
      await makeClip(path, { ...small, container: 'mov' });
      await writeFile(path, withOutsideData(await readFile(path), canaryPath));
    },
    either: ['broken_file', 'no_picture'],
  },
};

/** Text that gives the canary away if it is ever read into an output. */
export const canaryText = 'KINORA-CANARY-7f3a91';

export async function writeHostileFile(
  name: string,
  directory: string,
  context: HostileContext,
): Promise<string> {
  const hostile = hostileFiles[name];
  if (!hostile) throw new Error(`no hostile file called ${name}`);
  const path = join(directory, hostile.file);
  await hostile.make(path, context);
  return path;
}

function randomBytes(length: number): Buffer {
  const random = lcg(5);
  return Buffer.from(Uint8Array.from({ length }, () => random() * 256));
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** Adds to every chunk offset of an MP4, for bytes that were put before it. */
function shiftChunks(bytes: Buffer, by: number): Buffer {
  for (let at = bytes.indexOf('stco'); at >= 0; at = bytes.indexOf('stco', at + 4)) {
    const count = bytes.readUInt32BE(at + 8);
    for (let entry = 0; entry < count; entry++) {
      const offset = at + 12 + entry * 4;
      bytes.writeUInt32BE(bytes.readUInt32BE(offset) + by, offset);
    }
  }
  return bytes;
}

/** An archive without entries: the end-of-directory record alone. */
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** Points the data reference of the track at another file: same size of boxes, a `free` box becomes the room. */
function withOutsideData(bytes: Buffer, path: string): Buffer {
  const at = bytes.indexOf('dref') - 4;
  const oldLength = bytes.readUInt32BE(at);
  const count = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);
  const url = Buffer.concat([Buffer.alloc(4), Buffer.from(`file://${path}\0`)]);
  const dref = box('dref', Buffer.concat([count, box('url ', url)]));
  const grown = dref.length - oldLength;
  const result = Buffer.concat([bytes.subarray(0, at), dref, bytes.subarray(at + oldLength)]);
  // Every box around it grows by as much, and the media data moves with the faststart index.
  for (const name of ['moov', 'trak', 'mdia', 'minf', 'dinf']) {
    const parent = result.lastIndexOf(name, at) - 4;
    result.writeUInt32BE(result.readUInt32BE(parent) + grown, parent);
  }
  return result;
}

async function manyStreams(path: string, count: number): Promise<void> {
  const output = new FormatContext();
  output.allocOutputContext2(null, 'mov', path);
  output.maxStreams = count + 1;
  const codec = Codec.findEncoderByName('pcm_s16le' as never);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = 8000;
  context.sampleFormat = 1 as never;
  context.timeBase = new Rational(1, 8000);
  context.channelLayout = { nbChannels: 1, order: 1, mask: 4n } as never;
  if (context.open2Sync(codec, null) < 0) throw new Error('hostile: open');
  for (let index = 0; index < count; index++) {
    const stream = output.newStream(null);
    context.parametersFromContext(stream.codecpar);
    stream.timeBase = context.timeBase;
  }
  if (output.openOutputSync() < 0 || output.writeHeaderSync(null) < 0) throw new Error('hostile: header');
  const packet = new Packet();
  packet.alloc();
  const frame = Frame.fromAudioBuffer(Buffer.alloc(200), {
    nbSamples: 100,
    format: 1 as never,
    sampleRate: 8000,
    channelLayout: context.channelLayout,
    timeBase: { num: 1, den: 8000 },
    pts: 0n,
  });
  context.sendFrameSync(frame);
  if (context.receivePacketSync(packet) < 0) throw new Error('hostile: packet');
  for (let index = 0; index < count; index++) {
    const copy = packet.clone() as Packet;
    copy.streamIndex = index;
    output.writeFrameSync(copy);
    copy.free();
  }
  output.writeTrailerSync();
  output.closeOutputSync();
  output.freeContext();
}

async function makeAvif(path: string): Promise<void> {
  await makeClip(path, { ...small, durationMs: 33, container: 'mp4' });
  const bytes = await readFile(path);
  bytes.write('avif', 8, 'latin1');
  bytes.write('avifmif1miaf', 16, 'latin1');
  await writeFile(path, bytes);
}
