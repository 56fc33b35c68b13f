/** Pictures and samples into one faststart MP4 that is already the platform's 540 rendition: H.264 crf 26, yuv420p,
 * TV range, BT.709, a key frame every 2 s, closed GOP, a constant rate; AAC stereo 48 kHz.
 * Knows no scene. Both streams are interleaved here by time, so that the file plays while it loads. */
import { Encoder, Muxer } from 'node-av/api';
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_PIX_FMT_YUV420P,
  AV_PROFILE_H264_HIGH,
  AV_SAMPLE_FMT_FLTP,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Frame, type Packet, Rational } from 'node-av/lib';
import { HEIGHT, WIDTH } from './drawing/shapes.ts';

export const SAMPLE_RATE = 48_000;
const AUDIO_CHUNK = 1024;

export type Stereo = { left: Float32Array; right: Float32Array };

async function encodeSound(encoder: Encoder, sound: Stereo): Promise<Packet[]> {
  const packets: Packet[] = [];
  for (let at = 0; at < sound.left.length; at += AUDIO_CHUNK) {
    const count = Math.min(AUDIO_CHUNK, sound.left.length - at);
    const planes = new Float32Array(count * 2);
    planes.set(sound.left.subarray(at, at + count));
    planes.set(sound.right.subarray(at, at + count), count);
    using frame = Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
      nbSamples: count,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: SAMPLE_RATE,
      channelLayout: AV_CHANNEL_LAYOUT_STEREO,
      timeBase: { num: 1, den: SAMPLE_RATE },
      pts: BigInt(at),
    });
    packets.push(...(await encoder.encodeAll(frame)));
  }
  packets.push(...(await encoder.encodeAll(null)));
  return packets;
}

const frameOf = (planes: Uint8Array, rate: number) => {
  const frame = Frame.fromVideoBuffer(Buffer.from(planes.buffer, planes.byteOffset, planes.byteLength), {
    width: WIDTH,
    height: HEIGHT,
    format: AV_PIX_FMT_YUV420P,
    timeBase: { num: 1, den: rate },
    sampleAspectRatio: { num: 1, den: 1 },
  });
  frame.duration = 1n;
  frame.colorRange = AVCOL_RANGE_MPEG;
  frame.colorSpace = AVCOL_SPC_BT709;
  frame.colorPrimaries = AVCOL_PRI_BT709;
  frame.colorTrc = AVCOL_TRC_BT709;
  return frame;
};

export type Video = {
  /** YUV 4:2:0 planes one behind the other; the same object again is not copied again. */
  pictures: AsyncIterable<Uint8Array>;
  /** Pictures a second. */
  rate: number;
  /** Half the time for twice the bytes. */
  hurried: boolean;
};

export async function encodeMp4(
  outPath: string,
  { pictures, rate, hurried }: Video,
  sound: Stereo,
  onPicture: (pictures: number) => void,
): Promise<void> {
  const video = await Encoder.create(FF_ENCODER_LIBX264, {
    // CRF asks for a bit rate of zero; node-av would set 1 Mb/s.
    context: { bitRate: 0, gopSize: rate * 2, threadCount: 1, profile: AV_PROFILE_H264_HIGH, level: 31 },
    configure: (codec) => {
      codec.framerate = new Rational(rate, 1);
      codec.setFlags(AV_CODEC_FLAG_CLOSED_GOP);
    },
    options: hurried
      ? {
          preset: 'superfast',
          crf: 26,
          'x264-params': 'open-gop=0:rc-lookahead=0:bframes=2:b-adapt=0:scenecut=0',
        }
      : { preset: 'veryfast', crf: 26, 'x264-params': 'open-gop=0:rc-lookahead=10:scenecut=0' },
  });
  const audio = await Encoder.create(FF_ENCODER_AAC, {
    context: { bitRate: 96_000, threadCount: 1 },
    options: { aac_coder: 'fast' },
  });
  const muxer = await Muxer.open(outPath, { format: 'mp4', options: { movflags: '+faststart' } });
  let frame: Frame | undefined;
  try {
    const videoStream = muxer.addStream(video);
    const audioStream = muxer.addStream(audio);
    const soundPackets = await encodeSound(audio, sound);
    let nextSound = 0;
    const soundUntil = async (seconds: number) => {
      for (; nextSound < soundPackets.length; nextSound++) {
        const packet = soundPackets[nextSound]!;
        if (Number(packet.dts) / SAMPLE_RATE > seconds) return;
        await muxer.writePacket(packet, audioStream);
        packet.free();
      }
    };
    const send = async (picture: Frame | null) => {
      for (const packet of await video.encodeAll(picture)) {
        await soundUntil(Number(packet.dts) / rate);
        await muxer.writePacket(packet, videoStream);
        packet.free();
      }
    };
    let shown = 0;
    let last: Uint8Array | undefined;
    for await (const picture of pictures) {
      if (picture !== last || !frame) {
        frame?.free();
        frame = frameOf(picture, rate);
        last = picture;
      }
      using again = frame.clone()!;
      again.pts = BigInt(shown++);
      await send(again);
      onPicture(shown);
    }
    await send(null);
    await soundUntil(Number.POSITIVE_INFINITY);
  } finally {
    frame?.free();
    await muxer.close();
    video.close();
    audio.close();
  }
}
