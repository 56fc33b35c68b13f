import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEditList } from './edit-list.rules.ts';
import { type EditClip, type EditList, emptyEditList } from './edit-list.ts';
import { clip, fullList, layout, listWith, sticker, take } from './testing.edit-lists.ts';

function faultsOf(input: unknown) {
  const read = readEditList(input);
  return read.ok ? [] : read.faults.map(({ path, code }) => `${path} ${code}`);
}
const withClip = (more: Partial<EditClip>, id = 'a') => listWith([clip(id, 0, 1000, more)]);
const [song] = fullList.sounds;

test('a list is read as a copy that says the same', () => {
  for (const list of [emptyEditList, fullList]) {
    const read = readEditList(JSON.parse(JSON.stringify(list)));
    expect(read).toEqual({ ok: true, list });
    expect(readEditList(list)).toEqual({ ok: true, list });
  }
  const read = readEditList(fullList);
  expect(read.ok && read.list.clips).not.toBe(fullList.clips);
});

test('what is no list, or one of another version, is named so', () => {
  for (const input of [undefined, null, 1, 'list', [], [fullList], {}, new Date(), () => fullList])
    expect(faultsOf(input)).toEqual([' not_a_list']);
  for (const version of [0, 3, '1', null, {}])
    expect(faultsOf({ ...fullList, version })).toEqual(['version other_version']);
});

test('a list of version 1 is read as what it says in version 2', () => {
  const { layout: _, credit: __, cueStyle: ___, ...rest } = fullList;
  const without = (part: object, ...names: string[]) =>
    Object.fromEntries(Object.entries(part).filter(([name]) => !names.includes(name)));
  const first = {
    ...rest,
    version: 1,
    sources: Object.fromEntries(
      Object.entries(fullList.sources).map(([name, source]) => [name, without(source, 'of', 'beatsMs')]),
    ),
    clips: fullList.clips.map((one) => without(one, 'backdrop')),
    stickers: fullList.stickers.map((one) => without(one, 'pin')),
    sounds: fullList.sounds.map((one) => without(one, 'voice')),
  };
  const read = readEditList(first);
  expect(read).toMatchObject({
    ok: true,
    list: { version: 2, layout: null, credit: null, cueStyle: null, texts: fullList.texts },
  });
  expect(read.ok && read.list.clips.map(({ id, backdrop }) => [id, backdrop])).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
  ]);
  expect(readEditList(read.ok && read.list)).toEqual(read);
  for (const broken of [null, 7, 'x', [null], { a: 1 }])
    for (const part of ['sources', 'clips', 'stickers', 'sounds'])
      expect(readEditList({ ...first, [part]: broken }).ok).toBe(false);
  expect(faultsOf({ ...first, extra: 1 })).toEqual([' malformed']);
});

test('several videos in one frame have a cell each, and show what is there', () => {
  const layoutWith = (more: object) => faultsOf({ ...fullList, layout: { ...layout, ...more } });
  const other = layout.others[0]!;
  expect(layoutWith({})).toEqual([]);
  expect(layoutWith({ others: [] })).toEqual([]);
  expect(layoutWith({ mine: 0 })).toEqual(['layout layout_impossible']);
  expect(layoutWith({ mine: 3 })).toEqual(['layout layout_impossible']);
  expect(layoutWith({ name: 'side' })).toEqual(['layout layout_impossible']);
  expect(layoutWith({ cells: 2 })).toEqual(['layout layout_impossible']);
  expect(layoutWith({ name: 'side', cells: 2 })).toEqual([]);
  expect(layoutWith({ others: [other, other] })).toEqual(['layout layout_impossible']);
  expect(layoutWith({ others: [{ ...other, source: 'gone' }] })).toEqual(['layout unknown_source']);
  expect(layoutWith({ others: [{ ...other, source: 'song' }] })).toEqual(['layout source_without_picture']);
  expect(layoutWith({ others: [{ ...other, fromMs: 9001 }] })).toEqual(['layout range_outside_source']);
  for (const crop of [
    { x: 0, y: 0, width: 0, height: 1 },
    { x: 0.5, y: 0, width: 0.6, height: 1 },
  ])
    expect(layoutWith({ others: [{ ...other, crop }] })).toEqual(['layout layout_impossible']);
});

test('beats and places go on in time', () => {
  const song = { ...fullList.sources.song!, beatsMs: [100, 100] };
  expect(faultsOf({ ...fullList, sources: { ...fullList.sources, song } })).toEqual([
    'sources.song.beatsMs times_out_of_order',
  ]);
  const places = [
    { atMs: 5, x: 0, y: 0 },
    { atMs: 4, x: 0, y: 0 },
  ];
  const stickers = [{ ...sticker('s', 0, 1), pin: { kind: 'track', places } }];
  expect(faultsOf({ ...fullList, stickers })).toEqual(['stickers.0.pin times_out_of_order']);
});

