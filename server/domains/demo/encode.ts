/** Pictures and samples into one faststart MP4 that is already the platform's 540 rendition: H.264 crf 26, yuv420p,
 * TV range, BT.709, a key frame every 2 s, closed GOP, constant 30 a second; AAC stereo 48 kHz.
 * Knows no scene. Both streams are interleaved here by time, so that the file plays while it loads. */
import { Encoder, FilterAPI, Muxer } from 'node-av/api';
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_PIX_FMT_RGBA,
  AV_PROFILE_H264_HIGH,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Frame, type Packet, Rational } from 'node-av/lib';
import { HEIGHT, WIDTH } from './drawing/shapes.ts';
import { FRAME_RATE } from './frames.ts';

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

export async function encodeMp4(
  outPath: string,
  pictures: AsyncIterable<Buffer>,
  sound: Stereo,
  onFrame: (frames: number) => void,
): Promise<void> {
  const toVideo = FilterAPI.create(
    'scale=out_color_matrix=bt709:out_range=tv:flags=fast_bilinear,format=yuv420p,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
    { framerate: { num: FRAME_RATE, den: 1 }, threads: 1 },
  );
  const video = await Encoder.create(FF_ENCODER_LIBX264, {
    filter: toVideo,
    // CRF asks for a bit rate of zero; node-av would set 1 Mb/s. Flat drawing needs no more than superfast.
    context: {
      bitRate: 0,
      gopSize: FRAME_RATE * 2,
      threadCount: 2,
      profile: AV_PROFILE_H264_HIGH,
      level: 31,
    },
    configure: (codec) => {
      codec.framerate = new Rational(FRAME_RATE, 1);
      codec.setFlags(AV_CODEC_FLAG_CLOSED_GOP);
    },
    options: {
      preset: 'superfast',
      crf: 26,
      'x264-params': 'open-gop=0:sliced-threads=0:rc-lookahead=0:bframes=2:b-adapt=0:scenecut=0',
    },
  });
  const audio = await Encoder.create(FF_ENCODER_AAC, { context: { bitRate: 96_000, threadCount: 1 } });
  const muxer = await Muxer.open(outPath, { format: 'mp4', options: { movflags: '+faststart' } });
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
    let shown = 0;
    const send = async (frame: Frame | null) => {
      for (const packet of await video.encodeAll(frame)) {
        await soundUntil(Number(packet.dts) / FRAME_RATE);
        await muxer.writePacket(packet, videoStream);
        packet.free();
      }
    };
    // A held picture is converted once and sent again with the next time stamp.
    let lastPicture: Buffer | undefined;
    let converted: Frame | undefined;
    for await (const picture of pictures) {
      if (picture !== lastPicture || !converted) {
        converted?.free();
        using frame = Frame.fromVideoBuffer(picture, {
          width: WIDTH,
          height: HEIGHT,
          format: AV_PIX_FMT_RGBA,
          timeBase: { num: 1, den: FRAME_RATE },
          sampleAspectRatio: { num: 1, den: 1 },
          pts: BigInt(shown),
        });
        converted = (await toVideo.processAll(frame))[0]!;
        lastPicture = picture;
      }
      using again = converted.clone()!;
      again.pts = BigInt(shown++);
      again.duration = 1n;
      await send(again);
      onFrame(shown);
    }
    converted?.free();
    await send(null);
    await soundUntil(Number.POSITIVE_INFINITY);
    await muxer.close();
  } finally {
    await muxer.close();
    video.close();
    audio.close();
    toVideo.close();
  }
}
