import { describe, expect, it } from 'vitest';
import { createChance } from '../chance.ts';
import { type ContentGraph, createContentGraph, fitForecast, type Lessons } from '../content-graph.ts';

const START_MS = 1_800_000_000_000;
const TASTES = 6;
const EACH = 20;
const PEOPLE = 120;

/** Nothing tells the items apart but who watches them: no tags, and each has a creator of its own. */
function emptyGraph(): ContentGraph {
  const graph = createContentGraph({ seed: 1 });
  for (let at = 0; at < TASTES * EACH; at++)
    graph.putItem({
      id: `item-${at}`,
      creator: `creator-${at}`,
      sound: null,
      tags: [],
      language: 'en',
      durationMs: 10_000,
      publishedAtMs: START_MS - 1e9 - at,
    });
  return graph;
}

const tasteOf = (id: string) => Math.floor(Number(id.slice('item-'.length)) / EACH);
const meet = (graph: ContentGraph, user: string, item: number, watchedMs: number, atMs: number) =>
  graph.learn({ user, item: `item-${item}`, atMs, kind: 'view', watchedMs });

/** Everybody watches eight items, of one taste or of any, and leaves eight others at once. */
function peopled(isOfOneTaste: boolean): ContentGraph {
  const graph = emptyGraph();
  const chance = createChance(7);
  const any = () => Math.floor(chance() * TASTES * EACH);
  for (let person = 0; person < PEOPLE; person++)
    for (let turn = 0; turn < 8; turn++) {
      const own = (person % TASTES) * EACH + Math.floor(chance() * EACH);
      const atMs = START_MS + person * 1000 + turn * 10;
      meet(graph, `person-${person}`, isOfOneTaste ? own : any(), 10_000, atMs);
      meet(graph, `person-${person}`, any(), 500, atMs + 5);
    }
  for (const item of [0, 1, 2, 3]) meet(graph, 'ada', item, 10_000, START_MS + 1e6 + item);
  for (let at = 0; at < 12; at++) meet(graph, 'ada', 30 + at * 6, 500, START_MS + 1e6 + 50 + at);
  return graph;
}

function lessonsOf(graph: ContentGraph): Lessons {
  const steps = graph.lessonsInSteps();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const community = peopled(true);
const lessons = lessonsOf(community);
const fitted = fitForecast(lessons, { seed: 1 })!;
const request = { user: 'ada', atMs: START_MS + 2e6, limit: 20 };
const ownOf = (graph: ContentGraph) => graph.rank(request).filter(({ id }) => tasteOf(id) === 0);

describe('a forecast', () => {
  it('brings what fits a history, names what speaks for it, and goes when it is taken back', () => {
    const graph = peopled(true);
    const before = graph.rank(request);
    graph.adopt(fitted);
    const brought = ownOf(graph).filter(({ id }) => !before.some((one) => one.id === id));
    expect(brought.length).toBeGreaterThanOrEqual(3);
    const named = brought.filter(({ source }) => source === 'similar');
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const { causes } of named)
      expect(causes.every((id) => ['item-0', 'item-1', 'item-2', 'item-3'].includes(id))).toBe(true);
    expect(graph.retuned({ seed: 1 }).rank(request)).toEqual(graph.rank(request));
    graph.adopt(null);
    expect(graph.rank(request)).toEqual(before);
  });

  it('is the same for the same lessons, wherever it was fitted', () => {
    const elsewhere = structuredClone(fitForecast(structuredClone(lessons), { seed: 1 }));
    expect(elsewhere).toEqual(structuredClone(fitted));
    const [one, other] = [peopled(true), peopled(true)];
    one.adopt(fitted);
    other.adopt(elsewhere);
    expect(one.rank(request)).toEqual(other.rank(request));
    expect(one.rank(request)).toEqual(one.rank(request));
  });

  it('moves nothing when nothing was to be learned, and is none with too few people', () => {
    const aimless = fitForecast(lessonsOf(peopled(false)), { seed: 1 })!;
    expect(aimless.trust.slope).toBeLessThan(fitted.trust.slope / 10);
    expect(fitForecast(lessonsOf(emptyGraph()), { seed: 1 })).toBeNull();
  });

  it('knows the next event at once, and nobody who asks for no profile', () => {
    const graph = peopled(true);
    const plain = { ...request, profiling: false };
    const unasked = graph.rank(plain);
    graph.adopt(fitted);
    expect(graph.rank(plain)).toEqual(unasked);
    for (let at = 0; at < 6; at++) meet(graph, 'new', 20 + at, 10_000, START_MS + 1e6 + at);
    const page = graph.rank({ ...request, user: 'new' });
    expect(page.filter(({ id, source }) => tasteOf(id) === 1 && source === 'similar').length).toBeGreaterThan(
      0,
    );
  });

  it('leaves out what the graph does not know or has dropped', () => {
    const graph = peopled(true);
    graph.adopt({ ...fitted, ids: fitted.ids.map((id, at) => (at % 2 ? id : `gone-${id}`)) });
    graph.dropItem('item-5');
    const ids = graph.rank({ ...request, limit: 100 }).map(({ id }) => id);
    expect(ids.every((id) => id.startsWith('item-') && id !== 'item-5')).toBe(true);
  });
});

describe('lessons', () => {
  it('name no user, and leave out accounts that have met hardly anything', () => {
    const graph = peopled(true);
    for (let account = 0; account < 50; account++)
      for (const item of [7, 27, 47]) meet(graph, `farm-${account}`, item, 10_000, START_MS + 3e6);
    expect(lessonsOf(graph)).toEqual(lessons);
    expect(Object.keys(lessons)).toEqual(['ids', 'start', 'item', 'value']);
    // Whoever drew the same few items again and again has met hardly anything either.
    expect(lessons.start.length - 1).toBeGreaterThan(PEOPLE * 0.95);
  });
});
