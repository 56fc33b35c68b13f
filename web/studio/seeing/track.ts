import { at } from '../../../contract/edit-list.timeline.ts';
import { type EditList, type EditPin, editLimits } from '../../../contract/edit-list.ts';
import { contain } from '../compositor/fit.ts';
import type { Reel } from '../reels/reel.ts';
import { follow, type Grey, greyOf, patchAt } from './track.rules.ts';

type Places = Extract<EditPin, { kind: 'track' }>['places'];
const longSide = 200;

/**
 * Where the thing that is under a place at a time goes from there on, as long as its clip lasts and it is not lost. Null
 * when there is nothing to hold on to. Times and places are of the result.
 */
export async function trackFrom(
  list: EditList,
  reels: ReadonlyMap<string, Reel>,
  from: { atMs: number; forMs: number; x: number; y: number },
  { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<Places | null> {
  const clip = at(list, from.atMs).main?.clip;
  const reel = clip && reels.get(clip.source);
  if (!reel) return null;
  const eye = await (await reel.twin()).twin();
  const canvas = new OffscreenCanvas(1, 1);
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  const stepMs = Math.max(1000 / list.fps, from.forMs / (editLimits.places - 1));
  const places: Places = [];
  let patch: Float32Array | null = null;
  let now = { x: 0, y: 0 };
  for (let step = 0; step < editLimits.places && step * stepMs <= from.forMs; step++) {
    signal.throwIfAborted();
    const atMs = from.atMs + step * stepMs;
    const main = at(list, atMs).main;
    // Behind a cut it is another scene.
    if (main?.clip !== clip) break;
    const shown = await eye.pictureAt(main.sourceMs);
    if (!shown) break;
    const scale = longSide / Math.max(shown.width, shown.height);
    const [width, height] = [Math.round(shown.width * scale), Math.round(shown.height * scale)];
    Object.assign(canvas, { width, height });
    pen.drawImage(shown.picture, 0, 0, width, height);
    const grey: Grey = greyOf(pen.getImageData(0, 0, width, height));
    const [left, top, wide, high] = contain(shown, list);
    if (patch) {
      const found = follow(patch, grey, now);
      if (!found) break;
      now = found;
      // What it looks like changes as it turns: a little of the new is learned, so that it does not drift away.
      const fresh: Float32Array | null = patchAt(grey, found);
      if (fresh) patch = patch.map((value, i) => value * 0.9 + fresh[i]! * 0.1);
    } else {
      now = { x: ((from.x - left) / wide) * width, y: ((from.y - top) / high) * height };
      patch = patchAt(grey, now);
      if (!patch) return null;
    }
    const place = { x: left + (now.x / width) * wide, y: top + (now.y / height) * high };
    places.push({ atMs: Math.round(atMs), x: tidy(place.x), y: tidy(place.y) });
    onProgress((step * stepMs) / from.forMs);
  }
  // One place is no way: it stays where it is without being told.
  return places.length > 1 ? places : null;
}

const tidy = (share: number) => Math.round(Math.min(1.5, Math.max(-0.5, share)) * 10_000) / 10_000;
