import type { EditList, EditSound } from '../../../contract/edit-list.ts';
import { middle } from '../middle.ts';
import type { Reel } from '../reels/reel.ts';

/**
 * Plays the sounds of a list while something is filmed for it, from a moment of the result on. What is filmed at a speed
 * is seen at another pace than it was lived: the sounds are played slower or faster by as much, and are in their own
 * time again in the result. Knows when they are heard, not what is filmed.
 */
export type Monitor = {
  /** From a tap on, as browsers want it. */
  wake(): Promise<void>;
  /** Tells when, in `performance.now()`, the moment of the result should be heard that was prepared. */
  start(speed: number): number;
  /**
   * When it was heard, by all that the sound card said since `start`: a card that is kept waiting plays later than it
   * said at first, and whoever moves to the sound moves to what they hear. Null before `start`.
   */
  beganAt(): number | null;
  stop(): void;
  close(): void;
};

/** Long enough for the sound card to be told; too short to be noticed. */
const leadS = 0.08;
const lookEveryMs = 100;

type Ready = { sound: EditSound; buffer: AudioBuffer; atS: number };

/** Decodes what will be heard between two moments of the result. */
export async function openMonitor(
  sounds: EditList['sounds'],
  reels: ReadonlyMap<string, Reel>,
  fromMs: number,
  toMs: number,
): Promise<Monitor> {
  const ready: Ready[] = [];
  for (const sound of sounds) {
    const [beginMs, endMs] = [Math.max(fromMs, sound.atMs), Math.min(toMs, sound.atMs + sound.forMs)];
    if (endMs <= beginMs || sound.volume === 0) continue;
    const [partMs, partToMs] = [beginMs, endMs].map((ms) => ms - sound.atMs + sound.fromMs);
    const buffer = await reels.get(sound.source)?.soundOf(partMs!, partToMs!);
    if (buffer) ready.push({ sound, buffer, atS: (beginMs - fromMs) / 1000 });
  }
  // The sound card's own rate: another one would cost a resampler's delay.
  const context = new AudioContext({ latencyHint: 'interactive' });
  let playing: AudioBufferSourceNode[] = [];
  let seen: number[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    for (const one of playing) one.stop();
    playing = [];
  };
  return {
    wake: () => context.resume(),
    start(speed) {
      stop();
      const startS = context.currentTime + leadS;
      for (const { sound, buffer, atS } of ready) {
        const source = new AudioBufferSourceNode(context, { buffer, playbackRate: 1 / speed });
        const gain = new GainNode(context, { gain: Math.min(1, sound.volume) });
        source.connect(gain).connect(context.destination);
        source.start(startS + atS * speed);
        playing.push(source);
      }
      seen = [heardAt(context, startS)];
      timer = setInterval(() => seen.push(heardAt(context, startS)), lookEveryMs);
      return seen[0]!;
    },
    beganAt: () => middle(seen),
    stop,
    close() {
      stop();
      void context.close();
    },
  };
}

/** When a moment of a context's time leaves the loudspeaker, in `performance.now()`. */
function heardAt(context: AudioContext, seconds: number): number {
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp?.() ?? {};
  if (performanceTime > 0) return performanceTime + (seconds - contextTime) * 1000;
  const latencyS = context.outputLatency || context.baseLatency || 0;
  return performance.now() + (seconds - context.currentTime + latencyS) * 1000;
}
