import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createContentGraph,
  type GraphEvent,
  type GraphItem,
  restoreContentGraph,
  SnapshotError,
} from './content-graph.ts';
import { catalogue, graphWith, HOUR_MS, ids, likes, START_MS, watch } from './testing.catalogue.ts';

const items = catalogue(60);
const view = (user: string, item: string, watchedMs = 20_000, atMs = START_MS): GraphEvent => ({
  user,
  item,
  atMs,
  kind: 'view',
  watchedMs,
});
const page = { user: 'ada', atMs: START_MS + HOUR_MS, limit: 60 };

describe('what comes in', () => {
  it('is refused when it is malformed, and leaves no trace', () => {
    const graph = graphWith(items);
    const before = graph.rank(page);
    const good = view('ada', 'item-1');
    const bad: Partial<Record<keyof GraphEvent, unknown>>[] = [
      { atMs: Number.NaN },
      { atMs: -1 },
      { atMs: Number.POSITIVE_INFINITY },
      { atMs: 1e300 },
      { watchedMs: Number.NaN },
      { watchedMs: -5 },
      { loops: Number.POSITIVE_INFINITY },
      { durationMs: -1 },
      { user: '' },
      { user: 7 },
      { item: 'x'.repeat(513) },
      { kind: 'constructor' },
    ];
    for (const change of bad) expect(graph.learn({ ...good, ...change } as GraphEvent)).toBe('refused');
    expect(graph.learn(view('ada', 'nowhere'))).toBe('unknown-item');
    expect(graph.stats().users).toBe(0);
    expect(graph.rank(page)).toEqual(before);
  });

  it('is bounded when it is absurd: an hour watched of ten seconds counts like ten runs', () => {
    const graph = graphWith(items);
    expect(graph.learn(view('ada', 'item-1', 1e15))).toBe('learned');
    expect(graph.learn({ ...view('ada', 'item-2', 5000), durationMs: 1 })).toBe('learned');
    for (const ranked of graph.rank(page)) {
      expect(Number.isFinite(ranked.score)).toBe(true);
      for (const head of Object.values(ranked.heads)) expect(head >= 0 && head <= 1).toBe(true);
    }
  });

  it('may arrive out of order, and one wrong clock ages nobody else’s events', () => {
    const graph = graphWith(items);
    graph.learn(view('ada', 'item-1', 20_000, START_MS));
    graph.learn(view('ben', 'item-2', 20_000, START_MS + 20 * 365 * 24 * HOUR_MS));
    graph.learn(view('ada', 'item-3', 20_000, START_MS - HOUR_MS));
    const popular = ids(graph.rank({ user: 'cleo', atMs: START_MS + HOUR_MS, limit: 60, profiling: false }));
    expect(popular.indexOf('item-1')).toBeLessThan(10);
    expect(popular).toHaveLength(60);
  });

  it('may use any string as an id', () => {
    const hostile = ['__proto__', 'constructor', 'toString', '\u0000', '\ud800', '\udfff', 'a\nb', '🜁'];
    const graph = createContentGraph({ seed: 3 });
    for (const id of hostile) graph.putItem({ ...items[0]!, id, creator: id, tags: [id, ''], language: id });
    for (const id of hostile) expect(graph.learn(view(id, '__proto__'))).toBe('learned');
    const restored = restoreContentGraph(graph.snapshot(), { seed: 3 });
    const unseen = hostile.filter((id) => id !== '__proto__').sort();
    for (const user of hostile) expect(ids(restored.rank({ ...page, user })).sort()).toEqual(unseen);
  });

  it('must be an item that can be used', () => {
    const graph = createContentGraph({ seed: 1 });
    expect(() => graph.putItem({ ...items[0]!, durationMs: Number.NaN })).toThrow(TypeError);
    expect(() => graph.putItem({ ...items[0]!, id: '' })).toThrow(TypeError);
    expect(() => graph.putItem({ ...items[0]!, publishedAtMs: -1 })).toThrow(TypeError);
    expect(() => createContentGraph({ seed: 1, tunables: { exploration: 2 } })).toThrow(RangeError);
  });
});

