import type { Reel } from '../reels/reel.ts';
import { look } from './looker.ts';

/**
 * What is seen in a source at a time: who stands before the background, and the points of the first face. Both are looked
 * for at fixed times of the source and blended in between. That holds them still, and makes the answer depend on the
 * source and the time alone: a preview that leaves pictures out and an export that leaves out none see the same.
 */
export type Mask = { width: number; height: number; data: Uint8Array };
/** x and y of 468 points, as numbered by MediaPipe's mesh, in shares of the picture. */
export type Points = Float32Array;
export type Seeing = {
  maskAt(reel: Reel, ms: number): Promise<Mask>;
  /** Null where no face is seen. */
  faceAt(reel: Reel, ms: number): Promise<Points | null>;
};

/** Looks a second. A face moves on straight lines for longer than the edge of a hand does. */
const rates = { person: 15, face: 10 } as const;
const maskSide = 128;
/** Of each kind and source: about three minutes of masks, 48 MB. */
const mostKept = 3000;

type Kept = {
  eye: Promise<Reel> | null;
  person: Map<number, Promise<Uint8Array>>;
  face: Map<number, Promise<Points | null>>;
};
const all = new WeakMap<Reel, Kept>();
function keptOf(reel: Reel): Kept {
  const known = all.get(reel);
  if (known) return known;
  const kept: Kept = { eye: null, person: new Map(), face: new Map() };
  all.set(reel, kept);
  return kept;
}

/** Looking must not turn the picture that is shown: it has the source opened once more. */
async function pictureAt(reel: Reel, ms: number) {
  const kept = keptOf(reel);
  kept.eye ??= reel.twin().then((twin) => twin.twin());
  return (await kept.eye).pictureAt(ms);
}

/** One look at a time: pictures are lent until the next is asked for. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const answer = turn.then(work);
  turn = answer.catch(() => {});
  return answer;
}

function remembered<Answer>(
  map: Map<number, Promise<Answer>>,
  index: number,
  find: () => Promise<Answer>,
): Promise<Answer> {
  const known = map.get(index);
  if (known) return known;
  const found = inTurn(find);
  map.set(index, found);
  // What failed may go well the next time.
  found.catch(() => map.delete(index));
  for (const oldest of map.keys()) {
    if (map.size <= mostKept) break;
    map.delete(oldest);
  }
  return found;
}

export const seeing: Seeing = {
  async maskAt(reel, ms) {
    const [low, part] = split(ms, rates.person);
    const lookAt = (index: number) =>
      remembered(keptOf(reel).person, index, async () => {
        const shown = await pictureAt(reel, (index * 1000) / rates.person);
        const seen = shown && (await look(shown, 'person'));
        return seen ? new Uint8Array(seen) : new Uint8Array(maskSide * maskSide).fill(255);
      });
    const [before, after] = await Promise.all([lookAt(low), lookAt(low + 1)]);
    return { width: maskSide, height: maskSide, data: blend(before, after, part) };
  },
  async faceAt(reel, ms) {
    const [low, part] = split(ms, rates.face);
    const lookAt = (index: number) =>
      remembered(keptOf(reel).face, index, async () => {
        const shown = await pictureAt(reel, (index * 1000) / rates.face);
        const seen = shown && (await look(shown, 'face'));
        return seen ? new Float32Array(seen) : null;
      });
    const [before, after] = await Promise.all([lookAt(low), lookAt(low + 1)]);
    if (before && after) return blend(before, after, part);
    return part < 0.5 ? before : after;
  },
};

/**
 * For a preview: where nobody can look just now, the picture stays whole and nothing is pinned, rather than that nothing
 * is shown. An export must not do so.
 */
export const forgiving: Seeing = {
  maskAt: (reel, ms) =>
    seeing.maskAt(reel, ms).catch(() => ({ width: 1, height: 1, data: new Uint8Array([255]) })),
  faceAt: (reel, ms) => seeing.faceAt(reel, ms).catch(() => null),
};

const split = (ms: number, rate: number): [number, number] => {
  const place = (Math.max(0, ms) * rate) / 1000;
  return [Math.floor(place), place - Math.floor(place)];
};

function blend<Values extends Uint8Array | Float32Array>(
  before: Values,
  after: Values,
  part: number,
): Values {
  const mixed = before.slice() as Values;
  for (let i = 0; i < mixed.length; i++) mixed[i] = before[i]! * (1 - part) + after[i]! * part;
  return mixed;
}
