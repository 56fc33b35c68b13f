/** The forked half of starter.jobs.ts: plays one piece into a WAV, says so, and ends. It ends too when its parent is gone. */
import { rename, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { composeFor } from '../../../packages/music/compose.ts';
import { RATE } from '../../../packages/music/synth.ts';
import type { Starter } from './starter.ts';

export type PlayOrder = { piece: Starter['piece']; wavPath: string };

process.once('disconnect', () => process.exit(1));
process.once('message', async ({ piece, wavPath }: PlayOrder) => {
  // Somebody may be watching on the same cores.
  setPriority(15);
  const { left, right } = composeFor(piece);
  await writeFile(`${wavPath}.part`, wavOf(left, right));
  await rename(`${wavPath}.part`, wavPath);
  process.send!('done', () => process.exit(0));
});

/** 16 bits a sample, two channels (RIFF, WAVE). */
function wavOf(left: Float32Array, right: Float32Array): Buffer {
  const bytes = left.length * 4;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes, 40);
  const sample = (value: number) => Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
  for (let i = 0; i < left.length; i++) {
    wav.writeInt16LE(sample(left[i]!), 44 + i * 4);
    wav.writeInt16LE(sample(right[i]!), 46 + i * 4);
  }
  return wav;
}
