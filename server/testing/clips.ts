/** Clips for tests, painted and encoded by our own code, so that no media file lives in the repository and every
 * frame is known (no AV1: its encoder leaves the calling process in real-time scheduling when it is root;
 * the engine's stage C makes such clips in a process of its own). Its number stands in twelve black and white blocks across the middle, its corners are red
 * (top left), green (top right), blue (bottom left) and grey. Knows FFmpeg's interface, nothing of the engine. */

import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_LOG_QUIET,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AV_PIX_FMT_YUV422P10LE,
  AV_PIX_FMT_YUVJ420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
} from 'node-av/constants';
import {
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
  Rational,
} from 'node-av/lib';

export type ClipCodec = 'h264' | 'hevc' | 'vp8' | 'vp9' | 'mpeg4' | 'mjpeg' | 'prores';
export type ClipSound = {
  /** `beat`: tone and noise in turns of a quarter of a second. `clap`: a short tone, then silence, twice a second. */
  kind: 'sine' | 'noise' | 'beat' | 'clap' | 'silence';
  /** Peak of the waveform in dB under full scale. */
  levelDb: number;
  channels?: number;
  sampleRate?: number;
  codec?: 'aac' | 'libopus' | 'pcm_s16le' | 'libmp3lame';
  /** Starts later than the picture. */
  startMs?: number;
  /** Where it ends; with the picture when left out. */
  endMs?: number;
};
export type ClipOptions = {
  width: number;
  height: number;
  /** Frames per second as a fraction. */
  fps: [num: number, den: number];
  durationMs: number;
  codec?: ClipCodec;
  container?: 'mp4' | 'mov' | 'matroska' | 'webm' | 'avi' | 'mpegts' | 'ogg' | 'flv';
  sound?: ClipSound | null;
  /** No picture stream at all. */
  picture?: boolean;
  /** Clockwise turn written into the container. */
  rotation?: 0 | 90 | 180 | 270;
  mirrored?: boolean;
  fullRange?: boolean;
  hdr?: 'pq' | 'hlg' | null;
  /** Says that its colours are BT.709, as browsers do; else it says nothing. */
  tagged?: boolean;
  pixelAspect?: [num: number, den: number];
  /** Own time for each frame (milliseconds, rising) instead of a constant rate. */
  frameTimesMs?: number[];
  gopFrames?: number;
  bFrames?: number;
  /** Leaves out so many packets at the start, among them the first key frame. */
  dropFirstPackets?: number;
  faststart?: boolean;
  bitrate?: number;
  /** Speed of the H.264 encoder; the default is the fastest and simplest to decode. */
  preset?: string;
  /** Paints a frame; default: the numbered test card. The chroma planes come filled with 128. */
  paint?: (planes: ClipPlanes, width: number, height: number, index: number) => void;
};

export type ClipPlanes = { luma: Uint8Array; cb: Uint8Array; cr: Uint8Array };

const videoEncoders: Record<ClipCodec, { name: string; options: Record<string, string> }> = {
  h264: { name: 'libx264', options: { preset: 'ultrafast', crf: '18' } },
  hevc: {
    name: 'libx265',
    options: { preset: 'ultrafast', 'x265-params': 'log-level=none:pools=1:frame-threads=1' },
  },
  vp8: { name: 'libvpx', options: { deadline: 'realtime', 'cpu-used': '8' } },
  vp9: { name: 'libvpx-vp9', options: { deadline: 'realtime', 'cpu-used': '8' } },
  mpeg4: { name: 'mpeg4', options: {} },
  mjpeg: { name: 'mjpeg', options: {} },
  prores: { name: 'prores_ks', options: {} },
};

const numberBits = 12;

// Encoders tell their life stories to the terminal otherwise.
Log.setLevel(AV_LOG_QUIET);

