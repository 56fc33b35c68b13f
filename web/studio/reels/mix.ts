import { clipMs, durationOf, startsOf } from '../../../contract/edit-list.timeline.ts';
import type { EditClip, EditList, EditSound } from '../../../contract/edit-list.ts';
import type { Reel } from './reel.ts';

/** 48 kHz stereo, as renditions have it. */
export const mixRate = 48_000;
/** A cut in the middle of a wave clicks; this is too short to hear as a fade. */
const edgeS = 0.004;
/** What is left of a sound while a clip speaks (−10 dB). */
const ducked = 0.32;

/** All that is heard, mixed ahead of time: the same samples for preview and export. Null when nothing is heard. */
export async function mixSound(
  list: EditList,
  reels: ReadonlyMap<string, Reel>,
): Promise<AudioBuffer | null> {
  const length = Math.round((durationOf(list) / 1000) * mixRate);
  if (length === 0) return null;
  const context = new OfflineAudioContext(2, length, mixRate);
  const starts = startsOf(list);
  let heard = false;
  for (const [index, clip] of list.clips.entries()) {
    const part = clip.volume > 0 && (await reels.get(clip.source)?.soundOf(clip.fromMs, clip.toMs));
    if (!part) continue;
    heard = true;
    layClip(context, clip, clip.reversed ? backwards(part) : part, starts[index]! / 1000);
  }
  const speaks = heard;
  for (const sound of list.sounds) {
    const part = await reels.get(sound.source)?.soundOf(sound.fromMs, sound.fromMs + sound.forMs);
    if (!part || sound.volume === 0) continue;
    heard = true;
    laySound(context, sound, part, speaks);
  }
  return heard ? context.startRendering() : null;
}

function layClip(context: OfflineAudioContext, clip: EditClip, part: AudioBuffer, startS: number): void {
  const source = new AudioBufferSourceNode(context, { buffer: part, playbackRate: clip.speed });
  const gain = new GainNode(context, { gain: 0 });
  const endS = startS + clipMs(clip) / 1000;
  ramp(gain, startS, endS, clip.volume, edgeS, edgeS);
  source.connect(gain).connect(context.destination);
  source.start(startS);
  source.stop(endS);
}

function laySound(context: OfflineAudioContext, sound: EditSound, part: AudioBuffer, speaks: boolean): void {
  const source = new AudioBufferSourceNode(context, { buffer: part });
  const gain = new GainNode(context, { gain: 0 });
  const [startS, endS] = [sound.atMs / 1000, (sound.atMs + sound.forMs) / 1000];
  const volume = sound.volume * (sound.ducks && speaks ? ducked : 1);
  ramp(gain, startS, endS, volume, sound.fadeInMs / 1000 || edgeS, sound.fadeOutMs / 1000 || edgeS);
  source.connect(gain).connect(context.destination);
  source.start(startS);
  source.stop(endS);
}

function ramp(
  { gain }: GainNode,
  startS: number,
  endS: number,
  volume: number,
  inS: number,
  outS: number,
): void {
  const middle = (startS + endS) / 2;
  gain.setValueAtTime(0, startS);
  gain.linearRampToValueAtTime(volume, Math.min(startS + inS, middle));
  gain.setValueAtTime(volume, Math.max(endS - outS, middle));
  gain.linearRampToValueAtTime(0, endS);
}

function backwards(part: AudioBuffer): AudioBuffer {
  for (let channel = 0; channel < part.numberOfChannels; channel++) part.getChannelData(channel).reverse();
  return part;
}
