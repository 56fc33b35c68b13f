import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createContentGraph,
  type GraphEvent,
  type GraphItem,
  type RankRequest,
  restoreContentGraph,
  SnapshotError,
} from './content-graph.ts';
import { catalogue, graphWith, HOUR_MS, ids, likes, START_MS, watch } from './testing.catalogue.ts';

const items = catalogue(60);
const DAY_MS = 24 * HOUR_MS;
const atMs = START_MS + HOUR_MS;
const view = (user: string, item: string, watchedMs = 20_000, when = START_MS): GraphEvent => ({
  user,
  item,
  atMs: when,
  kind: 'view',
  watchedMs,
});
const watchedBy = (user: string) => {
  const graph = graphWith(items);
  watch(graph, items, { user, enjoys: likes(4), videos: 24 });
  return graph;
};
/** Everything a graph says about itself that somebody could see. */
const faceOf = (graph: ReturnType<typeof graphWith>, user: string) => ({
  page: graph.rank({ user, atMs, limit: 60 }),
  taste: graph.tasteOf(user),
  users: graph.stats().users,
});

describe('somebody or something unknown', () => {
  it('gets an answer and leaves no row behind', () => {
    const graph = watchedBy('ada');
    const before = graph.snapshot();
    expect(graph.rank({ user: 'nobody', atMs, limit: 5 })).toHaveLength(5);
    expect(graph.tasteOf('nobody')).toMatchObject({ tags: [], views: 0 });
    expect(graph.related('nothing', 5, atMs)).toEqual([]);
    expect(graph.see('nobody', 'nothing')).toBe('unknown-item');
    graph.mergeUser('nobody', 'ada');
    graph.mergeUser('', 'ada');
    graph.forgetUser('nobody');
    graph.forgetUser('nobody', { keepSeen: true });
    graph.dropItem('nothing');
    expect(graph.snapshot()).toEqual(before);
  });

  it('may be followed, leaned to, asked for as a language, excluded: nothing comes of it', () => {
    const graph = watchedBy('ada');
    const plain = graph.rank({ user: 'ada', atMs, limit: 10 });
    const hostile = ['__proto__', '', 'nowhere', '\ud800', 'x'.repeat(600)];
    const lean = new Map(hostile.map((key) => [`tag:${key}`, 3]));
    lean.set('nonsense', 1).set('tag:topic-1', Number.NaN).set('creator:', Number.POSITIVE_INFINITY);
    const exclude = (id: string) => hostile.includes(id);
    expect(graph.rank({ user: 'ada', atMs, limit: 10, lean, exclude })).toEqual(plain);
    expect(ids(graph.rank({ user: 'ada', atMs, limit: 36, follows: hostile })).sort()).toEqual(
      ids(graph.rank({ user: 'ada', atMs, limit: 36 })).sort(),
    );
    expect(graph.rank({ user: 'ada', atMs, limit: 10, languages: hostile })).toHaveLength(10);
  });

  it('whose event names an unknown item does not become a user', () => {
    const graph = graphWith(items);
    for (let at = 0; at < 100; at++) expect(graph.learn(view(`user-${at}`, `no-${at}`))).toBe('unknown-item');
    expect(graph.stats()).toMatchObject({ users: 0, events: { learned: 0, unknownItem: 100 } });
  });
});

describe('a request', () => {
  it('of no or an absurd length is bounded, and one without a time or a user is refused', () => {
    const graph = watchedBy('ada');
    const rank = (limit: number) => graph.rank({ user: 'ada', atMs, limit });
    for (const limit of [0, -1, Number.NaN, Number.NEGATIVE_INFINITY, 0.5]) expect(rank(limit)).toEqual([]);
    for (const limit of [1e9, Number.POSITIVE_INFINITY]) expect(rank(limit)).toHaveLength(36);
    expect(rank(3.7)).toHaveLength(3);
    for (const wrong of [{ atMs: Number.NaN }, { atMs: -5 }, { atMs: 1e300 }, { user: '' }, { user: 5 }])
      expect(() => graph.rank({ user: 'ada', atMs, limit: 5, ...wrong } as RankRequest)).toThrow(TypeError);
    expect(graph.related('item-1', Number.NaN, atMs)).toEqual([]);
    expect(graph.related('item-1', 5, Number.NaN)).toEqual([]);
  });

  it('whose own filter throws harms no request after it', () => {
    const graph = watchedBy('ada');
    const before = graph.rank({ user: 'ada', atMs, limit: 10 });
    let asked = 0;
    const allow = () => {
      if (++asked === 7) throw new Error('the caller’s own fault');
      return true;
    };
    expect(() => graph.rank({ user: 'ada', atMs, limit: 10, allow })).toThrow('the caller’s own fault');
    expect(graph.rank({ user: 'ada', atMs, limit: 10 })).toEqual(before);
  });

  it('with any seed gives finite scores', () => {
    const graph = watchedBy('ada');
    for (const seed of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300, 0.5])
      for (const ranked of graph.rank({ user: 'ada', atMs, limit: 10, seed }))
        expect(Number.isFinite(ranked.score)).toBe(true);
  });
});

