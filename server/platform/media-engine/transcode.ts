/** One decode of a source feeds every rung: picture and sound in one reading, in step, each frame shaped once
 * per rung and sent for as many slots as it is shown. */

import { statSync } from 'node:fs';
import {
  AV_FRAME_DATA_CONTENT_LIGHT_LEVEL,
  AV_FRAME_DATA_MASTERING_DISPLAY_METADATA,
  AV_NOPTS_VALUE,
  AV_PICTURE_TYPE_NONE,
} from 'node-av/constants';
import { type CodecContext, Frame, Packet } from 'node-av/lib';
import { encode, openSoundEncoder, openVideoEncoder } from './encoders.ts';
import type { EngineLimits, Rendition } from './engine.types.ts';
import { rewind, type SourceReading } from './facts.ts';
import { Refused, seconds } from './ffmpeg.ts';
import { createFrameClock, type FrameClock, perSecond } from './frame-clock.ts';
import { createMp4, type Mp4File } from './mp4-file.ts';
import { createPictureShaper, type PictureShaper } from './picture.ts';
import type { RungPlan } from './rungs.ts';
import { createSoundShaper, type SoundShaper } from './sound.ts';
import { type OpenSource, openDecoder } from './source.ts';

export type TranscodeOrder = {
  source: OpenSource;
  reading: SourceReading;
  rungs: Array<{ plan: RungPlan; path: string }>;
  /** Filters that bring the sound to the target; `null`: no sound in the renditions. */
  soundChain: string | null;
  threads: number;
  limits: EngineLimits;
  /** Sees each shaped frame of the first rung with the slots it fills. */
  watch?: (frame: Frame, atSeconds: number, slots: number) => void;
  onProgress: (fraction: number) => void;
  /** Lets messages out; called now and then. */
  breathe: () => Promise<void>;
};

type Lane = {
  plan: RungPlan;
  clock: FrameClock;
  next: number;
  shaper: PictureShaper;
  encoder: CodecContext;
  file: Mp4File;
  path: string;
};

/** Fewer decoded pictures than this share of the packets: the file is damaged, not scratched. */
const leastDecodedShare = 0.8;