describe('items', () => {
  it('are replaced when put again: the old tags no longer lead to them', () => {
    const graph = graphWith(items);
    graph.putItem({ ...items[1]!, tags: ['other'] });
    graph.putItem({ ...items[1]!, tags: ['other'] });
    expect(graph.stats().items).toBe(60);
    const related = graph.related('item-13', 60, page.atMs);
    expect(related.find((one) => one.id === 'item-1')?.causes ?? []).not.toContain('tag:topic-1');
  });

  it('are gone once dropped, come back when put, and dropping twice is dropping once', () => {
    const graph = graphWith(items);
    graph.dropItem('item-1');
    graph.dropItem('item-1');
    graph.dropItem('nowhere');
    expect(ids(graph.rank(page))).not.toContain('item-1');
    expect(ids(graph.related('item-13', 60, page.atMs))).not.toContain('item-1');
    expect(graph.stats()).toMatchObject({ items: 59, droppedItems: 1 });
    graph.putItem(items[1]!);
    expect(ids(graph.rank(page))).toContain('item-1');
  });

  it('are not ranked before they are published', () => {
    const graph = graphWith(items);
    graph.putItem({ ...items[0]!, id: 'tomorrow', publishedAtMs: page.atMs + HOUR_MS });
    expect(ids(graph.rank(page))).not.toContain('tomorrow');
    expect(ids(graph.rank({ ...page, atMs: page.atMs + HOUR_MS, limit: 61 }))).toContain('tomorrow');
  });

  it('that the same users valued are related', () => {
    const graph = graphWith(items);
    for (const user of ['a', 'b', 'c', 'd', 'e'])
      for (const item of ['item-1', 'item-2']) graph.learn(view(user, item, 60_000));
    expect(graph.related('item-1', 5, page.atMs)[0]).toMatchObject({ id: 'item-2', source: 'similar' });
  });

  it('are related for a viewer with what they met last, and without what they turned away from', () => {
    const graph = graphWith(items);
    const [first, second, third] = ids(graph.related('item-13', 60, page.atMs));
    const viewer = { user: 'u' };
    expect(ids(graph.related('item-13', 3, page.atMs, viewer))).toEqual([first, second, third]);
    graph.learn(view('u', first!, 60_000));
    graph.learn({ ...view('u', second!, 0), kind: 'not-interested' });
    const after = ids(graph.related('item-13', 60, page.atMs, viewer));
    expect(after[0]).toBe(third);
    expect(after.at(-1)).toBe(first);
    expect(after).not.toContain(second);
    expect(ids(graph.related('item-13', 60, page.atMs))).toContain(second);
    const allowed = graph.related('item-13', 60, page.atMs, { ...viewer, allow: (id) => id === third });
    expect(ids(allowed)).toEqual([third]);
    const asked = new Map([['creator:creator-5', -1.2]]);
    const wished = ids(graph.related('item-13', 60, page.atMs, { ...viewer, lean: asked }));
    const by = (id: string) => items.find((item) => item.id === id)!.creator === 'creator-5';
    expect(after.some(by)).toBe(true);
    expect(wished.findIndex(by)).toBeGreaterThan(after.findIndex(by));
  });
});

