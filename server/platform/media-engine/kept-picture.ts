/** A source that already is what a rung asks for (the studio's export is) keeps its picture: packets are carried over,
 * only the sound is brought to the target. What is not a slice or its parameters is left out, so that nothing a
 * source says beside its picture reaches a viewer. */

import { statSync } from 'node:fs';
import { BitStreamFilter, BitStreamFilterContext, Packet, Rational } from 'node-av/lib';
import { openSoundEncoder } from './encoders.ts';
import type { Rendition } from './engine.types.ts';
import { rewind, type SourceReading } from './facts.ts';
import { mustWork, seconds } from './ffmpeg.ts';
import { perSecond } from './frame-clock.ts';
import { type Coding, createMp4 } from './mp4-file.ts';
import { keptBitrate, type RungPlan } from './rungs.ts';
import type { OpenSource } from './source.ts';
import { openSound, type TranscodeOrder } from './transcode.ts';

/** Baseline (plain and constrained), Main, High: what every browser and phone plays. */
const profiles = [66, 578, 77, 100];
const highestLevel = 42;
/** Slices, parameters and access units; not the notes and private data between them (H.264, table 7-1). */
const units = 'pass_types=1|5|7|8|9';

/** Pure. Time stamps must be those of a constant rate without reordering, key frames as often as the rung has them. */
export function keepsPicture(source: OpenSource, reading: SourceReading, plan: RungPlan): boolean {
  const { facts, rate, coding, mirrored } = reading;
  const { profile, level } = source.video.codecpar;
  const { matrix, primaries, transfer } = facts.colour;
  const frameSeconds = 1 / perSecond(plan.rate);
  const longestGap = (plan.gopFrames + 0.5) * frameSeconds;
  const keys = [...coding.keySeconds, reading.endSeconds];
  return (
    plan.codec === 'h264' &&
    facts.videoCodec === 'h264' &&
    /mov|matroska/.test(source.container) &&
    profiles.includes(profile) &&
    level <= highestLevel &&
    ['yuv420p', 'yuvj420p'].includes(facts.pixelFormat) &&
    [matrix, primaries].every((name) => name === 'bt709') &&
    ['bt709', 'smpte170m', 'iec61966-2-1'].includes(transfer) &&
    facts.rotation === 0 &&
    !mirrored &&
    facts.pixelAspect === 1 &&
    facts.width === plan.width &&
    facts.height === plan.height &&
    rate.constant &&
    Math.abs(perSecond(rate.rate) * frameSeconds - 1) < 1e-6 &&
    !coding.reordered &&
    coding.bitsPerSecond <= keptBitrate &&
    keys.every((at, index) => index === 0 || at - keys[index - 1]! <= longestGap)
  );
}

export async function keepPicture(
  order: Pick<TranscodeOrder, 'source' | 'reading' | 'soundChain' | 'limits' | 'breathe'> & {
    plan: RungPlan;
    path: string;
  },
): Promise<Rendition> {
  const { source, reading, plan, path } = order;
  const filter = openFilter(source);
  const slot = new Rational(plan.rate.den, plan.rate.num);
  const picture: Coding = {
    timeBase: slot,
    framerate: new Rational(plan.rate.num, plan.rate.den),
    sampleAspectRatio: new Rational(1, 1),
    parametersFromContext: (to) => filter.outputCodecParameters!.copy(to),
  };
  const encoder = order.soundChain !== null && source.audio ? openSoundEncoder() : null;
  const file = createMp4(path, picture, encoder);
  const [packet, kept, encoded] = [new Packet(), new Packet(), new Packet()];
  for (const one of [packet, kept, encoded]) one.alloc();
  const sound = encoder ? openSound(order, encoder, [{ file }], encoded) : null;
  let frames = 0;
  const drain = () => {
    while (filter.receivePacketSync(kept) >= 0) {
      const at = seconds(kept.pts, source.video.timeBase) - reading.startSeconds;
      kept.pts = kept.dts = BigInt(Math.round(at * perSecond(plan.rate)));
      kept.duration = 1n;
      file.write('video', kept, { timeBase: slot });
      frames++;
      kept.unref();
    }
  };
  rewind(source);
  let lastBreath = performance.now();
  while (source.format.readFrameSync(packet) >= 0) {
    const isPicture = packet.streamIndex === source.video.index;
    if (isPicture && seconds(packet.pts, source.video.timeBase) >= reading.startSeconds) {
      mustWork(filter.sendPacketSync(packet), 'kept picture');
      drain();
    } else if (sound && packet.streamIndex === source.audio?.index) sound.feed(packet);
    packet.unref();
    if (performance.now() - lastBreath > 100) {
      await order.breathe();
      lastBreath = performance.now();
    }
  }
  filter.sendPacketSync(null);
  drain();
  sound?.end();
  const codecs = file.finish();
  filter.free();
  const bytes = statSync(path).size;
  const durationSeconds = frames / perSecond(plan.rate);
  return {
    ...{ rung: plan.rung, codec: plan.codec, path, bytes, width: plan.width, height: plan.height },
    frameRate: Math.round(perSecond(plan.rate) * 1000) / 1000,
    frames,
    durationMs: Math.round(durationSeconds * 1000),
    bitrate: Math.round((bytes * 8) / durationSeconds),
    hasSound: encoder !== null,
    codecs,
  };
}

function openFilter(source: OpenSource): BitStreamFilterContext {
  const filter = BitStreamFilter.getByName('filter_units');
  if (!filter) throw new Error('no filter_units');
  const context = new BitStreamFilterContext();
  mustWork(context.alloc(filter), 'filter_units');
  source.video.codecpar.copy(context.inputCodecParameters!);
  context.inputTimeBase = source.video.timeBase;
  const [name, value] = units.split('=') as [string, string];
  context.setOption(name, value);
  mustWork(context.init(), 'filter_units');
  return context;
}
