/**
 * What the content graph is held against: popularity, the rate of an item, item-to-item, and a formula of hand-set weights
 * as open short-video servers use it. All learn the same views one by one and fill pages through the same two functions.
 */
import {
  type ContentGraph,
  createContentGraph,
  type GraphItem,
  type Tunables,
} from '../../packages/content-graph/content-graph.ts';
import { below, createChance } from '../simulate/chance.ts';

export type View = {
  user: string;
  item: string;
  atMs: number;
  watchedMs: number;
  isLong: boolean;
  deeds: readonly ('like' | 'share' | 'follow' | 'not-interested')[];
};

export type PageWish = {
  user: string;
  atMs: number;
  limit: number;
  /** Only these; left out: the whole catalogue but what the user has viewed. */
  among?: readonly string[];
};

export type Contender = {
  name: string;
  put(item: GraphItem): void;
  learn(view: View): void;
  /** Ids, best first. */
  page(wish: PageWish): string[];
};

/** The graph itself; with `among`, one page over just these. */
export function graphContender(
  name: string,
  tunables: Partial<Tunables> = {},
  graph: ContentGraph = createContentGraph({ seed: 1, tunables }),
): Contender & { graph: ContentGraph } {
  return {
    name,
    graph,
    put: (item) => graph.putItem(item),
    learn({ user, item, atMs, watchedMs, deeds }) {
      graph.learn({ user, item, atMs, kind: 'view', watchedMs });
      for (const kind of deeds) graph.learn({ user, item, atMs, kind });
    },
    page({ user, atMs, limit, among }) {
      const allowed = among && new Set(among);
      const allow = allowed ? { allow: (id: string) => allowed.has(id) } : {};
      return graph.rank({ user, atMs, limit, ...allow }).map((one) => one.id);
    },
  };
}

/** Few candidates are found among all items only when the search for them does not stop early. */
export const WHOLE_CATALOGUE: Partial<Tunables> = { sweep: 100_000 };
/** Expected value alone: nothing given away to learn something, nothing for variety. */
export const BARE: Partial<Tunables> = {
  ...WHOLE_CATALOGUE,
  exploration: 0,
  thompson: 0,
  similarity: 0,
  newViewerViews: 0,
  tagShareEarly: 1,
  tagShareLate: 1,
  creatorShare: 1,
  soundShare: 1,
};

type Counts = { views: number; long: number; likes: number; shares: number };

/** What the simple ones have in common: counts per item, and who has seen what. */
function createTally() {
  const items = new Map<string, GraphItem>();
  const counts = new Map<string, Counts>();
  const seen = new Map<string, Set<string>>();
  const none: Counts = { views: 0, long: 0, likes: 0, shares: 0 };
  let views = 20;
  let long = 7;
  return {
    items,
    put: (item: GraphItem) => void items.set(item.id, item),
    learn(view: View) {
      const own = seen.get(view.user) ?? new Set();
      seen.set(view.user, own);
      own.add(view.item);
      const count = counts.get(view.item) ?? { ...none };
      counts.set(view.item, count);
      count.views++;
      views++;
      if (view.isLong) {
        count.long++;
        long++;
      }
      if (view.deeds.includes('like')) count.likes++;
      if (view.deeds.includes('share')) count.shares++;
    },
    of: (item: string) => counts.get(item) ?? none,
    /** Share of long views, a little of everybody's mixed in. */
    rate(item: string) {
      const count = counts.get(item) ?? none;
      return (count.long + (10 * long) / views) / (count.views + 10);
    },
    mean: () => long / views,
    unseen({ user, among }: PageWish): string[] {
      const own = seen.get(user);
      return [...(among ?? items.keys())].filter((id) => items.has(id) && !own?.has(id));
    },
  };
}

function best(ids: readonly string[], limit: number, scoreOf: (id: string) => number): string[] {
  const scored = ids.map((id, at) => ({ id, at, score: scoreOf(id) }));
  scored.sort((a, b) => b.score - a.score || a.at - b.at);
  return scored.slice(0, limit).map((one) => one.id);
}

export function popularityContender(): Contender {
  const tally = createTally();
  return {
    ...tally,
    name: 'popularity (number of long views)',
    page: (wish) => best(tally.unseen(wish), wish.limit, (id) => tally.of(id).long),
  };
}

export function rateContender(): Contender {
  const tally = createTally();
  return {
    ...tally,
    name: 'item rate (smoothed share of long views)',
    page: (wish) => best(tally.unseen(wish), wish.limit, (id) => tally.rate(id)),
  };
}

