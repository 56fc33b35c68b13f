import { join } from 'node:path';
import { composeFor } from '../../../packages/music/compose.ts';
import type { MoodName } from '../../../packages/music/moods.ts';
import { babble } from '../../../packages/sound-analysis/testing.sounds.ts';
import { encodeMp4 } from '../demo/encode.ts';

export type Song = { mood: MoodName; seed: number; fromMs?: number; durationMs?: number; talk?: number };
const rate = 48_000;

/** An MP4 of one grey picture whose sound is a part of a piece of the synthesiser, with talk over it if asked. */
export async function songClip(folder: string, song: Song) {
  const { mood, seed, fromMs = 0, durationMs = 10_000, talk = 0 } = song;
  const piece = composeFor({ mood, seed, durationMs: 20_000 });
  const part = (side: Float32Array) =>
    side.slice((fromMs / 1000) * rate, ((fromMs + durationMs) / 1000) * rate);
  const sound = { left: part(piece.left), right: part(piece.right) };
  if (talk > 0) {
    const words = babble(durationMs / 1000 + 1, seed + 5);
    for (const side of [sound.left, sound.right])
      for (let i = 0; i < side.length; i++)
        side[i] = side[i]! * 0.7 + talk * words[Math.floor((i * 22_050) / rate)]!;
  }
  const file = join(folder, `${mood}-${seed}-${fromMs}-${durationMs}-${talk}.mp4`);
  const picture = new Uint8Array(540 * 960 * 1.5).fill(128);
  async function* pictures() {
    for (let i = 0; i < durationMs / 500; i++) yield picture;
  }
  await encodeMp4(file, { pictures: pictures(), rate: 2, hurried: true }, sound, () => {});
  return { hasSound: true, file, durationMs };
}
