import type { SoundId } from '../../../contract/ids.ts';
import type { SoundMood } from '../../../contract/sounds.ts';
import type { MoodName } from '../../../packages/music/moods.ts';

export type Starter = {
  id: SoundId;
  title: string;
  mood: SoundMood;
  piece: { mood: MoodName; seed: number; durationMs: number };
};

const starter = (
  name: string,
  title: string,
  mood: SoundMood,
  piece: MoodName,
  seed: number,
  seconds: number,
): Starter => ({
  id: `starter-${name}` as SoundId,
  title,
  mood,
  piece: { mood: piece, seed, durationMs: seconds * 1000 },
});

/**
 * The library of a new server: played by packages/music, so nobody's, and given to everybody (CC0). A name is for good:
 * it is the sound's id.
 */
export const starterArtist = 'Kinora';
export const starters: readonly Starter[] = [
  starter('slow-tide', 'Slow tide', 'calm', 'tides', 21, 28),
  starter('first-light', 'First light', 'bright', 'garden', 12, 26),
  starter('night-train', 'Night train', 'driving', 'rails', 33, 24),
  starter('satellites', 'Satellites', 'dreamy', 'stars', 14, 30),
  starter('paper-planes', 'Paper planes', 'playful', 'critters', 25, 22),
  starter('endgame', 'Endgame', 'tense', 'board', 16, 25),
  starter('sunday-kitchen', 'Sunday kitchen', 'warm', 'kitchen', 27, 24),
  starter('corner-store', 'Corner store', 'street', 'street', 18, 24),
  starter('cedar-and-string', 'Cedar and string', 'acoustic', 'folding', 29, 26),
  starter('small-machines', 'Small machines', 'electronic', 'clock', 20, 24),
  starter('window-rain', 'Window rain', 'calm', 'drizzle', 31, 28),
  starter('trick-stairs', 'Trick stairs', 'playful', 'puzzle', 22, 24),
];