test('a member too much, too few or out of its range is malformed, and its place is named', () => {
  expect(faultsOf({ ...fullList, extra: 1 })).toEqual([' malformed']);
  expect(faultsOf({ ...fullList, clips: undefined })).toEqual(['clips malformed']);
  expect(faultsOf({ ...fullList, width: 721 })).toEqual(['width malformed']);
  expect(faultsOf(withClip({ speed: 0.2 }))).toEqual(['clips.0.speed malformed']);
  expect(faultsOf(withClip({ look: { name: 'Not A Key', strength: 1 } }))).toEqual([
    'clips.0.look.name malformed',
  ]);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 0.5, -1, '1', null, 2 ** 53])
    expect(faultsOf({ ...fullList, coverAtMs: bad })).toEqual(['coverAtMs malformed']);
  for (const text of ['', 'a\0b', '\ud800', 'a'.repeat(301)])
    expect(faultsOf({ ...fullList, texts: [{ ...fullList.texts[0], text }] })).toEqual([
      'texts.0.text malformed',
    ]);
});

test('a clip needs a source with a picture and a sound one that sounds, each within its length', () => {
  expect(faultsOf(withClip({ source: 'gone' }))).toEqual(['clips.0 unknown_source']);
  expect(faultsOf(withClip({ source: 'constructor' }))).toEqual(['clips.0 unknown_source']);
  expect(faultsOf(withClip({ source: 'song' }))).toEqual(['clips.0 source_without_picture']);
  expect(faultsOf(withClip({ toMs: 4000 }))).toEqual([]);
  expect(faultsOf(withClip({ toMs: 4001 }))).toEqual(['clips.0 range_outside_source']);
  expect(faultsOf(withClip({ fromMs: 1000 }))).toEqual(['clips.0 range_outside_source']);
  const withSound = (more: object) => listWith([], { sounds: [{ ...song!, ...more }] });
  expect(faultsOf(withSound({ source: 'gone' }))).toEqual(['sounds.0 unknown_source']);
  expect(faultsOf(withSound({ source: 'mute' }))).toEqual(['sounds.0 source_without_sound']);
  expect(faultsOf(withSound({ fromMs: 21_000 }))).toEqual([]);
  expect(faultsOf(withSound({ fromMs: 21_001 }))).toEqual(['sounds.0 range_outside_source']);
});

test('an id is given once in the whole list', () => {
  const stickers = [sticker('s', 0, 1), sticker('s', 0, 1), sticker('a', 0, 1)];
  expect(faultsOf({ ...withClip({}), stickers })).toEqual([
    'stickers.1.id id_twice',
    'stickers.2.id id_twice',
  ]);
});

test('ten minutes are the most, with what transitions take off', () => {
  const row = (count: number, ms = 2000) =>
    Array.from({ length: count }, (_, index) => clip(`c${index}`, 0, ms, { speed: 0.5 }));
  expect(faultsOf(listWith(row(150)))).toEqual([]);
  const [last, ...others] = row(150);
  const longer = { ...last!, toMs: 2001 };
  expect(faultsOf(listWith([...others, longer]))).toEqual(['clips too_long']);
  const blended = { ...longer, transition: { name: 'fade', ms: 100 } };
  expect(faultsOf(listWith([...others, blended]))).toEqual([]);
});

test('a transition is at most half of either clip, and the first clip has none', () => {
  const pair = (ms: number, first: Partial<EditClip>, second: Partial<EditClip>) =>
    listWith([
      clip('a', 0, 1000, first),
      clip('b', 0, 1000, { ...second, transition: { name: 'fade', ms } }),
    ]);
  expect(faultsOf(pair(500, {}, {}))).toEqual([]);
  expect(faultsOf(pair(501, {}, {}))).toEqual(['clips.1.transition transition_too_long']);
  expect(faultsOf(pair(251, { speed: 2 }, {}))).toEqual(['clips.1.transition transition_too_long']);
  expect(faultsOf(pair(251, {}, { speed: 2 }))).toEqual(['clips.1.transition transition_too_long']);
  expect(faultsOf(pair(1666, { speed: 0.3 }, { speed: 0.3 }))).toEqual([]);
  const early = withClip({ transition: { name: 'fade', ms: 100 } });
  expect(faultsOf(early)).toEqual(['clips.0.transition transition_at_start']);
});

test('cues begin one after the other and end after they begin', () => {
  const withCues = (...times: [number, number][]) =>
    faultsOf({ ...fullList, cues: times.map(([startMs, endMs]) => ({ startMs, endMs, text: 'a' })) });
  expect(withCues([0, 100], [0, 50], [90, 200])).toEqual([]);
  expect(withCues([5, 100], [4, 50])).toEqual(['cues.1 cues_out_of_order']);
  expect(withCues([5, 5])).toEqual(['cues.0 cues_out_of_order']);
});