export async function makeClip(path: string, options: ClipOptions): Promise<void> {
  const output = new FormatContext();
  must(output.allocOutputContext2(null, options.container ?? 'mp4', path), 'allocate');
  const video = options.picture === false ? null : openVideo(options);
  const audio = options.sound ? openAudio(options.sound) : null;
  const videoStream = video ? addStream(output, video) : null;
  const audioStream = audio ? addStream(output, audio) : null;
  if (video && videoStream) {
    videoStream.avgFrameRate = video.framerate;
    videoStream.sampleAspectRatio = video.sampleAspectRatio;
    if (options.rotation || options.mirrored) {
      const matrix = displayMatrix(options.rotation ?? 0, options.mirrored ?? false);
      must(videoStream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, matrix), 'rotation');
    }
  }
  must(output.openOutputSync(), 'open');
  must(output.setOption('fflags', '+bitexact'), 'flags');
  if (options.faststart !== false && ['mp4', 'mov'].includes(options.container ?? 'mp4')) {
    must(output.setOption('movflags', '+faststart'), 'faststart');
  }
  must(output.writeHeaderSync(null), 'header');

  const packet = new Packet();
  packet.alloc();
  let dropped = 0;
  const write = (context: CodecContext, index: number, base: Rational, drop: number) => {
    while (context.receivePacketSync(packet) >= 0) {
      if (drop > dropped) {
        dropped++;
      } else {
        packet.streamIndex = index;
        if (packet.duration === 0n && context === video && !options.frameTimesMs) packet.duration = 1n;
        packet.rescaleTs(context.timeBase, base);
        must(output.interleavedWriteFrameSync(packet), 'write');
      }
      packet.unref();
    }
  };
  const frameCount =
    options.frameTimesMs?.length ??
    Math.round((options.durationMs / 1000) * (options.fps[0] / options.fps[1]));
  const sound =
    audio && options.sound
      ? soundFrames(options.sound, audio, options.sound.endMs ?? options.durationMs)
      : [];
  const soundStep = video ? sound.length / frameCount : sound.length;
  let sounded = 0;
  for (let index = 0; index < Math.max(1, video ? frameCount : 1); index++) {
    if (video && videoStream) {
      const frame = paintFrame(options, video, index);
      frame.pts = BigInt(options.frameTimesMs ? Math.round(options.frameTimesMs[index] as number) : index);
      must(video.sendFrameSync(frame), 'encode');
      frame.free();
      write(video, videoStream.index, videoStream.timeBase, options.dropFirstPackets ?? 0);
    }
    for (; audio && audioStream && sounded < (index + 1) * soundStep; sounded++) {
      const frame = sound[sounded]?.();
      if (!frame) break;
      must(audio.sendFrameSync(frame), 'encode sound');
      frame.free();
      write(audio, audioStream.index, audioStream.timeBase, 0);
    }
    if (index % 30 === 29) await new Promise((resolve) => setImmediate(resolve));
  }
  for (const [context, stream] of [
    [video, videoStream],
    [audio, audioStream],
  ] as const) {
    if (!context || !stream) continue;
    context.sendFrameSync(null);
    write(context, stream.index, stream.timeBase, 0);
  }
  must(output.writeTrailerSync(), 'trailer');
  output.closeOutputSync();
  output.freeContext();
  packet.free();
  video?.freeContext();
  audio?.freeContext();
}

function must(returned: number, step: string): number {
  if (returned < 0) throw new Error(`clip: ${step}: ${new FFmpegError(returned).message}`);
  return returned;
}

function addStream(output: FormatContext, context: CodecContext) {
  const stream = output.newStream(null);
  must(context.parametersFromContext(stream.codecpar), 'stream');
  stream.timeBase = context.timeBase;
  return stream;
}

