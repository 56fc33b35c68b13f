/** From decoded sound to 48 kHz stereo on the picture's clock at −14 LUFS: a plain gain found by measuring
 * (EBU R128) in a first reading, and a limiter only where the gain would pass the peak. A plain gain keeps the
 * dynamics that a one-pass normaliser would flatten. */

import { AV_NOPTS_VALUE, AVERROR_EOF } from 'node-av/constants';
import { avChannelLayoutDefault, avChannelLayoutDescribe, avGetSampleFmtName, Frame } from 'node-av/lib';
import type { EngineLimits, LoudnessFacts } from './engine.types.ts';
import { rewind, type SourceReading } from './facts.ts';
import { buildGraph, type Graph, mustAccept, seconds } from './ffmpeg.ts';
import { decodeOwn } from './own-sound.ts';
import type { OpenSource } from './source.ts';

export const soundRate = 48_000;
const targetLufs = -14;
/** The promise is −1.5 dBTP; AAC adds up to about half a decibel to what goes in. */
const ceilingDb = -2;
/** More than this would make a roar of a room's silence. */
const mostGainDb = 24;
const silentLufs = -60;

export type SoundShaper = {
  /** Feeds one decoded frame (`null`: the end) and hands on what falls out. */
  shape: (frame: Frame | null, take: (frame: Frame) => void) => void;
  close: () => void;
};

/** `after`: filters behind the common ones, e.g. the gain. Frames come out as 48 kHz stereo float. */
export function createSoundShaper(source: OpenSource, reading: SourceReading, after: string): SoundShaper {
  const stream = source.audio;
  if (!stream) throw new Error('a source without sound has no sound to shape');
  const durationSeconds = reading.endSeconds - reading.startSeconds;
  const common = `aresample=async=1:min_hard_comp=0.1:first_pts=0,atrim=end=${durationSeconds.toFixed(6)}`;
  const input = `time_base=1/${soundRate}:sample_rate=${soundRate}:sample_fmt=fltp:channel_layout=stereo`;
  // Filters behind work in other formats (the limiter in doubles), and nothing else says what the encoder takes.
  const shape48 = `aformat=sample_fmts=fltp:sample_rates=${soundRate}:channel_layouts=stereo`;
  const timeline = buildGraph('audio', input, [common, after, shape48].filter(Boolean).join(','), 1);
  const even = new Frame();
  even.alloc();
  const out = new Frame();
  out.alloc();
  let evener: Graph | null = null;
  let builtFor = '';
  let nextAt: number | null = null;

  const drain = (take: (frame: Frame) => void) => {
    while (timeline.sink.buffersinkGetFrameSync(out) >= 0) {
      take(out);
      out.unref();
    }
  };
  const pushEvened = (take: (frame: Frame) => void) => {
    while (evener && evener.sink.buffersinkGetFrameSync(even) >= 0) {
      const accepted = timeline.source.buffersrcAddFrameSync(even);
      even.unref();
      // Sound that goes on behind the last picture is cut there: the filter wants no more of it.
      if (accepted !== AVERROR_EOF) mustAccept(accepted, 'sound filter');
      drain(take);
    }
  };
  const shape = (frame: Frame | null, take: (frame: Frame) => void) => {
    if (!frame) {
      if (evener) {
        evener.source.buffersrcAddFrameSync(null);
        pushEvened(take);
      }
      timeline.source.buffersrcAddFrameSync(null);
      drain(take);
      return;
    }
    const layout = avChannelLayoutDescribe(
      frame.channelLayout.order === 0 ? avChannelLayoutDefault(frame.channels) : frame.channelLayout,
    );
    const key = `${frame.sampleRate}:${frame.format}:${layout}`;
    if (key !== builtFor) {
      if (evener) {
        evener.source.buffersrcAddFrameSync(null);
        pushEvened(take);
        evener.free();
      }
      const described = `sample_rate=${frame.sampleRate}:sample_fmt=${avGetSampleFmtName(frame.format as never)}:channel_layout=${layout}`;
      const chain = `aresample=${soundRate},aformat=sample_fmts=fltp:channel_layouts=stereo`;
      evener = buildGraph('audio', `time_base=1/${soundRate}:${described}`, chain, 1);
      builtFor = key;
    }
    const stamp = frame.bestEffortTimestamp !== AV_NOPTS_VALUE ? frame.bestEffortTimestamp : frame.pts;
    const at =
      stamp !== AV_NOPTS_VALUE ? seconds(stamp, stream.timeBase) - reading.startSeconds : (nextAt ?? 0);
    nextAt = at + frame.nbSamples / frame.sampleRate;
    frame.pts = BigInt(Math.round(at * soundRate));
    if (frame.channelLayout.order === 0) frame.channelLayout = avChannelLayoutDefault(frame.channels);
    mustAccept((evener as Graph).source.buffersrcAddFrameSync(frame), 'sound filter');
    pushEvened(take);
  };
  const close = () => {
    evener?.free();
    timeline.free();
    even.free();
    out.free();
  };
  return { shape, close };
}

