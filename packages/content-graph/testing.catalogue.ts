/** A made-up catalogue and viewers with hidden tastes, for the tests of this package. */
import { type ContentGraph, createContentGraph, type GraphItem, type RankedItem } from './content-graph.ts';

export const HOUR_MS = 3_600_000;
export const START_MS = 1_800_000_000_000;
export const TOPICS = 12;

/** Every item has one of twelve topics, a mood that means nothing, and a tag that all share. */
export function catalogue(size: number): GraphItem[] {
  return Array.from({ length: size }, (_, at) => ({
    id: `item-${at}`,
    creator: `creator-${(at * 7) % Math.max(12, Math.floor(size / 8))}`,
    sound: at % 3 === 0 ? `sound-${at % 29}` : null,
    tags: [`topic-${at % TOPICS}`, `mood-${(at * 5) % 7}`, 'everything'],
    language: 'en',
    durationMs: 8000 + ((at * 977) % 40) * 1000,
    publishedAtMs: START_MS - ((at * 31) % 500) * HOUR_MS,
  }));
}

export function graphWith(items: GraphItem[], seed = 1): ContentGraph {
  const graph = createContentGraph({ seed });
  for (const item of items) graph.putItem(item);
  return graph;
}

export const ids = (page: RankedItem[]) => page.map((ranked) => ranked.id);
export const shareOf = (items: GraphItem[], tag: string) =>
  items.filter((item) => item.tags.includes(tag)).length / items.length;

/** Takes pages of six; finishes what `enjoys` names, likes every third of it, leaves all else after a second. */
export function watch(
  graph: ContentGraph,
  items: GraphItem[],
  viewing: { user: string; enjoys: (item: GraphItem) => boolean; videos: number; atMs?: number },
): GraphItem[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const { user, enjoys, videos } = viewing;
  const watched: GraphItem[] = [];
  let atMs = viewing.atMs ?? START_MS;
  while (watched.length < videos) {
    const page = graph.rank({ user, atMs, limit: Math.min(6, videos - watched.length) });
    if (page.length === 0) break;
    for (const { id } of page) {
      const item = byId.get(id)!;
      const isEnjoyed = enjoys(item);
      const watchedMs = isEnjoyed ? item.durationMs : 1000;
      atMs += watchedMs;
      graph.learn({ user, item: id, atMs, kind: 'view', watchedMs });
      if (isEnjoyed && watched.length % 3 === 0) graph.learn({ user, item: id, atMs, kind: 'like' });
      watched.push(item);
    }
  }
  return watched;
}

export const likes = (topic: number) => (item: GraphItem) => item.tags.includes(`topic-${topic}`);