describe('a page', () => {
  it('is the same for the same state, request and seed, and ranking changes nothing', () => {
    const graph = graphWith(items);
    watch(graph, items, { user: 'ada', enjoys: likes(4), videos: 12 });
    const before = graph.snapshot();
    expect(graph.rank({ ...page, limit: 20 })).toEqual(graph.rank({ ...page, limit: 20 }));
    expect(ids(graph.rank({ ...page, seed: 2 }))).not.toEqual(ids(graph.rank({ ...page, seed: 3 })));
    expect(graph.snapshot()).toEqual(before);
  });

  it('holds only what is allowed and not excluded', () => {
    const graph = graphWith(items);
    const allow = (id: string) => id.endsWith('2') || id.endsWith('3');
    const got = ids(graph.rank({ ...page, allow, exclude: (id) => id.endsWith('3') }));
    expect(got.length).toBe(6);
    expect(got.every((id) => id.endsWith('2'))).toBe(true);
  });

  it('holds at most a fifth of one creator while others have something', () => {
    const graph = graphWith(catalogue(600));
    for (let at = 0; at < 600; at += 75) graph.learn({ ...view('ada', `item-${at}`), kind: 'like' });
    const creators = graph
      .rank({ ...page, limit: 20 })
      .map(({ id }) => catalogue(600).find((item) => item.id === id)!.creator);
    for (const creator of creators)
      expect(creators.filter((other) => other === creator).length).toBeLessThanOrEqual(4);
  });

  it('says why: causes are the viewer’s own history or features of the item', () => {
    const graph = graphWith(catalogue(600));
    watch(graph, catalogue(600), { user: 'ada', enjoys: likes(4), videos: 40 });
    const ranked = graph.rank({ ...page, limit: 20 });
    expect(ranked.filter((one) => one.causes.includes('tag:topic-4')).length).toBeGreaterThan(3);
    for (const one of ranked) {
      expect(one.propensity).toBeGreaterThan(0);
      expect(one.propensity).toBeLessThanOrEqual(1);
      if (one.exploration) expect(one.source).toBe('explore');
    }
  });

  it('gives five to ten percent of slots to new items once the viewer is known', () => {
    const large = catalogue(600);
    const graph = graphWith(large);
    watch(graph, large, { user: 'ada', enjoys: likes(4), videos: 60 });
    let explored = 0;
    for (let seed = 0; seed < 200; seed++)
      explored += graph.rank({ ...page, limit: 20, seed }).filter((one) => one.exploration).length;
    expect(explored / 4000).toBeGreaterThan(0.05);
    expect(explored / 4000).toBeLessThan(0.1);
  });

  it('without profiling is the same for everybody who has seen the same', () => {
    const large = catalogue(600);
    const graph = graphWith(large);
    const watched = watch(graph, large, { user: 'ada', enjoys: likes(4), videos: 40 });
    const seen = new Set(watched.map((item) => item.id));
    const request = { ...page, limit: 20, profiling: false, exclude: (id: string) => seen.has(id) };
    const forAda = graph.rank({ ...request, follows: ['creator-1'] });
    expect(forAda).toEqual(graph.rank({ ...request, user: 'nobody' }));
    expect(forAda.every((one) => one.source === 'popular' || one.source === 'fresh')).toBe(true);
    expect(forAda.every((one) => one.causes.length === 0)).toBe(true);
  });

  it('prefers the languages that were asked for', () => {
    const mixed = catalogue(200).map((item, at) => ({ ...item, language: at % 2 ? 'de' : 'en' }));
    const graph = graphWith(mixed);
    const got = ids(graph.rank({ ...page, limit: 20, languages: ['de'] }));
    const german = got.filter((id) => mixed.find((item) => item.id === id)!.language === 'de');
    expect(german.length).toBeGreaterThanOrEqual(16);
  });

  it('turns away from what the viewer is not interested in', () => {
    const graph = graphWith(catalogue(600));
    watch(graph, catalogue(600), { user: 'ada', enjoys: () => true, videos: 30 });
    for (const item of ['item-4', 'item-16', 'item-28'])
      graph.learn({ user: 'ada', item, atMs: page.atMs, kind: 'not-interested' });
    const got = ids(graph.rank({ ...page, limit: 40 })).map((id) => Number(id.slice(5)) % 12);
    expect(got.filter((topic) => topic === 4).length).toBeLessThanOrEqual(1);
  });
});

describe('a user', () => {
  it('keeps taste and what was seen when a guest becomes a member', () => {
    const large = catalogue(600);
    const graph = graphWith(large);
    const watched = watch(graph, large, { user: 'guest', enjoys: likes(4), videos: 40 });
    graph.mergeUser('guest', 'member');
    expect(graph.tasteOf('member').tags[0]!.key).toBe('topic-4');
    expect(graph.tasteOf('guest').tags).toEqual([]);
    const got = new Set(ids(graph.rank({ ...page, user: 'member', limit: 100 })));
    for (const item of watched) expect(got.has(item.id)).toBe(false);
    graph.mergeUser('member', 'member');
    expect(graph.stats().users).toBe(1);
  });

  it('is forgotten wholly, or only in taste', () => {
    const graph = graphWith(items);
    const [first] = watch(graph, items, { user: 'ada', enjoys: likes(4), videos: 12 });
    graph.forgetUser('ada', { keepSeen: true });
    expect(graph.tasteOf('ada').tags).toEqual([]);
    expect(ids(graph.rank(page))).not.toContain(first!.id);
    graph.forgetUser('ada');
    graph.forgetUser('ada');
    expect(ids(graph.rank(page))).toContain(first!.id);
    expect(graph.stats().users).toBe(0);
  });

  it('counts a like once, and unliking takes it back', () => {
    const graph = graphWith(items);
    graph.learn(view('ada', 'item-1'));
    const before = graph.rank({ ...page, user: 'ben' }).find((one) => one.id === 'item-1')!.heads.like;
    for (let round = 0; round < 5; round++) graph.learn({ ...view('ada', 'item-1'), kind: 'like' });
    graph.learn({ ...view('ada', 'item-1'), kind: 'unlike' });
    const after = graph.rank({ ...page, user: 'ben' }).find((one) => one.id === 'item-1')!.heads.like;
    expect(after).toBeCloseTo(before, 10);
  });
});

