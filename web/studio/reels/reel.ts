import {
  ALL_FORMATS,
  AudioBufferSink,
  BlobSource,
  CustomSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';
import type { Shown } from '../compositor/compositor.ts';

/**
 * One source opened for looking and listening, through WebCodecs. Times are milliseconds from its first picture (or
 * sample), whatever its container counts from. Knows no edit list.
 */
export type Reel = {
  durationMs: number;
  width: number;
  height: number;
  hasSound: boolean;
  /** The picture nearest to that time; the last one beyond the end. Valid until the next call. Cheap when times go up. */
  pictureAt(ms: number): Promise<Shown | null>;
  /** The same source once more, for a transition between two parts of it. */
  twin(): Promise<Reel>;
  /** The sound of a part, at its own rate and channels; null when there is none. */
  soundOf(fromMs: number, toMs: number): Promise<AudioBuffer | null>;
  close(): void;
};

/** Bytes that lie elsewhere, read in parts: `end` is the first that is not wanted. */
export type Bytes = { size: number; read(start: number, end: number): Promise<Uint8Array> };

const sourceOf = (file: Blob | Bytes) =>
  file instanceof Blob
    ? new BlobSource(file)
    : new CustomSource({ getSize: () => file.size, read: file.read, prefetchProfile: 'network' });

/** Rejects with `unreadable` when this browser knows no way to show it. */
export async function openReel(file: Blob | Bytes): Promise<Reel> {
  const input = new Input({ source: sourceOf(file), formats: ALL_FORMATS });
  const unreadable = () => Object.assign(new Error('unreadable'), { name: 'unreadable' });
  try {
    const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
    const picture = video && (await video.canDecode()) && !(await isLayered(video)) ? video : null;
    const sound = audio && (await audio.canDecode()) ? audio : null;
    if (!picture && !sound) throw unreadable();
    const first = await (picture ?? sound)!.getFirstTimestamp();
    // A take that was cut off has no duration in its head: its packets say it.
    const end = await input.computeDuration();
    const frames = picture && framesOf(picture, first);
    let twin: Promise<Reel> | null = null;
    return {
      durationMs: Math.max(0, Math.floor((end - first) * 1000)),
      width: picture?.displayWidth ?? 0,
      height: picture?.displayHeight ?? 0,
      hasSound: sound !== null,
      pictureAt: async (ms) => (frames ? frames.at(ms) : null),
      twin: () => (twin ??= openReel(file)),
      soundOf: async (fromMs, toMs) => (sound ? soundOf(sound, first, fromMs, toMs) : null),
      close() {
        frames?.close();
        twin?.then((other) => other.close()).catch(() => {});
        input.dispose();
      },
    };
  } catch (error) {
    input.dispose();
    throw (error as Error).name === 'unreadable' ? error : unreadable();
  }
}

/** Colour and transparency are two streams: joining them needs a worker that the policy of the page forbids. */
async function isLayered(track: InputVideoTrack): Promise<boolean> {
  return (await new EncodedPacketSink(track).getFirstPacket())?.sideData.alpha !== undefined;
}

/** Further ahead than this a new start from a key frame is cheaper than decoding what lies between. */
const worthDecodingS = 1.5;
/** A decoder runs forty pictures ahead: 50 MB of 720 lines, which nobody needs who looks at one of them. */
const restMs = 2000;

/**
 * A picture is shown this much before its time where that is nearer than the one before it. A camera counts with another
 * clock than the result: taking always the picture that was there would be half a picture late, and show one twice
 * wherever the clocks brush past each other. Half a picture at 30 a second; a still that lasts is not ended early.
 */
const earlyS = 1 / 60;
const turnOf = (one: VideoSample, next: VideoSample) =>
  Math.max((one.timestamp + next.timestamp) / 2, next.timestamp - earlyS);

function framesOf(track: InputVideoTrack, first: number) {
  const sink = new VideoSampleSink(track);
  let ahead: AsyncGenerator<VideoSample, void> | null = null;
  let now: VideoSample | null = null;
  /** From here on, in seconds, `now` is the nearest. */
  let since = 0;
  let next: VideoSample | null = null;
  let shown: { sample: VideoSample; drawn: Shown; release(): void } | null = null;
  // One question at a time: answers share the decoder.
  let queue: Promise<unknown> = Promise.resolve();

  let rest: ReturnType<typeof setTimeout> | undefined;

  const rewind = async () => {
    await ahead?.return();
    ahead = null;
    if (now !== shown?.sample) now?.close();
    next?.close();
    now = next = null;
  };
  const seek = async (seconds: number): Promise<VideoSample | null> => {
    const at = Math.max(seconds, first) + 1e-4;
    if (!now || at < since || at > (next ?? now).timestamp + worthDecodingS) {
      await rewind();
      ahead = sink.samples(at);
      now = (await ahead.next()).value ?? null;
      since = now?.timestamp ?? 0;
      next = now && ((await ahead.next()).value ?? null);
      // Behind the last picture nothing is decoded: the last one stays.
      if (!now) now = await sink.getSample(at);
    }
    while (now && next && turnOf(now, next) <= at) {
      since = turnOf(now, next);
      if (now !== shown?.sample) now.close();
      now = next;
      next = (await ahead!.next()).value ?? null;
    }
    return now;
  };
  const hold = (sample: VideoSample): Shown => {
    if (shown?.sample === sample) return shown.drawn;
    const before = shown;
    const { displayWidth: width, displayHeight: height } = sample;
    const picture = upright(sample);
    shown = {
      sample,
      drawn: { picture, width, height },
      release: () => 'close' in picture && picture.close(),
    };
    before?.release();
    before?.sample.close();
    return shown.drawn;
  };

  return {
    at(ms: number): Promise<Shown | null> {
      const answer = queue.then(async () => {
        const sample = await seek(first + ms / 1000);
        return sample ? hold(sample) : null;
      });
      queue = answer.catch(() => {});
      clearTimeout(rest);
      rest = setTimeout(() => {
        queue = queue.then(rewind).catch(() => {});
      }, restMs);
      return answer;
    },
    close() {
      clearTimeout(rest);
      queue = queue.then(async () => {
        await rewind();
        shown?.release();
        shown?.sample.close();
        shown = null;
      });
    },
  };
}

/** As it is meant to be seen: phones write the picture as the sensor lies and a note how to turn it. */
function upright(sample: VideoSample): VideoFrame | OffscreenCanvas {
  const { rotation, flip, displayWidth, displayHeight } = sample;
  if (rotation === 0 && !flip) return sample.toVideoFrame();
  const canvas = new OffscreenCanvas(displayWidth, displayHeight);
  sample.draw(canvas.getContext('2d')!, 0, 0, displayWidth, displayHeight);
  return canvas;
}

async function soundOf(
  track: InputAudioTrack,
  first: number,
  fromMs: number,
  toMs: number,
): Promise<AudioBuffer | null> {
  const { sampleRate, numberOfChannels } = track;
  const [from, length] = [first + fromMs / 1000, Math.ceil(((toMs - fromMs) / 1000) * sampleRate)];
  if (length <= 0) return null;
  const whole = new AudioBuffer({ length, sampleRate, numberOfChannels });
  for await (const { buffer, timestamp } of new AudioBufferSink(track).buffers(from, first + toMs / 1000)) {
    const at = Math.round((timestamp - from) * sampleRate);
    for (let channel = 0; channel < numberOfChannels; channel++) {
      const samples = buffer.getChannelData(Math.min(channel, buffer.numberOfChannels - 1));
      const part = at < 0 ? samples.subarray(-at) : samples;
      if (at < length)
        whole.copyToChannel(part.subarray(0, length - Math.max(0, at)), channel, Math.max(0, at));
    }
  }
  return whole;
}