function openVideo(options: ClipOptions): CodecContext {
  const encoder = videoEncoders[options.codec ?? 'h264'];
  const codec = Codec.findEncoderByName(encoder.name as never);
  if (!codec) throw new Error(`clip: no encoder ${encoder.name}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = options.width;
  context.height = options.height;
  context.pixelFormat = pixelFormat(options);
  context.timeBase = options.frameTimesMs
    ? new Rational(1, 1000)
    : new Rational(options.fps[1], options.fps[0]);
  context.framerate = new Rational(...options.fps);
  context.gopSize = options.gopFrames ?? 30;
  context.maxBFrames = options.bFrames ?? 0;
  context.threadCount = 1;
  context.bitRate = BigInt(options.bitrate ?? ((options.codec ?? 'h264') === 'h264' ? 0 : 1_500_000));
  if (options.pixelAspect) context.sampleAspectRatio = new Rational(...options.pixelAspect);
  if (options.fullRange) context.colorRange = 2 as never;
  if (options.tagged) {
    context.colorPrimaries = 1 as never;
    context.colorTrc = 1 as never;
    context.colorSpace = 1 as never;
  }
  if (options.hdr) {
    context.colorRange = 1 as never;
    context.colorPrimaries = 9 as never;
    context.colorTrc = (options.hdr === 'pq' ? 16 : 18) as never;
    context.colorSpace = 9 as never;
  }
  if (!['avi', 'mpegts'].includes(options.container ?? 'mp4')) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  for (const [name, value] of Object.entries(encoder.options)) {
    if (name === 'crf' && options.bitrate) continue;
    must(context.setOption(name, name === 'preset' && options.preset ? options.preset : value), name);
  }
  must(context.open2Sync(codec, null), `open ${encoder.name}`);
  return context;
}

function pixelFormat(options: ClipOptions) {
  if (options.codec === 'prores') return AV_PIX_FMT_YUV422P10LE;
  if (options.hdr) return AV_PIX_FMT_YUV420P10LE;
  return options.codec === 'mjpeg' ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
}

function openAudio(sound: ClipSound): CodecContext {
  const name = sound.codec ?? 'aac';
  const codec = Codec.findEncoderByName(name as never);
  if (!codec) throw new Error(`clip: no encoder ${name}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = sound.sampleRate ?? 48_000;
  context.channelLayout = avChannelLayoutDefault(sound.channels ?? 2);
  context.sampleFormat = sampleFormat(name);
  context.timeBase = new Rational(1, context.sampleRate);
  context.bitRate = 160_000n;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  must(context.open2Sync(codec, null), `open ${name}`);
  return context;
}

const sampleFormat = (codec: string) =>
  codec === 'pcm_s16le' ? AV_SAMPLE_FMT_S16 : codec === 'libopus' ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;

/** Makers of the sound's frames, so that memory holds one at a time. */
function soundFrames(sound: ClipSound, context: CodecContext, durationMs: number): Array<() => Frame> {
  const { sampleRate } = context;
  const channels = sound.channels ?? 2;
  const size = context.frameSize || 1024;
  const startSamples = Math.round(((sound.startMs ?? 0) / 1000) * sampleRate);
  const total = Math.round((durationMs / 1000) * sampleRate) - startSamples;
  const peak = 10 ** (sound.levelDb / 20);
  const random = lcg(7);
  const sample = (at: number) => {
    if (sound.kind === 'silence') return 0;
    const tone = Math.sin((2 * Math.PI * 997 * at) / sampleRate);
    if (sound.kind === 'sine') return peak * tone;
    if (sound.kind === 'clap') return at % (sampleRate / 2) < sampleRate / 40 ? peak * tone : 0;
    const noise = random() * 2 - 1;
    if (sound.kind === 'noise') return peak * noise;
    return peak * (Math.floor((at * 4) / sampleRate) % 2 ? noise : tone);
  };
  return Array.from({ length: Math.max(0, Math.ceil(total / size)) }, (_, block) => () => {
    const count = Math.min(size, total - block * size);
    const values = Float32Array.from({ length: count }, (_, index) => sample(block * size + index));
    const format = context.sampleFormat;
    const bytes =
      format === AV_SAMPLE_FMT_S16 ? new Int16Array(count * channels) : new Float32Array(count * channels);
    for (let index = 0; index < count; index++) {
      for (let channel = 0; channel < channels; channel++) {
        const value = values[index] as number;
        if (format === AV_SAMPLE_FMT_FLTP) bytes[channel * count + index] = value;
        else
          bytes[index * channels + channel] =
            format === AV_SAMPLE_FMT_S16 ? Math.round(value * 32767) : value;
      }
    }
    return Frame.fromAudioBuffer(Buffer.from(bytes.buffer), {
      nbSamples: count,
      format,
      sampleRate,
      channelLayout: avChannelLayoutDefault(channels),
      timeBase: { num: 1, den: sampleRate },
      pts: BigInt(startSamples + block * size),
    });
  });
}

function paintFrame(options: ClipOptions, context: CodecContext, index: number): Frame {
  const { width, height } = options;
  const chromaWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const chromaHeight = options.codec === 'prores' ? height : halfHeight;
  const luma = new Uint8Array(width * height);
  const cb = new Uint8Array(chromaWidth * chromaHeight).fill(128);
  const cr = new Uint8Array(chromaWidth * chromaHeight).fill(128);
  if (options.paint) {
    options.paint({ luma, cb, cr }, width, height, index);
  } else {
    paintCard(luma, width, height, index);
    paintCorners(luma, cb, cr, width, height, chromaWidth, chromaHeight);
  }
  const planes = Buffer.concat([luma, cb, cr]);
  const deep = options.hdr || options.codec === 'prores';
  const pixels = deep ? Buffer.from(Uint16Array.from(planes, (value) => value << 2).buffer) : planes;
  const frame = Frame.fromVideoBuffer(pixels, {
    width,
    height,
    format: context.pixelFormat,
    timeBase: context.timeBase,
    pts: BigInt(index),
  });
  if (options.fullRange) frame.colorRange = 2 as never;
  return frame;
}

/** A grey ramp that drifts, with the frame's number in the middle. */
function paintCard(luma: Uint8Array, width: number, height: number, index: number): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) luma[y * width + x] = 60 + ((x + y + index * 3) % 120);
  }
  const [top, bottom] = [Math.floor(height * 0.4), Math.floor(height * 0.6)];
  for (let bit = 0; bit < numberBits; bit++) {
    const value = (index >> bit) & 1 ? 220 : 30;
    const [left, right] = [Math.floor((width * (bit + 2)) / 16), Math.floor((width * (bit + 3)) / 16)];
    for (let y = top; y < bottom; y++) luma.fill(value, y * width + left, y * width + right);
  }
}

