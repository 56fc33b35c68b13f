/** Encoders, set the way browsers and phones want them. Traps met: the default bit rate fights CRF, thread
 * counts start at 1, profile, level and colour tags are not set by themselves. */

import {
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_PROFILE_AAC_LOW,
  AV_PROFILE_H264_HIGH,
  AV_SAMPLE_FMT_FLTP,
} from 'node-av/constants';
import { avChannelLayoutDefault, Codec, CodecContext, type Frame, type Packet, Rational } from 'node-av/lib';
import { mustWork, setOptions } from './ffmpeg.ts';
import { h264Level, type RungPlan } from './rungs.ts';
import { soundRate } from './sound.ts';

export type PacketTaker = (packet: Packet, context: CodecContext) => void;

export function openVideoEncoder(plan: RungPlan, threads: number): CodecContext {
  const codec = Codec.findEncoderByName((plan.codec === 'h264' ? 'libx264' : 'libsvtav1') as never);
  if (!codec) throw new Error(`no encoder for ${plan.codec}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = plan.width;
  context.height = plan.height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(plan.rate.den, plan.rate.num);
  context.framerate = new Rational(plan.rate.num, plan.rate.den);
  context.sampleAspectRatio = new Rational(1, 1);
  context.colorRange = 1 as typeof context.colorRange;
  context.colorPrimaries = 1 as typeof context.colorPrimaries;
  context.colorTrc = 1 as typeof context.colorTrc;
  context.colorSpace = 1 as typeof context.colorSpace;
  context.bitRate = 0n;
  context.rcMaxRate = BigInt(plan.maxBitrate);
  context.gopSize = plan.gopFrames;
  context.threadCount = threads;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_CLOSED_GOP);
  let options: Record<string, string>;
  if (plan.codec === 'h264') {
    context.rcBufferSize = plan.maxBitrate * 2;
    context.profile = AV_PROFILE_H264_HIGH;
    context.level = h264Level(plan);
    // Key frames only where every rung has one: segments of HLS start there.
    const params = `keyint=${plan.gopFrames}:min-keyint=${plan.gopFrames}:scenecut=0:open-gop=0`;
    options = { preset: 'veryfast', crf: String(plan.crf), 'x264-params': params };
  } else {
    options = { preset: '10', crf: String(plan.crf), 'svtav1-params': `lp=${threads}:scd=0` };
  }
  setOptions(context, options);
  mustWork(context.open2Sync(codec, null), `open ${codec.name}`);
  return context;
}

export function openSoundEncoder(): CodecContext {
  const codec = Codec.findEncoderByName('aac' as never);
  if (!codec) throw new Error('no encoder for AAC');
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = soundRate;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = avChannelLayoutDefault(2);
  context.timeBase = new Rational(1, soundRate);
  context.bitRate = 128_000n;
  context.profile = AV_PROFILE_AAC_LOW;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  mustWork(context.open2Sync(codec, null), 'open aac');
  return context;
}

/** Sends one frame (`null`: the end) and hands on the packets that fall out. */
export function encode(context: CodecContext, frame: Frame | null, packet: Packet, take: PacketTaker): void {
  mustWork(context.sendFrameSync(frame), 'encode');
  while (context.receivePacketSync(packet) >= 0) {
    take(packet, context);
    packet.unref();
  }
}
