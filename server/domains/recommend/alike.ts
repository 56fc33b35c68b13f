import type { VideoId } from '../../../contract/ids.ts';
import type { Ranked } from './recommend.ts';
import type { Entry } from './wishes.rules.ts';

/** Each of them costs a look around. */
const mostLooks = 8;

/** More like several videos together: what goes with many of them comes first. */
export function likeAll(
  videoIds: readonly VideoId[],
  limit: number,
  shelf: {
    catalogue: ReadonlyMap<string, Entry>;
    related(videoId: VideoId): Ranked[];
    isFit(entry: Entry): boolean;
  },
): Ranked[] {
  const given = new Set<string>(videoIds);
  const found = new Map<string, Ranked>();
  for (const videoId of videoIds.slice(0, mostLooks)) {
    for (const one of shelf.related(videoId)) {
      const entry = shelf.catalogue.get(one.videoId);
      if (!entry || given.has(one.videoId) || !shelf.isFit(entry)) continue;
      const known = found.get(one.videoId);
      found.set(one.videoId, known ? { ...known, score: known.score + one.score } : one);
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}
