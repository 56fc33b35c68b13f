/** Writes and plays one piece: its mood, varied by the seed (key, tempo, chord order, rhythm, tune), cut to its length and
 * faded. Pure: the same piece gives the same samples. */
import { createRandom, type Random } from './chance.ts';
import { type DrumName, KIT } from './drums.ts';
import { MOODS, type Mood, type MoodName } from './moods.ts';
import { addEcho, addRoom, fadeEnds, master } from './space.ts';
import { type Buffers, hertz, RATE, VOICES } from './synth.ts';

export const TARGET_LUFS = -14;

const stepsOf = (pattern: string) =>
  [...pattern].flatMap((sign, step) => (sign === '.' ? [] : [{ step, gain: sign === 'x' ? 1 : 0.55 }]));

/** A tune that walks: mostly to neighbours in the scale, on strong steps to a note of the chord. */
function tune(random: Random, mood: Mood, bars: number): number[][] {
  let degree = random.whole(0, 4);
  const ladder = (k: number) =>
    mood.scale[((k % mood.scale.length) + mood.scale.length) % mood.scale.length]! +
    12 * Math.floor(k / mood.scale.length);
  return Array.from({ length: bars }, () =>
    Array.from({ length: 16 }, () => {
      degree += random.pick([-2, -1, -1, 0, 1, 1, 2]);
      degree = Math.max(-2, Math.min(7, degree));
      return ladder(degree);
    }),
  );
}

const toChord = (semitone: number, chord: readonly number[]) => {
  const tones = [chord[0]!, chord[0]! + chord[1]!, chord[0]! + chord[2]!];
  return tones
    .flatMap((t) => [t - 12, t, t + 12])
    .reduce((best, t) => (Math.abs(t - semitone) < Math.abs(best - semitone) ? t : best), tones[0]!);
};

export function composeFor(clip: { mood: MoodName; seed: number; durationMs: number }): Buffers {
  const mood: Mood = MOODS[clip.mood];
  const random = createRandom(clip.seed * 7919 + 17);
  const seconds = clip.durationMs / 1000;
  const mix: Buffers = {
    left: new Float32Array(Math.round(seconds * RATE)),
    right: new Float32Array(Math.round(seconds * RATE)),
  };
  const key = mood.key + random.whole(-3, 3);
  // Whoever dances to it moves two beats a second: this mood keeps its tempo.
  const bpm = clip.mood === 'street' ? mood.bpm : mood.bpm * random.between(0.95, 1.06);
  const step = 60 / bpm / 4;
  const bars = Math.ceil(seconds / (step * 16));
  const progression = random.pick(mood.progressions);
  const shift = random.whole(0, 1) * 2;
  const rhythms = [random.pick(mood.melody.rhythm), random.pick(mood.melody.rhythm)];
  const phrase = tune(random, mood, 2);
  const when = (bar: number, k: number) => bar * step * 16 + (k + (k % 2 ? mood.swing * 2 : 0)) * step;

  for (let bar = 0; bar < bars; bar++) {
    const chord = progression[(bar + shift) % progression.length]!;
    const full = bar > 0;
    for (const { step: k, gain } of stepsOf(mood.chords.pattern))
      chord
        .slice(1)
        .concat(0)
        .forEach((interval, voice) => {
          if (mood.chords.spread && voice !== k % 3) return;
          VOICES[mood.chords.voice](
            mix,
            {
              at: when(bar, k),
              long: step * (mood.chords.voice === 'pad' ? 15 : 3),
              hz: hertz(key + chord[0]! + interval),
              gain: gain * mood.chords.gain * 0.8,
              pan: (voice - 1) * 0.4,
            },
            random,
          );
        });
    for (const { step: k, gain } of stepsOf(mood.bass.pattern))
      VOICES.bass(
        mix,
        {
          at: when(bar, k),
          long: step * 2.4,
          hz: hertz(key + chord[0]! - 24 + (key + chord[0]! > 62 ? -12 : 0) + (k === 10 ? 7 : 0)),
          gain: gain * mood.bass.gain,
          pan: 0,
        },
        random,
      );
    const line = phrase[bar % 2]!;
    for (const { step: k } of stepsOf(rhythms[bar % 2]!)) {
      const note = k % 8 === 0 ? toChord(line[k]!, chord) : line[k]!;
      VOICES[mood.melody.voice](
        mix,
        {
          at: when(bar, k),
          long: step * 2.2,
          hz: hertz(key + note + 12 * mood.melody.octave),
          gain: mood.melody.gain * random.between(0.8, 1),
          pan: 0.15,
        },
        random,
      );
    }
    for (const [name, pattern] of Object.entries(mood.drums) as [DrumName, string][])
      for (const { step: k, gain } of stepsOf(pattern))
        if (full || name !== 'snare') KIT[name](mix, when(bar, k), gain * random.between(0.85, 1), random);
  }
  if (mood.echo > 0) addEcho(mix, step * 3, mood.echo);
  addRoom(mix, mood.room, 0.72 + mood.room * 0.2);
  master(mix, TARGET_LUFS);
  fadeEnds(mix, 0.03, Math.min(1.1, seconds * 0.16));
  return mix;
}
