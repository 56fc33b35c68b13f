/** A sound as long as a video: trimmed, or played again from its start, faded out at the end, at −14 LUFS, as AAC. And a
 * rendition with it in the place of its own: the same pictures, packet by packet. */

import { statSync } from 'node:fs';
import { type Frame, Packet, type Stream } from 'node-av/lib';
import { encode, openSoundEncoder } from './encoders.ts';
import type { FileResult } from './engine.types.ts';
import type { JobTools } from './engine-job.ts';
import { seconds } from './ffmpeg.ts';
import { createMp4 } from './mp4-file.ts';
import { createCopy, type OwnFile, openOwnFile } from './own-file.ts';
import { createResampler, decodeOwn } from './own-sound.ts';
import { createMeter, measureBy, meterFilter, soundRate } from './sound.ts';

const fadeSeconds = 1;
/** Where a sound begins again, so that nothing clicks. */
const joinSeconds = 0.02;

export function lay(
  path: string,
  durationMs: number,
  outPath: string,
  tools: Pick<JobTools, 'limits' | 'onDuration'>,
): FileResult {
  tools.onDuration(durationMs);
  const fitted = fitting(path, durationMs / 1000);
  const read = (chain: string, take: (frame: Frame) => void) => {
    const file = openOwnFile(path);
    const filters = ['stereo', fitted, chain].filter(Boolean).join(',');
    decodeOwn(file, tools.limits, createResampler(soundRate, 'fltp', filters, take));
    file.close();
  };
  const { chain } = measureBy((before) => {
    const meter = createMeter();
    read([before, meterFilter].filter(Boolean).join(','), meter.take);
    return meter.read();
  });
  const encoder = openSoundEncoder();
  const mp4 = createMp4(outPath, null, encoder);
  const packet = new Packet();
  packet.alloc();
  const shape = `aformat=sample_fmts=fltp:sample_rates=${soundRate}:channel_layouts=stereo,asetnsamples=n=1024:p=0`;
  read([chain, shape].filter(Boolean).join(','), (frame) =>
    encode(encoder, frame, packet, (out, context) => mp4.write('audio', out, context)),
  );
  encode(encoder, null, packet, (out, context) => mp4.write('audio', out, context));
  mp4.finish();
  packet.free();
  return { path: outPath, bytes: statSync(outPath).size };
}

function fitting(path: string, wanted: number): string {
  const file = openOwnFile(path);
  if (!file.audio) throw new Error('a file without sound has none to lay');
  const has = Number(file.format.duration) / 1e6;
  file.close();
  const join = Math.min(joinSeconds, has / 4);
  const again = [
    `afade=t=in:d=${join}`,
    `afade=t=out:st=${(has - join).toFixed(4)}:d=${join}`,
    `aloop=loop=-1:size=${Math.ceil((has + 1) * soundRate)}`,
  ];
  const fade = Math.min(fadeSeconds, wanted / 4);
  return [
    ...(has < wanted ? again : []),
    `atrim=end=${wanted.toFixed(6)}`,
    `afade=t=out:st=${(wanted - fade).toFixed(4)}:d=${fade}`,
  ].join(',');
}

/** `soundPath`: an M4A of ours. */
export function dub(path: string, soundPath: string, outPath: string): FileResult {
  const [picture, sound] = [openOwnFile(path), openOwnFile(soundPath)];
  if (!picture.video || !sound.audio)
    throw new Error('a rendition without pictures, or no sound to lay under it');
  const copy = createCopy(outPath, [picture.video, sound.audio]);
  const [pictures, sounds] = [reader(picture, picture.video), reader(sound, sound.audio)];
  for (;;) {
    // Whichever is behind, so that the file is read in the order in which it is played.
    const next = pictures.at() <= sounds.at() ? pictures : sounds;
    if (next.at() === Number.POSITIVE_INFINITY) break;
    copy.write(next.stream, next.packet);
    next.step();
  }
  copy.finish();
  for (const one of [pictures, sounds]) one.end();
  return { path: outPath, bytes: statSync(outPath).size };
}

function reader(file: OwnFile, stream: Stream) {
  const packet = new Packet();
  packet.alloc();
  let at = 0;
  const step = () => {
    at = Number.POSITIVE_INFINITY;
    packet.unref();
    while (file.format.readFrameSync(packet) >= 0) {
      if (packet.streamIndex === stream.index) {
        at = seconds(packet.dts, stream.timeBase);
        return;
      }
      packet.unref();
    }
  };
  step();
  return {
    stream,
    packet,
    step,
    at: () => at,
    end() {
      packet.free();
      file.close();
    },
  };
}