const LAST_LONG = 50;

/** Cosine of items over the users who watched both long; what nobody's history reaches comes by the item's rate. */
export function itemToItemContender(): Contender {
  const tally = createTally();
  const together = new Map<string, Map<string, number>>();
  const longBy = new Map<string, string[]>();
  const mass = new Map<string, number>();
  const add = (a: string, b: string) => {
    const row = together.get(a) ?? new Map<string, number>();
    together.set(a, row);
    row.set(b, (row.get(b) ?? 0) + 1);
  };
  return {
    ...tally,
    name: 'item-to-item (cosine over long views)',
    learn(view) {
      tally.learn(view);
      if (!view.isLong) return;
      const own = longBy.get(view.user) ?? [];
      longBy.set(view.user, own);
      if (own.includes(view.item)) return;
      for (const other of own) {
        add(other, view.item);
        add(view.item, other);
      }
      mass.set(view.item, (mass.get(view.item) ?? 0) + 1);
      own.push(view.item);
      if (own.length > LAST_LONG) own.shift();
    },
    page(wish) {
      const scores = new Map<string, number>();
      for (const own of longBy.get(wish.user) ?? [])
        for (const [other, count] of together.get(own) ?? [])
          scores.set(other, (scores.get(other) ?? 0) + count / Math.sqrt(mass.get(own)! * mass.get(other)!));
      return best(tally.unseen(wish), wish.limit, (id) => (scores.get(id) ?? 0) + 1e-3 * tally.rate(id));
    },
  };
}

const DAY_MS = 86_400_000;
const NEWEST = 60;
const RANDOM_SHARE = 0.3;

/**
 * Freshness .25, engagement .35, affinity to creator and tags .30, quality of the creator .10, over the newest sixty, and
 * three of ten slots at random: the weights are the published ones; how each part is brought to 0 … 1 is our reading.
 */
export function formulaContender(seed = 1): Contender {
  const tally = createTally();
  const chance = createChance(seed);
  const likings = new Map<string, Map<string, number>>();
  const creators = new Map<string, { views: number; long: number }>();
  const featuresOf = ({ creator, tags }: GraphItem) => [
    `creator:${creator}`,
    ...tags.map((tag) => `tag:${tag}`),
  ];
  const engagement = (id: string) => {
    const { views, likes, shares } = tally.of(id);
    return (
      (0.7 * tally.rate(id)) / (tally.rate(id) + tally.mean()) +
      Math.min(0.3, (likes + 2 * shares) / (views + 10))
    );
  };
  return {
    ...tally,
    name: 'formula of fixed weights, 30 % random',
    learn(view) {
      tally.learn(view);
      const item = tally.items.get(view.item);
      if (!item) return;
      const made = creators.get(item.creator!) ?? { views: 0, long: 0 };
      creators.set(item.creator!, { views: made.views + 1, long: made.long + (view.isLong ? 1 : 0) });
      if (!view.isLong) return;
      const own = likings.get(view.user) ?? new Map<string, number>();
      likings.set(view.user, own);
      for (const feature of featuresOf(item)) own.set(feature, (own.get(feature) ?? 0) + 1);
    },
    page(wish) {
      const own = likings.get(wish.user);
      const most = own ? Math.max(...own.values()) : 1;
      const publishedAt = (id: string) => tally.items.get(id)!.publishedAtMs;
      const newest = best(tally.unseen(wish), NEWEST, publishedAt);
      const ordered = best(newest, newest.length, (id) => {
        const item = tally.items.get(id)!;
        const ageDays = Math.max(0, wish.atMs - item.publishedAtMs) / DAY_MS;
        const affinities = featuresOf(item).map((feature) => (own?.get(feature) ?? 0) / most);
        const affinity = affinities.reduce((sum, one) => sum + one, 0) / affinities.length;
        const made = creators.get(item.creator!) ?? { views: 0, long: 0 };
        const quality = (made.long + 10 * tally.mean()) / (made.views + 10);
        return 0.25 * 2 ** (-ageDays / 3) + 0.35 * engagement(id) + 0.3 * affinity + 0.1 * quality;
      });
      const page: string[] = [];
      while (page.length < wish.limit && ordered.length > 0) {
        const at = chance() < RANDOM_SHARE ? below(chance, ordered.length) : 0;
        page.push(...ordered.splice(at, 1));
      }
      return page;
    },
  };
}
