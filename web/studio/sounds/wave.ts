/**
 * A WAV file that is written as it comes: 16 bits, one channel. Its head names no length, since that is not known yet;
 * readers take what is there, wherever it was cut off.
 */
export function waveHead(sampleRate: number): ArrayBuffer {
  const head = new DataView(new ArrayBuffer(44));
  const put = (at: number, letters: string) =>
    [...letters].forEach((letter, index) => {
      head.setUint8(at + index, letter.charCodeAt(0));
    });
  const unknown = 0xffff_ffff;
  put(0, 'RIFF');
  head.setUint32(4, unknown, true);
  put(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, sampleRate, true);
  head.setUint32(28, sampleRate * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  put(36, 'data');
  head.setUint32(40, unknown, true);
  return head.buffer;
}

export function waveSamples(samples: Float32Array): ArrayBuffer {
  const out = new DataView(new ArrayBuffer(samples.length * 2));
  for (const [index, sample] of samples.entries())
    out.setInt16(index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
  return out.buffer;
}
