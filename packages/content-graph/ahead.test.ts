import { expect, test } from 'vitest';
import { catalogue, graphWith, ids, START_MS, TOPICS } from './testing.catalogue.ts';

const items = catalogue(240);
const topicOf = (id: string) => Number(id.slice(5)) % TOPICS;

test('what is still to be watched counts as met: two pages for a newcomer show all topics', () => {
  const graph = graphWith(items);
  const page = (seed: number, ahead: readonly string[]) =>
    ids(
      graph.rank({
        user: 'ada',
        atMs: START_MS,
        limit: TOPICS / 2,
        seed,
        exclude: (id) => ahead.includes(id),
        ahead,
      }),
    );
  const topics = (shown: readonly string[]) => new Set(shown.map(topicOf)).size;
  let met = 0;
  let metUntold = 0;
  for (let seed = 0; seed < 20; seed++) {
    const first = page(seed, []);
    met += topics([...first, ...page(seed + 100, first)]);
    const untold = ids(
      graph.rank({
        user: 'ada',
        atMs: START_MS,
        limit: TOPICS / 2,
        seed: seed + 100,
        exclude: (id) => first.includes(id),
      }),
    );
    metUntold += topics([...first, ...untold]);
  }
  // A slot in twelve or so goes to a newcomer, whatever its topic.
  expect(met / 20).toBeGreaterThan(TOPICS - 1.5);
  expect(met).toBeGreaterThan(metUntold);
});

test('an unknown id, and what the user has watched since, changes nothing', () => {
  const graph = graphWith(items);
  graph.learn({ user: 'ada', item: 'item-3', atMs: START_MS, kind: 'view', watchedMs: 9000 });
  const request = { user: 'ada', atMs: START_MS, limit: 12, seed: 3 };
  expect(graph.rank({ ...request, ahead: ['item-3', 'nothing', ''] })).toEqual(graph.rank(request));
});