describe('a snapshot', () => {
  const taken = () => {
    const graph = graphWith(items);
    watch(graph, items, { user: 'ada', enjoys: likes(4), videos: 20 });
    return graph.snapshot();
  };
  const codeOf = (bytes: Uint8Array) => {
    try {
      restoreContentGraph(bytes, { seed: 1 });
      return 'restored';
    } catch (error) {
      return error instanceof SnapshotError ? error.code : error;
    }
  };

  it('is refused when cut short, when a byte is wrong, and when it is of another version', () => {
    const bytes = taken();
    expect(codeOf(bytes)).toBe('restored');
    expect(codeOf(bytes.slice(0, 10))).toBe('truncated');
    expect(codeOf(bytes.slice(0, bytes.length - 1))).toBe('truncated');
    expect(codeOf(new Uint8Array([...bytes, 0]))).toBe('corrupt');
    for (const at of [0, 13, 40, bytes.length >> 1, bytes.length - 1]) {
      const wrong = bytes.slice();
      wrong[at]! ^= 4;
      expect(codeOf(wrong), `byte ${at}`).toBe('corrupt');
    }
    const newer = bytes.slice();
    newer[4] = 99;
    expect(codeOf(newer)).toBe('version');
  });

  it('is read from a Buffer that is a window into a larger one', () => {
    const bytes = taken();
    const pool = Buffer.concat([Buffer.alloc(5), bytes, Buffer.alloc(3)]);
    const restored = restoreContentGraph(pool.subarray(5, 5 + bytes.length), { seed: 1 });
    pool.fill(0);
    expect(restored.snapshot()).toEqual(bytes);
  });

  it('written in steps holds the moment it was begun, whatever is learned in between', () => {
    const graph = graphWith(items);
    watch(graph, items, { user: 'ada', enjoys: likes(4), videos: 20 });
    const before = graph.snapshot();
    const steps = graph.snapshotInSteps();
    let step = steps.next();
    for (let turn = 0; !step.done; step = steps.next()) {
      watch(graph, items, { user: `user-${turn++}`, enjoys: likes(2), videos: 3 });
      graph.dropItem(items[turn % items.length]!.id);
    }
    expect(Buffer.compare(step.value, before)).toBe(0);
    expect(Buffer.compare(graph.snapshot(), before)).not.toBe(0);
  });

  it('is not needed for other tunables: the graph goes on under them', () => {
    const graph = graphWith(items);
    watch(graph, items, { user: 'ada', enjoys: likes(4), videos: 20 });
    const tunables = { exploration: 0, thompson: 0 };
    const other = restoreContentGraph(graph.snapshot(), { seed: 1, tunables });
    expect(graph.retuned({ seed: 1, tunables }).rank(page)).toEqual(other.rank(page));
  });

  it('may be older than the catalogue: what is not retained is not ranked', () => {
    const graph = graphWith(items);
    const kept = new Set(items.slice(0, 5).map((item) => item.id));
    graph.retainItems((id) => kept.has(id));
    expect(new Set(ids(graph.rank({ ...page, user: 'new' })))).toEqual(kept);
    expect(graph.stats()).toMatchObject({ items: 5, droppedItems: items.length - 5 });
  });

  const id = (most: number, prefix: string) =>
    fc.integer({ min: 0, max: most }).map((at) => `${prefix}${at}`);
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        put: fc.record({
          id: id(25, 'item-'),
          creator: fc.oneof(id(4, 'creator-'), fc.string({ unit: 'binary', minLength: 1, maxLength: 4 })),
          sound: fc.option(id(3, 'sound-')),
          tags: fc.array(id(6, 'tag-'), { maxLength: 5 }),
          language: fc.option(fc.constantFrom('en', 'de')),
          durationMs: fc.integer({ min: 0, max: 400_000 }),
          publishedAtMs: fc.integer({ min: START_MS - 1e9, max: START_MS }),
        }) as fc.Arbitrary<GraphItem>,
      }),
    },
    {
      weight: 12,
      arbitrary: fc.record({
        learn: fc.record({
          user: id(3, 'user-'),
          item: id(25, 'item-'),
          atMs: fc.integer({ min: START_MS, max: START_MS + 1e9 }),
          kind: fc.constantFrom(
            'view',
            'view',
            'view',
            'like',
            'unlike',
            'share',
            'follow',
            'not-interested',
            'report',
          ),
          watchedMs: fc.integer({ min: 0, max: 60_000 }),
        }) as fc.Arbitrary<GraphEvent>,
      }),
    },
    { weight: 1, arbitrary: fc.record({ drop: id(25, 'item-') }) },
    { weight: 1, arbitrary: fc.record({ merge: fc.tuple(id(3, 'user-'), id(3, 'user-')) }) },
    { weight: 1, arbitrary: fc.record({ forget: id(3, 'user-') }) },
  );

  it('never changes what comes after it, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.nat(120), (steps, cut) => {
        let graph = createContentGraph({ seed: 5, tunables: { neighbours: 4, historyLength: 20 } });
        const twin = createContentGraph({ seed: 5, tunables: { neighbours: 4, historyLength: 20 } });
        for (const [at, doing] of steps.entries()) {
          if (at === cut)
            graph = restoreContentGraph(graph.snapshot(), {
              seed: 5,
              tunables: { neighbours: 4, historyLength: 20 },
            });
          for (const one of [graph, twin]) {
            if ('put' in doing) one.putItem(doing.put);
            else if ('learn' in doing) one.learn(doing.learn);
            else if ('drop' in doing) one.dropItem(doing.drop);
            else if ('merge' in doing) one.mergeUser(...doing.merge);
            else one.forgetUser(doing.forget);
          }
        }
        for (const user of ['user-0', 'user-1', 'somebody'])
          expect(graph.rank({ ...page, user, atMs: START_MS + 2e9 })).toEqual(
            twin.rank({ ...page, user, atMs: START_MS + 2e9 }),
          );
        expect(graph.snapshot()).toEqual(twin.snapshot());
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
  });

  it('keeps the promise that nothing is ever repeated', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.nat(50), (steps, seed) => {
        let graph = createContentGraph({ seed });
        const seen = new Map<string, Set<string>>();
        const seenBy = (user: string) => seen.get(user) ?? seen.set(user, new Set()).get(user)!;
        for (const [at, doing] of steps.entries()) {
          if ('put' in doing) graph.putItem(doing.put);
          if ('drop' in doing) graph.dropItem(doing.drop);
          if ('learn' in doing && graph.learn(doing.learn) === 'learned' && doing.learn.kind === 'view')
            seenBy(doing.learn.user).add(doing.learn.item);
          if ('forget' in doing) graph.forgetUser(doing.forget, { keepSeen: true });
          if ('merge' in doing) {
            const [from, into] = doing.merge;
            graph.mergeUser(from, into);
            if (from !== into) {
              for (const item of seenBy(from)) seenBy(into).add(item);
              seen.delete(from);
            }
          }
          if (at % 40 === 39) graph = restoreContentGraph(graph.snapshot(), { seed });
        }
        for (const user of ['user-0', 'user-1', 'user-2', 'user-3']) {
          const got = ids(graph.rank({ user, atMs: START_MS + 2e9, limit: 100 }));
          expect(new Set(got).size).toBe(got.length);
          for (const item of got) expect(seenBy(user).has(item)).toBe(false);
        }
      }),
      { numRuns: 150, seed: 20_261_123 },
    );
  });
});

it('does what the README shows', async () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const body = example.replace(/^import .*$/gm, '').replace(/console\.log\(/g, 'said.push(');
  const run = new Function(
    'createContentGraph',
    'restoreContentGraph',
    `const said = []; ${body}; return said;`,
  );
  expect(run(createContentGraph, restoreContentGraph)).toEqual(['learned', ['b'], true]);
});
