import { Decoder, Demuxer } from 'node-av/api';
import type { Page } from 'playwright-core';

/**
 * A camera that sees how quickly a page's sound is answered: it shows a white picture whenever a click leaves the
 * loudspeaker. And the other end: when pictures turn white and clicks are heard in a finished file.
 */
export type Flash = { heardAt: number; drawnAt: number };

/** Takes the place of the device's camera in every page of a context; its microphone is the one it was. */
export function flashingCamera(): void {
  const flashes: { heardAt: number; drawnAt: number }[] = [];
  Object.assign(globalThis, { flashes });
  let ears: { context: AudioContext; analyser: AnalyserNode } | null = null;
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
    const { context } = this;
    if (to === context.destination && context instanceof AudioContext) {
      if (ears?.context !== context)
        ears = { context, analyser: new AnalyserNode(context, { fftSize: 16_384 }) };
      connect.call(this, ears.analyser);
    }
    return connect.call(this, to);
  } as never;

  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [144, 256];
  // Opaque, as a camera's pictures are.
  const paper = canvas.getContext('2d', { alpha: false })!;
  const samples = new Float32Array(16_384);
  let lastS = -1;
  let next: { heardAt: number } | null = null;
  let whiteUntil = 0;
  const listen = () => {
    if (ears?.context.state !== 'running') return;
    ears.analyser.getFloatTimeDomainData(samples);
    const endS = ears.context.currentTime;
    for (const [index, sample] of samples.entries()) {
      const atS = endS - (samples.length - index) / ears.context.sampleRate;
      if (Math.abs(sample) < 0.2 || (atS < lastS + 0.3 && atS >= 0 && lastS >= 0)) continue;
      lastS = atS;
      const { contextTime = 0, performanceTime = 0 } = ears.context.getOutputTimestamp();
      next = { heardAt: performanceTime + (atS - contextTime) * 1000 };
      return;
    }
  };
  let turn = 0;
  const draw = () => {
    listen();
    const now = performance.now();
    if (next && now >= next.heardAt) {
      flashes.push({ heardAt: next.heardAt, drawnAt: now });
      next = null;
      whiteUntil = now + 150;
    }
    paper.fillStyle = now < whiteUntil ? '#fff' : '#123';
    paper.fillRect(0, 0, 144, 256);
    // No two pictures are the same, so that none is left out.
    paper.fillStyle = '#456';
    paper.fillRect(turn++ % 144, 0, 2, 2);
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async () =>
    new MediaStream([...canvas.captureStream(60).getTracks(), ...(await real({ audio: true })).getTracks()]);
}

/** Keeps the file that a page of this context makes, for `madeFile`. */
export function keepMade(): void {
  const RealFile = File;
  globalThis.File = class extends RealFile {
    constructor(parts: BlobPart[], name: string, options?: FilePropertyBag) {
      super(parts, name, options);
      if (options?.type === 'video/mp4') Object.assign(globalThis, { made: this });
    }
  } as typeof File;
}

export const flashesOf = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { flashes: Flash[] }).flashes);

/** The file that the page made, once it is there. */
export async function madeFile(page: Page): Promise<Buffer> {
  await page.waitForFunction(() => 'made' in globalThis, undefined, { timeout: 120_000 });
  const base64 = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (globalThis as unknown as { made: File }).made.arrayBuffer());
    let letters = '';
    for (const byte of bytes) letters += String.fromCharCode(byte);
    return btoa(letters);
  });
  return Buffer.from(base64, 'base64');
}

/** Seconds at which pictures turn white, and at which something is heard after silence. */
export async function eventsOf(path: string): Promise<{ flashes: number[]; clicks: number[] }> {
  const flashes: number[] = [];
  let wasWhite = false;
  await each(path, 'video', (frame, seconds) => {
    const luma = frame.data![0]!;
    const at = (frame.height >> 1) * frame.linesize[0]! + (frame.width >> 1);
    const white = luma[at]! > 128;
    if (white && !wasWhite) flashes.push(seconds);
    wasWhite = white;
  });
  const clicks: number[] = [];
  let quietFrom = -1;
  await each(path, 'audio', (frame, seconds) => {
    const plane = frame.data![0]!;
    const samples = new Float32Array(plane.buffer, plane.byteOffset, frame.nbSamples);
    for (const [index, sample] of samples.entries()) {
      const at = seconds + index / frame.sampleRate;
      if (Math.abs(sample) < 0.15) continue;
      if (at > quietFrom) clicks.push(at);
      quietFrom = at + 0.2;
    }
  });
  return { flashes, clicks };
}

type Read = Parameters<Parameters<typeof each>[2]>[0];
async function each(
  path: string,
  kind: 'video' | 'audio',
  look: (
    frame: {
      data: Buffer[] | null;
      linesize: number[];
      width: number;
      height: number;
      nbSamples: number;
      sampleRate: number;
    },
    seconds: number,
  ) => void,
): Promise<void> {
  await using input = await Demuxer.open(path);
  const stream = kind === 'video' ? input.video() : input.audio();
  if (!stream) return;
  using decoder = await Decoder.create(stream);
  const tick = stream.timeBase.num / stream.timeBase.den;
  for await (const frame of decoder.frames(input.packets(stream.index))) {
    if (!frame) continue;
    const base = frame.timeBase.num > 0 ? frame.timeBase.num / frame.timeBase.den : tick;
    look(frame as unknown as Read, Number(frame.bestEffortTimestamp) * base);
    frame.free();
  }
}
