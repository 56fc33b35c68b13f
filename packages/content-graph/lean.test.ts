import { expect, test } from 'vitest';
import { createContentGraph, restoreContentGraph } from './content-graph.ts';

const atMs = Date.UTC(2026, 10, 22);
const topics = ['bread', 'trains', 'knots', 'moss', 'kites', 'maps', 'bees', 'clay'];

function filled() {
  const graph = createContentGraph({ seed: 7 });
  for (let at = 0; at < 400; at++)
    graph.putItem({
      id: `item-${at}`,
      creator: `creator-${at % 25}`,
      sound: at % 5 === 0 ? 'rain' : null,
      tags: [topics[at % topics.length]!],
      language: 'en',
      durationMs: 12_000,
      publishedAtMs: atMs - at * 600_000,
    });
  return graph;
}
const topicOf = (id: string) => topics[Number(id.slice(5)) % topics.length];
const share = (page: { id: string }[], topic: string) =>
  page.filter((one) => topicOf(one.id) === topic).length / page.length;
/** Mean over draws, so that chance decides nothing. */
function shareWith(lean: ReadonlyMap<string, number> | undefined, topic = 'bread') {
  const graph = filled();
  const pages = Array.from({ length: 20 }, (_, seed) =>
    graph.rank({ user: 'ada', atMs, limit: 20, seed, ...(lean && { lean }) }),
  );
  return pages.reduce((sum, page) => sum + share(page, topic), 0) / pages.length;
}

test('what is asked for comes more, what is asked away comes less, before anything was watched', () => {
  const usual = shareWith(undefined);
  expect(shareWith(new Map([['tag:bread', 0.6]]))).toBeGreaterThan(usual);
  expect(shareWith(new Map([['tag:bread', 1.5]]))).toBeGreaterThan(usual * 2);
  const less = new Map([
    ['tag:bread', -1.2],
    ['tag:moss', 1.5],
  ]);
  expect(shareWith(less)).toBeLessThan(usual * 0.8);
});

test('an item that came because it was asked for says so', () => {
  const page = filled().rank({ user: 'ada', atMs, limit: 20, lean: new Map([['tag:bread', 3]]) });
  const asked = page.filter((one) => one.causes[0] === 'lean:tag:bread');
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.every((one) => topicOf(one.id) === 'bread' && one.source === 'tag')).toBe(true);
});

test('without profiling a wish for more is not used, and nonsense among wishes changes nothing', () => {
  const graph = filled();
  const plain = { user: 'ada', atMs, limit: 20, profiling: false };
  expect(graph.rank({ ...plain, lean: new Map([['tag:bread', 5]]) })).toEqual(graph.rank(plain));
  const nonsense = new Map([
    ['tag:bread', Number.NaN],
    ['tag:nowhere', 2],
    ['language:en', 2],
    ['', 2],
  ]);
  const asked = { user: 'ada', atMs, limit: 20 };
  expect(graph.rank({ ...asked, lean: nonsense })).toEqual(graph.rank(asked));
});

test('what was only met is not ranked again and teaches nothing, also after a snapshot', () => {
  const graph = filled();
  const before = graph.stats();
  const first = graph.rank({ user: 'ada', atMs, limit: 20 }).map((one) => one.id);
  for (const id of first) expect(graph.see('ada', id)).toBe('learned');
  expect(graph.see('ada', 'nothing')).toBe('unknown-item');
  expect(graph.see('', first[0]!)).toBe('refused');
  expect(graph.tasteOf('ada')).toEqual({ tags: [], creators: [], sounds: [], languages: [], views: 0 });
  expect(graph.stats()).toMatchObject({ meanValue: before.meanValue, events: before.events });
  for (const one of [graph, restoreContentGraph(graph.snapshot(), { seed: 7 })]) {
    const next = one.rank({ user: 'ada', atMs, limit: 100 }).map((item) => item.id);
    expect(next.filter((id) => first.includes(id))).toEqual([]);
  }
});
