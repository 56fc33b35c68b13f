/**
 * Which videos are watched more now than they were: for each, one sum of views that fades in hours and one that fades
 * in days. With steady watching the fast sum is a fixed share of the slow one; what it has beyond that, in units of the
 * spread that such a count has by chance (Poisson), is how much the video rises. Sums may be added in any order.
 */
export type Rising = {
  /** One view: of one viewer, video and day there is at most one. */
  hear(videoId: string, atMs: number, views?: number): void;
  drop(videoId: string): void;
  /** Those that rise, most first. */
  top(atMs: number, most: number): { videoId: string; score: number }[];
};

const hourMs = 3_600_000;
const fastMs = 3 * hourMs;
const slowMs = 36 * hourMs;
/** How far back one has to look to know both sums well. */
export const risingWindowMs = 3 * slowMs;
/** Fewer viewers than these are no rise. */
const leastViews = 3;
/** Chance alone goes beyond this once in forty times. */
const leastScore = 2;
const most = 20_000;

type Sums = { atMs: number; fast: number; slow: number };
const faded = (sum: number, passedMs: number, halfLifeMs: number) => sum * 2 ** (-passedMs / halfLifeMs);

export function createRising(): Rising {
  const sums = new Map<string, Sums>();

  /** Halves the list when it is too long: what few have watched lately rises least. */
  const makeRoom = () => {
    const latestMs = Math.max(...[...sums.values()].map((one) => one.atMs));
    const ordered = [...sums].map(([id, one]) => [id, faded(one.slow, latestMs - one.atMs, slowMs)] as const);
    ordered.sort((a, b) => a[1] - b[1]);
    for (const [id] of ordered.slice(0, most / 2)) sums.delete(id);
  };

  return {
    hear(videoId, atMs, views = 1) {
      const known = sums.get(videoId) ?? { atMs, fast: 0, slow: 0 };
      const latest = Math.max(known.atMs, atMs);
      sums.set(videoId, {
        atMs: latest,
        fast: faded(known.fast, latest - known.atMs, fastMs) + faded(views, latest - atMs, fastMs),
        slow: faded(known.slow, latest - known.atMs, slowMs) + faded(views, latest - atMs, slowMs),
      });
      if (sums.size > most) makeRoom();
    },
    drop: (videoId) => void sums.delete(videoId),
    top(atMs, count) {
      const found: { videoId: string; score: number }[] = [];
      for (const [videoId, one] of sums) {
        const passedMs = Math.max(0, atMs - one.atMs);
        const fast = faded(one.fast, passedMs, fastMs);
        if (fast < leastViews) continue;
        const expected = (faded(one.slow, passedMs, slowMs) * fastMs) / slowMs;
        const score = (fast - expected) / Math.sqrt(expected + 1);
        if (score >= leastScore) found.push({ videoId, score });
      }
      return found.sort((a, b) => b.score - a.score || (a.videoId < b.videoId ? -1 : 1)).slice(0, count);
    },
  };
}