export type MeasuredSound = { loudness: LoudnessFacts; silentShare: number; chain: string };

/** Reads the sound once (twice where a limiter works) and says which filters bring it to the target. */
export function measureSound(
  source: OpenSource,
  reading: SourceReading,
  limits: EngineLimits,
): MeasuredSound {
  return measureBy((chain) => {
    const meter = createMeter();
    const shaper = createSoundShaper(source, reading, [chain, meterFilter].filter(Boolean).join(','));
    decodeSound(source, limits, (frame) => shaper.shape(frame, meter.take));
    shaper.close();
    return meter.read();
  });
}

/** `read` reads all of the sound behind these filters. */
export function measureBy(read: (chain: string) => Reading): MeasuredSound {
  const plain = read('');
  const { integratedLufs, truePeakDbtp, loudnessRangeLu, silentShare } = plain;
  if (integratedLufs === null) {
    return { loudness: { integratedLufs, truePeakDbtp, loudnessRangeLu, gainDb: 0 }, silentShare, chain: '' };
  }
  let gainDb = Math.min(mostGainDb, targetLufs - integratedLufs);
  let chain = `volume=${gainDb.toFixed(2)}dB`;
  if ((truePeakDbtp ?? 0) + gainDb > ceilingDb) {
    const limited = read(limiterChain(gainDb));
    // What the limiter took from the loudness is given back once, as far as that is sensible.
    const lost = Math.min(
      gainDb < mostGainDb ? 3 : 0,
      Math.max(0, targetLufs - (limited.integratedLufs ?? targetLufs)),
    );
    gainDb += lost;
    chain = limiterChain(gainDb);
  }
  const loudness = { integratedLufs, truePeakDbtp, loudnessRangeLu, gainDb: Math.round(gainDb * 100) / 100 };
  return { loudness, silentShare, chain };
}

/** At four times the rate, so that peaks between samples are seen (ITU-R BS.1770-4, annex 2). */
function limiterChain(gainDb: number): string {
  const limit = (10 ** (ceilingDb / 20)).toFixed(4);
  return (
    `volume=${gainDb.toFixed(2)}dB,aresample=${soundRate * 4},` +
    `alimiter=limit=${limit}:attack=5:release=50:level=0:latency=1,aresample=${soundRate}`
  );
}

export type Reading = Omit<LoudnessFacts, 'gainDb'> & { silentShare: number };

export const meterFilter = 'ebur128=peak=true:metadata=1';

/** Takes what comes out of `meterFilter`. */
export function createMeter() {
  const facts: Record<string, number> = {};
  let windows = 0;
  let silent = 0;
  return {
    take(frame: Frame) {
      const all = frame.getMetadata().getAll();
      for (const [name, value] of Object.entries(all)) facts[name.replace('lavfi.r128.', '')] = Number(value);
      if ('lavfi.r128.M' in all) {
        windows++;
        if (Number(all['lavfi.r128.M']) < silentLufs) silent++;
      }
    },
    read(): Reading {
      const loud = facts.I !== undefined && facts.I > -69.9 ? facts.I : null;
      // The filter gives the true peak as a plain amplitude, one entry per channel.
      const peak = Math.max(0, facts.true_peaks_ch0 ?? 0, facts.true_peaks_ch1 ?? 0);
      return {
        integratedLufs: loud,
        truePeakDbtp: peak > 0 ? Math.round(200 * Math.log10(peak)) / 10 : null,
        loudnessRangeLu: loud === null ? null : (facts.LRA ?? null),
        silentShare: windows === 0 ? 1 : silent / windows,
      };
    },
  };
}

/** All of the sound from the start; ends with `null`. Leaves the file rewound. */
export function decodeSound(
  source: OpenSource,
  limits: EngineLimits,
  take: (frame: Frame | null) => void,
): void {
  if (!source.audio) return;
  rewind(source);
  decodeOwn(source, limits, take);
  rewind(source);
}