test('a list that is wrong everywhere is described by twenty faults', () => {
  const stickers = Array.from({ length: 100 }, () => sticker('same', 0, 1));
  expect(faultsOf({ ...fullList, stickers })).toHaveLength(20);
  expect(faultsOf({ ...fullList, stickers: stickers.map(() => ({})) })).toHaveLength(20);
});

const million = 1_000_000;
const hostile: [name: string, make: () => unknown, fault: string][] = [
  ['a million stickers', () => new Array(million).fill(sticker('s', 0, 1)), 'stickers too_many'],
  ['a hole of four billion', () => new Array(2 ** 32 - 1), 'stickers too_many'],
  ['holes', () => new Array(5), 'stickers.0 malformed'],
  ['a list of lists', () => nested([], (inner) => [inner]), 'stickers.0.0.0.0.0 malformed'],
  ['deep records', () => [nested({}, (a) => ({ a }))], 'stickers.0.a.a.a.a malformed'],
  ['a circle', () => circle(), 'stickers.0.a.a.a.a malformed'],
  [
    'a huge text',
    () => [{ ...sticker('s', 0, 1), sticker: 'a'.repeat(50 * million) }],
    'stickers.0.sticker malformed',
  ],
  ['a huge key', () => [{ ['a'.repeat(50 * million)]: 1 }], 'stickers.0 malformed'],
  ['a hundred thousand members', () => [manyMembers()], 'stickers.0 too_many'],
  ['much in much', () => [manyMembers(999, manyMembers(999))], 'stickers.0 too_many'],
  ['bytes', () => new Uint8Array(200 * million), 'stickers malformed'],
  ['a long string object', () => new String('a'.repeat(50 * million)), 'stickers malformed'],
  ['a map', () => [new Map()], 'stickers.0 malformed'],
  ['a big number', () => [10n], 'stickers.0 malformed'],
  ['a function', () => [() => 1], 'stickers.0 malformed'],
  ['a prototype', () => [JSON.parse('{"__proto__":{"id":"a"}}')], 'stickers.0 malformed'],
  ['inherited members', () => [Object.create(sticker('s', 0, 1))], 'stickers.0 malformed'],
  ['a proxy', () => new Proxy({}, { getPrototypeOf: fail, ownKeys: fail }), ' not_a_list'],
];

function nested(inner: object, around: (inner: object) => object): object {
  let all = inner;
  for (let depth = 0; depth < 100_000; depth++) all = around(all);
  return all;
}
function circle() {
  const a: { a?: object } = {};
  a.a = a;
  return [a];
}
function manyMembers(count = million / 10, value: unknown = 1) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
}
function fail(): never {
  throw new Error('asked');
}

test.each(hostile)('hostile input is refused before it is walked: %s', (_name, make, fault) => {
  const input = { ...fullList, stickers: make() };
  const sinceMs = performance.now();
  const faults = faultsOf(input);
  expect(performance.now() - sinceMs).toBeLessThan(2000);
  expect(faults[0]!.replace(/^(stickers\.0)(\.k0)*\S* too_many/, '$1 too_many')).toBe(fault);
});

test('sources are counted, and none is named like a prototype', () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`s${index}`, take]));
  expect(faultsOf({ ...emptyEditList, sources: many })).toEqual(['sources too_many']);
  const sources = JSON.parse(`{"__proto__":${JSON.stringify(take)}}`);
  expect(faultsOf({ ...withClip({ source: '__proto__' }), sources })).toEqual(['sources malformed']);
  expect(faultsOf(withClip({ source: '__proto__' }))).toEqual(['clips.0.source malformed']);
  const named = listWith([clip('constructor', 0, 9, { source: 'toString' })], {
    sources: { toString: take },
  });
  expect(readEditList(named)).toEqual({ ok: true, list: named });
});

test('a getter is not asked', () => {
  let asked = 0;
  const spy = {
    enumerable: true,
    get: () => {
      asked++;
      return [];
    },
  };
  for (const part of ['version', 'clips', 'sources', 'stickers', 'look'])
    expect(readEditList(Object.defineProperty({ ...fullList }, part, spy)).ok).toBe(false);
  expect(readEditList({ ...fullList, clips: Object.defineProperty([1], 0, spy) }).ok).toBe(false);
  expect(asked).toBe(0);
});

test('nothing that stands in the place of a part makes it throw, or passes without being a list again', () => {
  const parts = Object.keys(fullList) as (keyof EditList)[];
  const odd = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
  fc.assert(
    fc.property(fc.constantFrom(...parts), odd, fc.boolean(), (part, value, isInside) => {
      const input = { ...fullList, [part]: isInside ? [value] : value };
      const read = readEditList(input);
      if (read.ok) expect(readEditList(JSON.parse(JSON.stringify(read.list)))).toEqual(read);
      else expect(read.faults.length).toBeGreaterThan(0);
    }),
    { numRuns: 1500 },
  );
});