export async function transcode(order: TranscodeOrder): Promise<Rendition[]> {
  const { source, reading, threads, limits } = order;
  const packet = new Packet();
  packet.alloc();
  const encoded = new Packet();
  encoded.alloc();
  const decoded = new Frame();
  decoded.alloc();
  const durationSeconds = reading.endSeconds - reading.startSeconds;
  const soundEncoder = order.soundChain !== null && source.audio ? openSoundEncoder() : null;
  const lanes: Lane[] = order.rungs.map(({ plan, path }) => {
    const encoder = openVideoEncoder(plan, threads);
    return {
      plan,
      path,
      clock: createFrameClock(plan.rate, durationSeconds),
      next: 0,
      shaper: createPictureShaper(reading, plan, threads, limits),
      encoder,
      file: createMp4(path, encoder, soundEncoder),
    };
  });
  const sound = soundEncoder ? openSound(order, soundEncoder, lanes, encoded) : null;
  const decoder = openDecoder(source.video, threads, limits);

  let held: Frame | null = null;
  let heldAt = 0;
  let pictures = 0;
  /** Sends the held frame for every slot before `untilSeconds` (`null`: to the end). */
  const release = (untilSeconds: number | null) => {
    if (!held) return;
    for (const lane of lanes) {
      const { clock } = lane;
      const until =
        untilSeconds === null ? clock.totalSlots : Math.min(clock.totalSlots, clock.slotAt(untilSeconds));
      if (until <= lane.next) continue;
      const shaped = lane.shaper.shape(held);
      shaped.removeSideData(AV_FRAME_DATA_MASTERING_DISPLAY_METADATA);
      shaped.removeSideData(AV_FRAME_DATA_CONTENT_LIGHT_LEVEL);
      // The source's own picture types would force the same types on the encoder.
      shaped.pictType = AV_PICTURE_TYPE_NONE;
      shaped.keyFrame = 0;
      if (lane === lanes[0]) order.watch?.(shaped, lane.next / perSecond(lane.plan.rate), until - lane.next);
      for (; lane.next < until; lane.next++) {
        shaped.pts = BigInt(lane.next);
        shaped.duration = 1n;
        encode(lane.encoder, shaped, encoded, (out, context) => lane.file.write('video', out, context));
      }
    }
    order.onProgress((lanes[0] as Lane).next / (lanes[0] as Lane).clock.totalSlots);
  };
  const drainPictures = () => {
    while (decoder.receiveFrameSync(decoded) >= 0) {
      pictures++;
      const stamp = decoded.bestEffortTimestamp;
      const usual = heldAt + 1 / perSecond(reading.rate.rate);
      const at =
        stamp !== AV_NOPTS_VALUE
          ? seconds(stamp, source.video.timeBase) - reading.startSeconds
          : held
            ? usual
            : 0;
      if (held && at <= heldAt) {
        decoded.unref(); // time runs backwards: the held frame keeps its place
        continue;
      }
      release(at);
      held?.free();
      held = decoded.clone();
      heldAt = at;
      decoded.unref();
    }
  };

  rewind(source);
  let lastBreath = performance.now();
  while (source.format.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === source.video.index) {
      decoder.sendPacketSync(packet); // a damaged packet costs its picture; the share is judged at the end
      drainPictures();
    } else if (sound && packet.streamIndex === source.audio?.index) {
      sound.feed(packet);
    }
    packet.unref();
    if (performance.now() - lastBreath > 100) {
      await order.breathe();
      lastBreath = performance.now();
    }
  }
  decoder.sendPacketSync(null);
  drainPictures();
  if (pictures < reading.facts.frames * leastDecodedShare) {
    throw new Refused('broken_file', { step: 'decode', frames: reading.facts.frames, decoded: pictures });
  }
  release(null);
  sound?.end();
  for (const lane of lanes) {
    encode(lane.encoder, null, encoded, (out, context) => lane.file.write('video', out, context));
  }
  return lanes.map((lane) => describe(lane, lane.file.finish(), soundEncoder !== null));
}

export function openSound(
  order: Pick<TranscodeOrder, 'source' | 'reading' | 'soundChain' | 'limits'>,
  encoder: CodecContext,
  lanes: Pick<Lane, 'file'>[],
  encoded: Packet,
) {
  const { source, reading, limits } = order;
  if (!source.audio) throw new Error('no sound to open');
  const chain = [order.soundChain, 'asetnsamples=n=1024:p=0'].filter(Boolean).join(',');
  const shaper: SoundShaper = createSoundShaper(source, reading, chain);
  const decoder = openDecoder(source.audio, 1, limits);
  const frame = new Frame();
  frame.alloc();
  const write = (out: Packet, context: CodecContext) => {
    for (const lane of lanes) lane.file.write('audio', out, context);
  };
  const take = (shaped: Frame) => encode(encoder, shaped, encoded, write);
  const drain = () => {
    while (decoder.receiveFrameSync(frame) >= 0) {
      shaper.shape(frame, take);
      frame.unref();
    }
  };
  return {
    feed: (packet: Packet) => {
      decoder.sendPacketSync(packet);
      drain();
    },
    end: () => {
      decoder.sendPacketSync(null);
      drain();
      shaper.shape(null, take);
      encode(encoder, null, encoded, write);
      shaper.close();
    },
  };
}

function describe(lane: Lane, codecs: string, hasSound: boolean): Rendition {
  const { plan, clock } = lane;
  const bytes = statSync(lane.path).size;
  const durationSeconds = clock.totalSlots / perSecond(plan.rate);
  return {
    rung: plan.rung,
    codec: plan.codec,
    path: lane.path,
    bytes,
    width: plan.width,
    height: plan.height,
    frameRate: Math.round(perSecond(plan.rate) * 1000) / 1000,
    frames: clock.totalSlots,
    durationMs: Math.round(durationSeconds * 1000),
    bitrate: Math.round((bytes * 8) / durationSeconds),
    hasSound,
    codecs,
  };
}