describe('an event', () => {
  it('that comes ten times counts hardly more than once, for its user and for everybody', () => {
    const once = graphWith(items);
    const often = graphWith(items);
    once.learn(view('ada', 'item-4'));
    for (let at = 0; at < 10; at++) often.learn(view('ada', 'item-4'));
    const headsOf = (graph: typeof once) =>
      graph.rank({ user: 'ben', atMs, limit: 60 }).find((one) => one.id === 'item-4')!.heads;
    for (const [head, value] of Object.entries(headsOf(once)))
      expect(headsOf(often)[head as 'watch'], head).toBeCloseTo(value, 1);
    expect(often.tasteOf('ada').tags[0]!.weight).toBeLessThan(3 * once.tasteOf('ada').tags[0]!.weight);
  });

  it('may come in any order: the same taste, the same seen', () => {
    const events = Array.from({ length: 30 }, (_, at) =>
      view('ada', `item-${at}`, at % 12 === 4 ? 30_000 : 800, START_MS + at * 1000),
    );
    const graphs = [events, events.toReversed()].map((order) => {
      const graph = graphWith(items);
      for (const event of order) expect(graph.learn(event)).toBe('learned');
      return graph;
    });
    const [forward, backward] = graphs.map((graph) => graph.tasteOf('ada'));
    expect(backward!.tags[0]!.key).toBe(forward!.tags[0]!.key);
    expect(backward!.views).toBeCloseTo(forward!.views, 5);
    for (const graph of graphs) {
      const page = ids(graph.rank({ user: 'ada', atMs, limit: 60 }));
      expect(page).toHaveLength(30);
      expect(page.some((id) => Number(id.slice(5)) < 30)).toBe(false);
    }
  });

  it('from the far future ages nobody’s taste but its own user’s', () => {
    const graph = watchedBy('ada');
    const before = faceOf(graph, 'ada');
    for (let at = 0; at < 5; at++) graph.learn(view('eve', `item-${at}`, 20_000, 4_294_967_000_000));
    const after = faceOf(graph, 'ada');
    expect(after.taste).toEqual({
      ...before.taste,
      tags: after.taste.tags,
      creators: after.taste.creators,
      sounds: after.taste.sounds,
      languages: after.taste.languages,
    });
    expect(after.taste.tags[0]!.key).toBe(before.taste.tags[0]!.key);
    const kept = ids(after.page)
      .slice(0, 20)
      .filter((id) => ids(before.page).slice(0, 20).includes(id));
    expect(kept.length).toBeGreaterThanOrEqual(16);
    // And the clock comes back: what happens now still counts.
    expect(graph.learn(view('ada', ids(after.page)[0]!, 20_000, atMs + DAY_MS))).toBe('learned');
    expect(graph.tasteOf('ada').views).toBeGreaterThan(before.taste.views * 0.9);
  });

  it('whatever it holds is refused or learned, and every number that comes out is one', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 53, 4_294_967_295_000, START_MS),
    );
    const anything = fc.record({
      user: fc.oneof(fc.constantFrom('ada', 'ben', ''), fc.string({ unit: 'binary', maxLength: 3 })),
      item: fc.constantFrom('item-1', 'item-2', 'item-3', 'nowhere', ''),
      atMs: number,
      kind: fc.constantFrom('view', 'like', 'unlike', 'share', 'follow', 'not-interested', 'report', 'stare'),
      watchedMs: fc.option(number, { nil: undefined }),
      loops: fc.option(number, { nil: undefined }),
      durationMs: fc.option(number, { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (events) => {
        const graph = graphWith(items);
        for (const event of events)
          expect(['learned', 'refused', 'unknown-item']).toContain(graph.learn(event as GraphEvent));
        const restored = restoreContentGraph(graph.snapshot(), { seed: 1 });
        for (const user of ['ada', 'nobody'])
          for (const ranked of restored.rank({ user, atMs, limit: 20 })) {
            expect(Number.isFinite(ranked.score)).toBe(true);
            for (const head of Object.values(ranked.heads)) expect(head >= 0 && head <= 1).toBe(true);
          }
        for (const { weight } of restored.tasteOf('ada').tags) expect(Number.isFinite(weight)).toBe(true);
      }),
      { numRuns: 20, seed: 20_261_122 },
    );
  });
});