/** Corner colours as BT.601 code values in television range. */
const corners = [
  { x: 0, y: 0, colour: [81, 90, 240] },
  { x: 1, y: 0, colour: [145, 54, 34] },
  { x: 0, y: 1, colour: [41, 240, 110] },
  { x: 1, y: 1, colour: [126, 128, 128] },
] as const;

function paintCorners(
  luma: Uint8Array,
  cb: Uint8Array,
  cr: Uint8Array,
  width: number,
  height: number,
  chromaWidth: number,
  chromaHeight: number,
): void {
  const box = (plane: Uint8Array, w: number, h: number, right: number, low: number, value: number) => {
    const [left, top] = [right ? Math.ceil(w * 0.8) : 0, low ? Math.ceil(h * 0.8) : 0];
    for (let y = top; y < (low ? h : h * 0.2); y++)
      plane.fill(value, y * w + left, y * w + (right ? w : Math.floor(w * 0.2)));
  };
  for (const { x, y, colour } of corners) {
    box(luma, width, height, x, y, colour[0]);
    box(cb, chromaWidth, chromaHeight, x, y, colour[1]);
    box(cr, chromaWidth, chromaHeight, x, y, colour[2]);
  }
}

/** ISO/IEC 14496-12 transformation matrix: a turn clockwise, after a mirroring left to right. */
export function displayMatrix(rotation: number, mirrored: boolean): Buffer {
  const radians = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.round(Math.cos(radians)), Math.round(Math.sin(radians))];
  const sign = mirrored ? -1 : 1;
  const matrix = Buffer.alloc(36);
  const set = (index: number, value: number) => matrix.writeInt32LE(value * 65536, index * 4);
  set(0, cos * sign);
  set(1, sin * sign);
  set(3, -sin);
  set(4, cos);
  matrix.writeInt32LE(1 << 30, 32);
  return matrix;
}

export function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The number painted into a decoded upright picture (see `paintCard`). */
export function readFrameNumber(luma: Uint8Array, stride: number, width: number, height: number): number {
  let number = 0;
  const row = Math.floor(height / 2) * stride;
  for (let bit = 0; bit < numberBits; bit++) {
    if ((luma[row + Math.floor((width * (bit + 2.5)) / 16)] as number) > 125) number |= 1 << bit;
  }
  return number;
}
