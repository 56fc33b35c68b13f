/** Twelve moods: tempo, chords, who plays what, how big the room is. Data only.
 * Chords are [root in semitones above the key, intervals…]; drum rows have 16 steps a bar: x loud, o soft. */
import type { DrumName } from './drums.ts';
import type { VoiceName } from './synth.ts';

export type Mood = {
  bpm: number;
  key: number;
  swing: number;
  scale: readonly number[];
  progressions: readonly (readonly (readonly number[])[])[];
  chords: { voice: VoiceName; gain: number; pattern: string; spread?: boolean };
  melody: { voice: VoiceName; gain: number; rhythm: readonly string[]; octave: number };
  bass: { gain: number; pattern: string };
  drums: Partial<Record<DrumName, string>>;
  room: number;
  echo: number;
};

const major = [0, 2, 4, 7, 9];
const minor = [0, 3, 5, 7, 10];
const dorian = [0, 2, 3, 5, 7, 9];
const I = [0, 4, 7],
  IV = [5, 4, 7],
  V = [7, 4, 7],
  vi = [9, 3, 7],
  ii = [2, 3, 7];
const i = [0, 3, 7],
  iv = [5, 3, 7],
  VI = [8, 4, 7],
  VII = [10, 4, 7],
  III = [3, 4, 7];