describe('an item', () => {
  it('of an impossible length, time or tag list is refused or bounded, and the others stay as they were', () => {
    const graph = watchedBy('ada');
    const before = graph.rank({ user: 'ada', atMs, limit: 20 });
    const wrong: unknown[] = [
      { durationMs: Number.NaN },
      { durationMs: -1 },
      { durationMs: '5' },
      { publishedAtMs: Number.NaN },
      { publishedAtMs: Number.POSITIVE_INFINITY },
      { creator: '' },
      { creator: undefined },
      { id: 'x'.repeat(513) },
      { id: undefined },
    ];
    for (const change of wrong)
      expect(() => graph.putItem({ ...items[0]!, id: 'new', ...(change as Partial<GraphItem>) })).toThrow(
        TypeError,
      );
    expect(graph.rank({ user: 'ada', atMs, limit: 20 })).toEqual(before);
    graph.putItem({
      ...items[0]!,
      id: 'new',
      durationMs: Number.POSITIVE_INFINITY,
      sound: '',
      language: 'x'.repeat(600),
      tags: [...Array.from({ length: 500 }, (_, at) => `tag-${at}`), '', 'x'.repeat(600)],
    });
    graph.learn({ ...view('ben', 'new', 1e12), durationMs: 1 });
    expect(graph.tasteOf('ben').tags.length).toBeLessThanOrEqual(16);
    for (const ranked of graph.rank({ user: 'ben', atMs, limit: 20 }))
      expect(Number.isFinite(ranked.score)).toBe(true);
  });
});

describe('a snapshot that was harmed', () => {
  const bytes = (() => {
    const graph = watchedBy('ada');
    graph.dropItem('item-5');
    return graph.snapshot();
  })();
  const codeOf = (given: Uint8Array) => {
    try {
      restoreContentGraph(given, { seed: 1 });
      return 'restored';
    } catch (error) {
      return error instanceof SnapshotError ? error.code : `${error}`;
    }
  };

  it('is named as cut short wherever it was cut', () => {
    for (let cut = 0; cut < bytes.length; cut += Math.max(1, Math.floor(bytes.length / 400)))
      expect(codeOf(bytes.subarray(0, cut)), `at ${cut}`).toBe('truncated');
  });

  it('is never taken for whole: bytes turned, doubled, emptied, of another version, or of something else', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, turn) => {
        const harmed = bytes.slice();
        harmed[at]! ^= turn;
        expect(['corrupt', 'truncated', 'version']).toContain(codeOf(harmed));
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
    for (const version of [0, 2, 255]) {
      const other = bytes.slice();
      if (other[4] === version) continue;
      other[4] = version;
      expect(codeOf(other)).toBe('version');
    }
    expect(codeOf(new Uint8Array(bytes.length))).toBe('corrupt');
    expect(codeOf(new TextEncoder().encode(JSON.stringify({ items: [] }).repeat(50)))).toBe('corrupt');
    expect(codeOf(new Uint8Array([...bytes, ...bytes]))).toBe('corrupt');
  });

  it('leaves the graph that offered it as it was', () => {
    const graph = watchedBy('ada');
    const before = faceOf(graph, 'ada');
    const taken = graph.snapshot();
    taken.fill(0);
    expect(faceOf(graph, 'ada')).toEqual(before);
  });

  it('without the seed or with a tunable that nobody knows is refused before anything is read', () => {
    expect(() => restoreContentGraph(bytes, { seed: Number.NaN })).toThrow(TypeError);
    expect(() => createContentGraph({ seed: 1, tunables: { likeness: 1 } as never })).toThrow(RangeError);
    expect(() => createContentGraph({ seed: 1, tunables: { thompson: Number.NaN } })).toThrow(RangeError);
  });
});

describe('items of which little is known', () => {
  const bare = (id: string) => ({
    ...{ id, creator: null, sound: null, tags: [], language: null },
    ...{ durationMs: 0, publishedAtMs: START_MS - DAY_MS },
  });
  it('have no creator, and a page is full of them', () => {
    const graph = graphWith([]);
    for (let at = 0; at < 50; at++) graph.putItem(bare(`item-${at}`));
    expect(graph.learn(view('ada', 'item-0'))).toBe('learned');
    expect(graph.rank({ user: 'ada', atMs, limit: 20 })).toHaveLength(20);
    expect(graph.related('item-0', 5, atMs).every(({ id }) => id !== 'item-0')).toBe(true);
    expect(() => graph.putItem({ ...bare('x'), creator: '' })).toThrow(TypeError);
  });

  it('without a length are finished when watched for long, and not when left after a few seconds', () => {
    const graph = graphWith([]);
    for (const id of ['long', 'short', 'other']) graph.putItem(bare(id));
    for (const item of items) graph.putItem(item);
    for (let at = 0; at < 40; at++) {
      // Accounts that have met little count for little.
      for (const { id } of items.slice(0, 20)) graph.learn(view(`user-${at}`, id, 4000));
      graph.learn(view(`user-${at}`, 'long', 30_000));
      graph.learn(view(`user-${at}`, 'short', 4000));
    }
    const headsOf = (id: string) =>
      graph.rank({ user: 'new', atMs, limit: 100 }).find((one) => one.id === id)!.heads;
    expect(headsOf('long').finish).toBeGreaterThan(headsOf('short').finish + 0.2);
    expect(headsOf('long').watch).toBeGreaterThan(headsOf('short').watch + 0.2);
  });
});

it('an event that is none is refused', () => {
  const graph = graphWith(items);
  for (const none of [null, undefined, 5, 'view', []]) expect(graph.learn(none as never)).toBe('refused');
});
