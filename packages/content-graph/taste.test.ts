import { expect, test } from 'vitest';
import { createContentGraph, type GraphItem } from './content-graph.ts';
import { START_MS } from './testing.catalogue.ts';

/** A topic of six that a viewer loves or does not care for, and a mood of four that means nothing. */
const items = Array.from(
  { length: 600 },
  (_, at): GraphItem => ({
    id: `item-${at}`,
    creator: `creator-${at % 150}`,
    sound: null,
    tags: [`topic-${at % 6}`, `mood-${(at * 7 + Math.floor(at / 6)) % 4}`],
    language: 'en',
    durationMs: 20_000,
    publishedAtMs: START_MS - at * 60_000,
  }),
);

function community(people: number, views: number) {
  const graph = createContentGraph({ seed: 1 });
  for (const item of items) graph.putItem(item);
  for (let person = 0; person < people; person++)
    for (let view = 0; view < views; view++) {
      const at = (person * 131 + view * 37) % items.length;
      const isLoved = at % 6 === person % 6;
      graph.learn({
        user: `person-${person}`,
        item: `item-${at}`,
        atMs: START_MS + view * 30_000,
        kind: 'view',
        watchedMs: isLoved ? 20_000 : 4000,
      });
    }
  return graph;
}

test('what only comes along with a loved topic earns nothing', () => {
  const graph = community(40, 60);
  for (let person = 0; person < 40; person++) {
    const { tags } = graph.tasteOf(`person-${person}`);
    expect(tags[0]!.key).toBe(`topic-${person % 6}`);
    const moods = tags.filter(({ key }) => key.startsWith('mood-'));
    for (const { weight } of moods) expect(Math.abs(weight)).toBeLessThan(tags[0]!.weight / 4);
  }
});

test('where tags have told others apart, one view says more to the next newcomer', () => {
  const weightAfterOne = (people: number) => {
    const graph = community(people, 60);
    graph.learn({ user: 'new', item: 'item-3', atMs: START_MS, kind: 'view', watchedMs: 20_000 });
    const { tags } = graph.tasteOf('new');
    const of = (prefix: string) => tags.find(({ key }) => key.startsWith(prefix))!.weight;
    return { topic: of('topic-'), mood: of('mood-') };
  };
  const known = weightAfterOne(40);
  expect(known.topic).toBeGreaterThan(4 * known.mood);
  const unknown = weightAfterOne(0);
  expect(unknown.topic).toBeCloseTo(unknown.mood, 5);
});

test('what an account said first counts once it has become known', () => {
  const graph = createContentGraph({ seed: 1, tunables: { thompson: 0 } });
  for (const item of items) graph.putItem(item);
  const watchOf = (id: string) =>
    graph.rank({ user: 'stranger', atMs: START_MS, limit: 100, allow: (one) => one === id })[0]!.heads.watch;
  const see = (user: number, at: number, watchedMs: number) =>
    graph.learn({ user: `user-${user}`, item: `item-${at}`, atMs: START_MS, kind: 'view', watchedMs });
  for (let user = 0; user < 20; user++) see(user, 0, 20_000);
  const atFirst = watchOf('item-0');
  for (let user = 0; user < 20; user++) for (let at = 6; at < 30; at++) see(user, at, 20_000 * (at % 2));
  expect(watchOf('item-0')).toBeGreaterThan(atFirst + 0.2);
});