export const MOODS = {
  kitchen: {
    bpm: 104,
    key: 55,
    swing: 0.14,
    scale: major,
    progressions: [
      [I, vi, ii, V],
      [I, IV, ii, V],
    ],
    chords: { voice: 'keys', gain: 0.6, pattern: '..x...x...x...x.' },
    melody: { voice: 'marimba', gain: 0.9, rhythm: ['x.x.x..x..x.x...', 'x..x..x.x...x.x.'], octave: 1 },
    bass: { gain: 0.8, pattern: 'x...o.x...x.o...' },
    drums: { kick: 'x.......x.......', snare: '....o.......o...', shaker: 'o.x.o.x.o.x.o.x.' },
    room: 0.2,
    echo: 0,
  },
  rails: {
    bpm: 128,
    key: 52,
    swing: 0,
    scale: minor,
    progressions: [
      [i, VII, VI, VII],
      [i, III, VII, iv],
    ],
    chords: { voice: 'pluck', gain: 0.55, pattern: 'x.ox.xo.x.ox.xo.' },
    melody: { voice: 'lead', gain: 0.62, rhythm: ['x...x...x..x....', '....x..x..x.x...'], octave: 1 },
    bass: { gain: 0.9, pattern: 'x.x.x.x.x.x.x.x.' },
    drums: { kick: 'x...x...x...x...', snare: '....x.......x..o', hat: 'o.xoo.xoo.xoo.xo' },
    room: 0.22,
    echo: 0.18,
  },
  garden: {
    bpm: 92,
    key: 60,
    swing: 0.06,
    scale: major,
    progressions: [
      [I, V, vi, IV],
      [IV, I, ii, V],
    ],
    chords: { voice: 'pluck', gain: 0.75, pattern: 'x..x..x..x..x.x.', spread: true },
    melody: { voice: 'flute', gain: 0.62, rhythm: ['x.....x.x...x...', '..x...x.....x.x.'], octave: 1 },
    bass: { gain: 0.6, pattern: 'x.......x.......' },
    drums: { shaker: '..x...x...x...x.', block: '......o.......o.' },
    room: 0.34,
    echo: 0.1,
  },
  critters: {
    bpm: 116,
    key: 62,
    swing: 0.2,
    scale: major,
    progressions: [
      [I, I, IV, V],
      [I, ii, V, I],
    ],
    chords: { voice: 'marimba', gain: 0.55, pattern: '..x...x...x...x.' },
    melody: { voice: 'pluck', gain: 1, rhythm: ['x..xx...x..xx...', 'x.x...x.x..x....'], octave: 1 },
    bass: { gain: 0.75, pattern: 'x.....x.x.....o.' },
    drums: { block: 'x..o..x...o.x...', shaker: 'o.o.o.o.o.o.o.o.', kick: 'x.......x.......' },
    room: 0.2,
    echo: 0,
  },
  stars: {
    bpm: 72,
    key: 57,
    swing: 0,
    scale: major,
    progressions: [
      [IV, I, V, vi],
      [I, IV, vi, V],
    ],
    chords: { voice: 'pad', gain: 0.95, pattern: 'x...............' },
    melody: { voice: 'bell', gain: 0.72, rhythm: ['x.....x...x.....', '....x.....x..x..'], octave: 2 },
    bass: { gain: 0.5, pattern: 'x...............' },
    drums: {},
    room: 0.55,
    echo: 0.24,
  },
  folding: {
    bpm: 84,
    key: 62,
    swing: 0,
    scale: [0, 2, 5, 7, 9],
    progressions: [
      [I, IV, I, V],
      [vi, IV, I, V],
    ],
    chords: { voice: 'pluck', gain: 0.6, pattern: 'x.....x...x.....', spread: true },
    melody: { voice: 'pluck', gain: 1, rhythm: ['x...x.x.....x...', 'x.x...x...x.....'], octave: 1 },
    bass: { gain: 0.45, pattern: 'x.......o.......' },
    drums: { block: 'x...........o...' },
    room: 0.4,
    echo: 0.16,
  },
  drizzle: {
    bpm: 78,
    key: 53,
    swing: 0.16,
    scale: dorian,
    progressions: [
      [ii, V, I, vi],
      [i, iv, VII, III],
    ],
    chords: { voice: 'keys', gain: 0.8, pattern: 'x.....o...x.....' },
    melody: { voice: 'keys', gain: 0.6, rhythm: ['..x...x.x.......', 'x.....x...x.x...'], octave: 2 },
    bass: { gain: 0.8, pattern: 'x.....x...o.....' },
    drums: { kick: 'x.........x.....', snare: '....o.......o...', hat: 'o.o.o.o.o.o.o.o.' },
    room: 0.36,
    echo: 0.14,
  },
  street: {
    bpm: 120,
    key: 48,
    swing: 0.08,
    scale: minor,
    progressions: [
      [i, VI, III, VII],
      [i, i, iv, VII],
    ],
    chords: { voice: 'lead', gain: 0.42, pattern: '..x..x....x..x..' },
    melody: { voice: 'lead', gain: 0.6, rhythm: ['x.xx..x.....x...', 'x...x.xx..x.....'], octave: 2 },
    bass: { gain: 1, pattern: 'x..x..x.o.x..x..' },
    drums: { kick: 'x..x..x.x..x....', clap: '....x.......x...', hat: 'x.xox.xox.xox.xo' },
    room: 0.14,
    echo: 0.1,
  },
  puzzle: {
    bpm: 100,
    key: 58,
    swing: 0,
    scale: [0, 2, 4, 6, 8, 10],
    progressions: [
      [
        [0, 4, 8],
        [2, 4, 8],
        [0, 4, 8],
        [10, 4, 8],
      ],
      [i, [1, 4, 7], i, [6, 3, 6]],
    ],
    chords: { voice: 'bell', gain: 0.5, pattern: 'x...x...x...x...', spread: true },
    melody: { voice: 'marimba', gain: 0.85, rhythm: ['x.x.x.x.x.x.x.x.', 'x..x..x..x..x.x.'], octave: 1 },
    bass: { gain: 0.7, pattern: 'x.......x.......' },
    drums: { block: '..x...x...x...x.', kick: 'x...............' },
    room: 0.3,
    echo: 0.22,
  },
  tides: {
    bpm: 88,
    key: 50,
    swing: 0.1,
    scale: major,
    progressions: [
      [I, IV, I, V],
      [vi, IV, I, V],
    ],
    chords: { voice: 'pad', gain: 0.8, pattern: 'x.......x.......' },
    melody: { voice: 'flute', gain: 0.7, rhythm: ['x...x.....x.x...', '..x.x...x.......'], octave: 2 },
    bass: { gain: 0.7, pattern: 'x.....o.x.......' },
    drums: { tom: 'x.......o.....o.', shaker: 'o...x...o...x...' },
    room: 0.45,
    echo: 0.12,
  },
  board: {
    bpm: 96,
    key: 50,
    swing: 0,
    scale: minor,
    progressions: [
      [i, VI, iv, V],
      [i, VII, VI, V],
    ],
    chords: { voice: 'pluck', gain: 0.7, pattern: 'x...o.x.x...o.x.' },
    melody: { voice: 'keys', gain: 0.8, rhythm: ['x.....x.x.x.....', 'x..x....x.....x.'], octave: 1 },
    bass: { gain: 0.85, pattern: 'x...x...x...x...' },
    drums: { block: 'x.......x.......', hat: '..o...o...o...o.', tom: '............x...' },
    room: 0.3,
    echo: 0.1,
  },
  clock: {
    bpm: 120,
    key: 60,
    swing: 0,
    scale: major,
    progressions: [
      [I, vi, IV, V],
      [I, V, IV, V],
    ],
    chords: { voice: 'bell', gain: 0.45, pattern: 'x.......x.......', spread: true },
    melody: { voice: 'bell', gain: 0.7, rhythm: ['x.x.x...x.x.x...', 'x...x.x.x...x...'], octave: 1 },
    bass: { gain: 0.55, pattern: 'x.......x...x...' },
    drums: { block: 'x...o...x...o...', hat: '..o...o...o...o.' },
    room: 0.32,
    echo: 0.08,
  },
} as const satisfies Record<string, Mood>;

export type MoodName = keyof typeof MOODS;
