import {
  AudioBufferSource,
  BufferTarget,
  CanvasSource,
  getFirstEncodableAudioCodec,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
} from 'mediabunny';
import { frameCount } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { createCompositor } from '../compositor/compositor.ts';
import { mixSound } from './mix.ts';
import type { Reel } from './reel.ts';
import { showAt, textFace } from './show.ts';

/**
 * The server carries the picture of a file as its rung 720 when it has at most 3 Mb/s, key frames every two seconds and
 * a constant rate, instead of coding it once more. A larger picture is coded anew, and gets more.
 */
const videoBitsPerSecond = (lines: number) => (lines <= 720 ? 2_700_000 : 8_000_000);
const audioBitsPerSecond = 160_000;

export type Exported = { file: File; frames: number; codecs: string[] };

const qualityFor = ({ width, height }: Pick<EditList, 'width' | 'height'>) =>
  new Quality({ bitrate: videoBitsPerSecond(Math.min(width, height)) });
/** H.264, or what the server can read as well; null where the browser writes neither. */
export const videoCodecFor = ({ width, height }: Pick<EditList, 'width' | 'height'>) =>
  getFirstEncodableVideoCodec(['avc', 'vp9'], { width, height, quality: qualityFor({ width, height }) });

/**
 * The finished video as an MP4, frame by frame, faster or slower than it plays, never with a frame left out. Rejects
 * with `no_encoder` where the browser cannot write H.264 or VP9, with the signal's reason when it was stopped.
 */
export async function exportVideo(
  list: EditList,
  reels: ReadonlyMap<string, Reel>,
  { name, signal, onProgress }: { name: string; signal: AbortSignal; onProgress: (share: number) => void },
): Promise<Exported> {
  const { width, height, fps } = list;
  const quality = qualityFor(list);
  const [codec, audioCodec] = [
    await videoCodecFor(list),
    // AAC plays everywhere, but Chromium on Linux does not write it; the server makes AAC of Opus.
    await getFirstEncodableAudioCodec(['aac', 'opus'], { numberOfChannels: 2, sampleRate: 48_000 }),
  ];
  if (!codec) throw Object.assign(new Error('no_encoder'), { name: 'no_encoder' });
  const canvas = new OffscreenCanvas(width, height);
  const compositor = createCompositor(canvas);
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: 'in-memory' }),
    target: new BufferTarget(),
  });
  try {
    const video = new CanvasSource(canvas, {
      codec,
      quality,
      keyFrameInterval: 2,
    });
    output.addVideoTrack(video, { frameRate: fps });
    await textFace();
    const mixed = await mixSound(list, reels);
    const audio =
      mixed && audioCodec
        ? new AudioBufferSource({ codec: audioCodec, quality: new Quality({ bitrate: audioBitsPerSecond }) })
        : null;
    if (audio) output.addAudioTrack(audio);
    await output.start();
    if (audio && mixed) await audio.add(mixed);
    audio?.close();
    const frames = frameCount(list);
    for (let frame = 0; frame < frames; frame++) {
      signal.throwIfAborted();
      await showAt(compositor, list, reels, (frame * 1000) / fps);
      await video.add(frame / fps, 1 / fps);
      onProgress((frame + 1) / frames);
    }
    video.close();
    await output.finalize();
    const file = new File([output.target.buffer!], name, { type: 'video/mp4' });
    return { file, frames, codecs: [codec, ...(audio ? [audioCodec!] : [])] };
  } catch (error) {
    await output.cancel().catch(() => {});
    throw error;
  } finally {
    compositor.close(true);
  }
}
