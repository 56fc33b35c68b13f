import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import { waveHead, waveSamples } from './wave.ts';

test('a recording that was cut off anywhere is read up to there', async () => {
  const whole = [waveHead(48_000), waveSamples(new Float32Array(48_000).fill(0.5))];
  const durationOf = async (bytes: Blob) => {
    const input = new Input({ source: new BlobSource(bytes), formats: ALL_FORMATS });
    const track = (await input.getPrimaryAudioTrack())!;
    return [track.sampleRate, track.numberOfChannels, await input.computeDuration()];
  };
  const file = new Blob(whole);
  expect(await durationOf(file)).toEqual([48_000, 1, 1]);
  expect(await durationOf(file.slice(0, 44 + 24_001))).toEqual([48_000, 1, 0.25]);
});

test('samples are rounded to sixteen bits, and too loud ones are cut', () => {
  const bytes = new DataView(waveSamples(Float32Array.of(0, 1, -1, 4, 0.25)));
  expect([0, 2, 4, 6, 8].map((at) => bytes.getInt16(at, true))).toEqual([0, 32_767, -32_767, 32_767, 8192]);
});
