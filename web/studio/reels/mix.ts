import { clipMs, durationOf, startsOf } from '../../../contract/edit-list.timeline.ts';
import type { EditClip, EditList, EditSound } from '../../../contract/edit-list.ts';
import { curveRate, duckingOf } from './duck.ts';
import type { Reel } from './reel.ts';

/** 48 kHz stereo, as renditions have it. */
export const mixRate = 48_000;
/** A cut in the middle of a wave clicks; this is too short to hear as a fade. */
const edgeS = 0.004;

/** All that is heard, mixed ahead of time: the same samples for preview and export. Null when nothing is heard. */
export async function mixSound(
  list: EditList,
  reels: ReadonlyMap<string, Reel>,
): Promise<AudioBuffer | null> {
  const length = Math.round((durationOf(list) / 1000) * mixRate);
  if (length === 0) return null;
  const sounds = await partsOf(list, reels);
  // Voices first: those that step back for them need to know when they are heard.
  const voices = await mixVoices(list, reels, length, sounds);
  if (sounds.every(({ sound }) => sound.voice)) return voices;
  const context = new OfflineAudioContext(2, length, mixRate);
  const ducks =
    voices && sounds.some(({ sound }) => sound.ducks) ? duckingOf(channelsOf(voices), mixRate) : null;
  if (voices) startAt(context, new AudioBufferSourceNode(context, { buffer: voices }), 0);
  for (const { sound, part } of sounds)
    if (!sound.voice) laySound(context, sound, part, sound.ducks ? ducks : null);
  return context.startRendering();
}

type Part = { sound: EditSound; part: AudioBuffer };

/** The sounds that are heard, with their samples. */
async function partsOf(list: EditList, reels: ReadonlyMap<string, Reel>): Promise<Part[]> {
  const parts: Part[] = [];
  for (const whole of list.sounds) {
    // One that the video does not see the end of fades out where the video ends.
    const sound = { ...whole, forMs: Math.min(whole.forMs, Math.ceil(durationOf(list)) - whole.atMs) };
    if (sound.volume === 0 || sound.forMs <= 0) continue;
    const part = await reels.get(sound.source)?.soundOf(sound.fromMs, sound.fromMs + sound.forMs);
    if (part) parts.push({ sound, part });
  }
  return parts;
}

/** What the clips say and what was spoken over them; null when nothing is. */
async function mixVoices(
  list: EditList,
  reels: ReadonlyMap<string, Reel>,
  length: number,
  sounds: readonly Part[],
): Promise<AudioBuffer | null> {
  // A browser never lets go of a context that was made and not begun: it is made when something is heard.
  let context: OfflineAudioContext | null = null;
  const heard = () => {
    context ??= new OfflineAudioContext(2, length, mixRate);
    return context;
  };
  const starts = startsOf(list);
  for (const [index, clip] of list.clips.entries()) {
    const part = clip.volume > 0 && (await reels.get(clip.source)?.soundOf(clip.fromMs, clip.toMs));
    if (!part) continue;
    layClip(heard(), clip, clip.reversed ? backwards(part) : part, starts[index]! / 1000);
  }
  for (const other of list.layout?.others ?? []) {
    const reel = other.volume > 0 ? reels.get(other.source) : undefined;
    const untilMs = Math.min(reel?.durationMs ?? 0, other.fromMs + durationOf(list));
    const part = await reel?.soundOf(other.fromMs, untilMs);
    if (!part) continue;
    layOther(heard(), other.volume, part);
  }
  for (const { sound, part } of sounds) {
    if (!sound.voice) continue;
    laySound(heard(), sound, part, null);
  }
  return (context as OfflineAudioContext | null)?.startRendering() ?? null;
}

const channelsOf = (buffer: AudioBuffer) =>
  Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel));

function startAt(context: OfflineAudioContext, source: AudioBufferSourceNode, whenS: number): void {
  source.connect(context.destination);
  source.start(whenS);
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

/** From the first sample of the video on, as its picture is. */
function layOther(context: OfflineAudioContext, volume: number, part: AudioBuffer): void {
  const source = new AudioBufferSourceNode(context, { buffer: part });
  const gain = new GainNode(context, { gain: 0 });
  ramp(gain, 0, Math.min(part.duration, context.length / mixRate), volume, edgeS, edgeS);
  source.connect(gain).connect(context.destination);
  source.start(0);
}

function laySound(
  context: OfflineAudioContext,
  sound: EditSound,
  part: AudioBuffer,
  ducks: Float32Array<ArrayBuffer> | null,
): void {
  const source = new AudioBufferSourceNode(context, { buffer: part });
  const gain = new GainNode(context, { gain: 0 });
  const [startS, endS] = [sound.atMs / 1000, (sound.atMs + sound.forMs) / 1000];
  ramp(gain, startS, endS, sound.volume, sound.fadeInMs / 1000 || edgeS, sound.fadeOutMs / 1000 || edgeS);
  const step = new GainNode(context);
  if (ducks) step.gain.setValueCurveAtTime(ducks, 0, (ducks.length - 1) / curveRate);
  source.connect(gain).connect(step).connect(context.destination);
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
