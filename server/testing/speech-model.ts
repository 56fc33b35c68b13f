import { writeFile } from 'node:fs/promises';

/**
 * A whisper model in ggml's format that has learned nothing: sizes, an empty filter bank, a vocabulary of one sound, no
 * weights. FFmpeg's filter loads it and hears with it, so that the whole way is walked; what it hears means nothing.
 */
const sizes = {
  vocabulary: 51_865,
  audioContext: 1500,
  audioState: 384,
  audioHeads: 6,
  audioLayers: 4,
  textContext: 448,
  textState: 384,
  textHeads: 6,
  textLayers: 4,
  mels: 80,
  halfPrecision: 1,
};
/** The tokens that are texts; those behind them are marks, which the reader names itself. */
const texts = 50_257;
const fourierBins = 201;

export async function writeEmptyModel(path: string): Promise<void> {
  const head = Buffer.from(new Uint32Array([0x67676d6c, ...Object.values(sizes)]).buffer);
  const filters = Buffer.alloc(8 + sizes.mels * fourierBins * 4);
  filters.writeInt32LE(sizes.mels, 0);
  filters.writeInt32LE(fourierBins, 4);
  const count = Buffer.from(new Int32Array([texts]).buffer);
  const word = Buffer.from(' la');
  const token = Buffer.concat([Buffer.from(new Int32Array([word.length]).buffer), word]);
  await writeFile(path, Buffer.concat([head, filters, count, ...Array.from({ length: texts }, () => token)]));
}
