import type { Glimpse } from './recognise.rules.ts';

/** Pictures are told apart at this size. */
const side = 24;
let pen: OffscreenCanvasRenderingContext2D | null = null;

export function glimpseOf(picture: HTMLVideoElement | VideoFrame): Uint8Array {
  pen ??= new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!;
  pen.drawImage(picture, 0, 0, side, side);
  const { data } = pen.getImageData(0, 0, side, side);
  return Uint8Array.from(
    { length: side * side },
    (_, at) => 0.3 * data[at * 4]! + 0.6 * data[at * 4 + 1]! + 0.1 * data[at * 4 + 2]!,
  );
}

type Facts = { captureTime?: number };

/** Small copies of what a finder shows from now on, until `stop`. None where the browser does not say when each was taken. */
export function watchFinder(finder: HTMLVideoElement | null): { seen: readonly Glimpse[]; stop(): void } {
  const seen: Glimpse[] = [];
  let stopped = false;
  const look = () =>
    finder?.requestVideoFrameCallback?.((_, { captureTime }: Facts) => {
      if (stopped || captureTime === undefined) return;
      seen.push({ atMs: captureTime, luma: glimpseOf(finder) });
      look();
    });
  look();
  return {
    seen,
    stop() {
      stopped = true;
    },
  };
}
