import { createStore } from '../../store.ts';
import type { Shown } from '../compositor/compositor.ts';
import type { Look, LookNews } from './seeing.worker.ts';

/** One picture at a time, asked of the worker that looks. It begins when first needed, and again after it failed. */
/** The last look failed: the networks could not be fetched, or this browser cannot run them. */
export const blind = createStore(false);

type Waiting = { seen(answer: ArrayBuffer | null): void; failed(error: Error): void };
let worker: Worker | null = null;
const waiting = new Map<number, Waiting>();
let last = 0;

function open(): Worker {
  const made = new Worker(new URL('./seeing.worker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', ({ data }: MessageEvent<LookNews>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    blind.set('failed' in data);
    if ('failed' in data) one?.failed(new Error(data.failed));
    else one?.seen(data.seen);
  });
  made.addEventListener('error', (event) => {
    event.preventDefault();
    blind.set(true);
    worker = null;
    made.terminate();
    for (const [id, one] of waiting) {
      waiting.delete(id);
      one.failed(new Error(event.message || 'the worker that looks has ended'));
    }
  });
  return made;
}

/** The mask's network looks at 256 × 256, whatever the shape; for a face the picture keeps its shape. */
const personSide = 256;
const faceLongSide = 512;
let canvas: OffscreenCanvas | null = null;

export async function look(
  { picture, width, height }: Shown,
  kind: Look['kind'],
): Promise<ArrayBuffer | null> {
  const scale = Math.min(1, faceLongSide / Math.max(width, height));
  const [wide, high] =
    kind === 'person'
      ? [personSide, personSide]
      : [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  canvas ??= new OffscreenCanvas(1, 1);
  Object.assign(canvas, { width: wide, height: high });
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  pen.imageSmoothingQuality = 'medium';
  pen.drawImage(picture, 0, 0, wide, high);
  const data = pen.getImageData(0, 0, wide, high).data.buffer as ArrayBuffer;
  worker ??= open();
  const id = ++last;
  const asked = worker;
  return new Promise((seen, failed) => {
    waiting.set(id, { seen, failed });
    asked.postMessage({ id, kind, width: wide, height: high, data } satisfies Look, [data]);
  });
}
