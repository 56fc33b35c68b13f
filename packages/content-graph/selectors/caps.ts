/** How much of one creator, sound or tag a page may hold, and how alike its items are. */
import type { Candidate, Ranking } from '../ranking.ts';
import { CREATOR, SOUND, TAG } from '../state/features.ts';
import { isTopic } from '../state/graph-state.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';

const KNOWN_VIEWS = 200;
/** Sharing a creator makes two items half alike; likewise all tags. */
const LIKENESS = { creator: 0.5, sound: 0.2, tags: 0.5 };

/** Caps hold for this many slots from the first on, and for each further one: a shorter page is a part of what follows it. */
const WINDOW = 8;

export type PageCaps = {
  tag: number;
  creator: number;
  sound: number;
  placed: Set<number>[];
  /** Slots that the present caps are for. */
  slots: number;
};

/** Caps give way in this order when nothing fits: tags, then sounds, then creators. */
export const NO_CAPS = 3;

export function openCaps(ranking: Ranking): PageCaps {
  const caps = { tag: 0, creator: 0, sound: 0, placed: [], slots: 0 };
  widen(ranking, caps);
  return caps;
}

/** The caps for one slot more than are filled. */
function widen(ranking: Ranking, caps: PageCaps): void {
  const { tunables, views } = ranking;
  caps.slots = Math.max(WINDOW, caps.placed.length + 1);
  const known = Math.min(1, views / KNOWN_VIEWS);
  const tagShare = tunables.tagShareEarly + known * (tunables.tagShareLate - tunables.tagShareEarly);
  caps.tag = Math.ceil(tagShare * caps.slots);
  caps.creator = Math.ceil(tunables.creatorShare * caps.slots);
  caps.sound = Math.ceil(tunables.soundShare * caps.slots);
}

/** How many items of this page have the feature. */
export function countOnPage({ scratch }: Ranking, feature: number): number {
  return scratch.pageTicket[feature] === scratch.ticket ? scratch.pageCount[feature]! : 0;
}

export function fits(ranking: Ranking, caps: PageCaps, candidate: Candidate, relaxed: number): boolean {
  if (relaxed >= NO_CAPS) return true;
  // Counts only grow while a page is filled: what a cap kept out stays out until the caps widen.
  if (relaxed === 0 && candidate.cappedFor === caps.slots) return false;
  const { features } = ranking.state.items;
  const from = offsetOf(features, candidate.item);
  const end = from + sizeOf(features, candidate.item);
  for (let at = from; at < end; at++) {
    const feature = features.words[at]!;
    const count = countOnPage(ranking, feature);
    if (count === 0) continue;
    const kind = ranking.state.features.kind[feature];
    const isFull =
      (kind === CREATOR && count >= caps.creator) ||
      (kind === SOUND && relaxed < 2 && count >= caps.sound) ||
      (kind === TAG && relaxed < 1 && count >= caps.tag);
    if (!isFull) continue;
    if (relaxed === 0) candidate.cappedFor = caps.slots;
    return false;
  }
  return true;
}

export function place(ranking: Ranking, caps: PageCaps, { item }: Candidate): void {
  const { state, scratch } = ranking;
  const { features } = state.items;
  const from = offsetOf(features, item);
  const own = new Set<number>();
  for (let at = from; at < from + sizeOf(features, item); at++) {
    const feature = features.words[at]!;
    const kind = state.features.kind[feature]!;
    if (kind > SOUND || (kind === TAG && !isTopic(state, feature))) continue;
    own.add(feature);
    scratch.pageCount[feature] = countOnPage(ranking, feature) + 1;
    scratch.pageTicket[feature] = scratch.ticket;
  }
  caps.placed.push(own);
  widen(ranking, caps);
}

/** Likeness to the nearest item on the page, 0 … 1; compared only with what was placed since it was last asked. */
export function nearness(ranking: Ranking, caps: PageCaps, candidate: Candidate): number {
  for (; candidate.compared < caps.placed.length; candidate.compared++)
    candidate.near = Math.max(
      candidate.near,
      likeness(ranking, caps.placed[candidate.compared]!, candidate.item),
    );
  return candidate.near;
}

function likeness(ranking: Ranking, own: Set<number>, item: number): number {
  const { features } = ranking.state.items;
  const from = offsetOf(features, item);
  let like = 0;
  let tags = 0;
  let shared = 0;
  for (let at = from; at < from + sizeOf(features, item); at++) {
    const feature = features.words[at]!;
    const kind = ranking.state.features.kind[feature];
    if (kind === TAG) tags++;
    if (!own.has(feature)) continue;
    if (kind === TAG) shared++;
    else like += kind === CREATOR ? LIKENESS.creator : LIKENESS.sound;
  }
  return Math.min(1, like + (tags > 0 ? (LIKENESS.tags * shared) / tags : 0));
}
