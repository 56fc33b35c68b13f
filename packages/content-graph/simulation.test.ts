import { describe, expect, it } from 'vitest';
import { restoreContentGraph } from './content-graph.ts';
import { catalogue, graphWith, ids, likes, START_MS, shareOf, TOPICS, watch } from './testing.catalogue.ts';

const HOUR_MS = 3_600_000;
const LATER_MS = START_MS + 24 * HOUR_MS;

describe('a new viewer in an empty house', () => {
  for (const size of [240, 600])
    for (const seed of [1, 2, 3, 4, 5])
      it(`sees a favoured topic at four times its base share among videos 21 to 40 (${size} items, seed ${seed})`, () => {
        const items = catalogue(size);
        for (let topic = 0; topic < TOPICS; topic++) {
          const watched = watch(graphWith(items, seed), items, {
            user: 'ada',
            enjoys: likes(topic),
            videos: 40,
          });
          expect(shareOf(watched.slice(20), `topic-${topic}`), `topic ${topic}`).toBeGreaterThanOrEqual(
            4 / TOPICS,
          );
        }
      });

  it('meets at least ten of twelve topics among the first sixteen videos, even when skipping them all', () => {
    const items = catalogue(600);
    const watched = watch(graphWith(items), items, { user: 'ada', enjoys: () => false, videos: 16 });
    expect(new Set(watched.map((item) => item.tags[0])).size).toBeGreaterThanOrEqual(10);
  });

  it('is shown other things than a viewer with another taste', () => {
    const items = catalogue(600);
    const graph = graphWith(items);
    const ada = watch(graph, items, { user: 'ada', enjoys: likes(2), videos: 40 }).slice(20);
    const ben = watch(graph, items, { user: 'ben', enjoys: likes(9), videos: 40 }).slice(20);
    expect(shareOf(ada, 'topic-2')).toBeGreaterThan(4 * shareOf(ben, 'topic-2'));
    expect(shareOf(ben, 'topic-9')).toBeGreaterThan(4 * shareOf(ada, 'topic-9'));
  });
});

describe('a catalogue of sixty', () => {
  it('is shown whole, each item once, and then nothing', () => {
    const items = catalogue(60);
    const watched = watch(graphWith(items), items, { user: 'ada', enjoys: likes(3), videos: 100 });
    expect(watched).toHaveLength(60);
    expect(new Set(watched).size).toBe(60);
  });

  it('brings the five items of a favoured topic before the last third', () => {
    const items = catalogue(60);
    const watched = watch(graphWith(items), items, { user: 'ada', enjoys: likes(3), videos: 60 });
    expect(watched.slice(0, 40).filter(likes(3))).toHaveLength(5);
  });
});

describe('a house with viewers', () => {
  const items = catalogue(600);
  const peopled = () => {
    const graph = graphWith(items);
    for (let person = 0; person < 48; person++)
      watch(graph, items, { user: `viewer-${person}`, enjoys: likes(person % TOPICS), videos: 40 });
    return graph;
  };

  it('ranks the same page after snapshot and restore, for old and new viewers', () => {
    const graph = peopled();
    const restored = restoreContentGraph(graph.snapshot(), { seed: 1 });
    for (const user of ['viewer-0', 'viewer-17', 'nobody yet'])
      expect(restored.rank({ user, atMs: LATER_MS, limit: 20 })).toEqual(
        graph.rank({ user, atMs: LATER_MS, limit: 20 }),
      );
  });

  it('gives a newcomer with one taste the same share, now with neighbours to learn from', () => {
    const watched = watch(peopled(), items, { user: 'new', enjoys: likes(5), videos: 40, atMs: LATER_MS });
    expect(shareOf(watched.slice(20), 'topic-5')).toBeGreaterThanOrEqual(4 / TOPICS);
  });

  /** Viewers who met the item, of sixty who come one after the other. */
  function audiences(seed: number): { gem: number; dud: number } {
    const graph = restoreContentGraph(peopled().snapshot(), { seed });
    const gem = {
      ...items[0]!,
      id: 'gem',
      creator: 'unknown',
      sound: null,
      tags: ['topic-0', 'mood-0'],
      publishedAtMs: LATER_MS,
    };
    const dud = { ...gem, id: 'dud', creator: 'unknown too' };
    graph.putItem(gem);
    graph.putItem(dud);
    const met = { gem: 0, dud: 0 };
    const everything = [...items, gem, dud];
    for (let person = 0; person < 60; person++) {
      const watched = watch(graph, everything, {
        user: `second-${person}`,
        enjoys: (item) => item.id === 'gem' || (item.id !== 'dud' && likes(person % TOPICS)(item)),
        videos: 30,
        atMs: LATER_MS + person * HOUR_MS,
      });
      for (const id of ['gem', 'dud'] as const) if (watched.some((item) => item.id === id)) met[id]++;
    }
    return met;
  }

  it('finds a new item that everybody finishes', { timeout: 120_000 }, () => {
    const runs = [1, 2, 3].map(audiences);
    const gems = runs.reduce((sum, { gem }) => sum + gem, 0);
    const duds = runs.reduce((sum, { dud }) => sum + dud, 0);
    // An item of no particular quality reaches 30 of 602 items × 60 viewers: about three a run.
    expect(gems, JSON.stringify(runs)).toBeGreaterThanOrEqual(80);
    expect(gems).toBeGreaterThan(2 * duds);
  });

  it('hardly moves for anybody else when one account floods it', () => {
    const graph = peopled();
    const calm = restoreContentGraph(graph.snapshot(), { seed: 1 });
    for (let round = 0; round < 200; round++)
      for (const kind of ['view', 'like', 'share', 'follow', 'unlike', 'like', 'report'] as const)
        for (const item of ['item-7', 'item-19', 'item-31'])
          graph.learn({ user: 'flood', item, atMs: LATER_MS + round, kind, watchedMs: 1e9 });
    let kept = 0;
    for (let person = 0; person < 48; person++) {
      const request = { user: `viewer-${person}`, atMs: LATER_MS + HOUR_MS, limit: 10 };
      const before = new Set(ids(calm.rank(request)));
      kept += ids(graph.rank(request)).filter((id) => before.has(id)).length;
    }
    expect(kept / 480).toBeGreaterThan(0.85);
  });
});
