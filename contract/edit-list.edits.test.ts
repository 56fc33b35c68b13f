import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdit, type Edit } from './edit-list.edits.ts';
import { readEditList } from './edit-list.rules.ts';
import { at, durationOf, frameCount } from './edit-list.timeline.ts';
import { type EditList, emptyEditList } from './edit-list.ts';
import { anyEdit, clip, diceOf, fullList, listWith, sticker, take } from './testing.edit-lists.ts';

function edited(list: EditList, ...edits: Edit[]): EditList {
  return edits.reduce((before, edit) => {
    const result = applyEdit(before, edit);
    if (!result.ok) throw new Error(`${edit.kind}: ${result.code}`);
    expect(readEditList(result.list)).toEqual({ ok: true, list: result.list });
    return result.list;
  }, list);
}
function refused(list: EditList, edit: Edit): string {
  const result = applyEdit(list, edit);
  return result.ok ? 'done' : result.code;
}
const idsOf = (list: EditList) => list.clips.map(({ id }) => id).join('');
const fade = (ms: number) => ({ transition: { name: 'fade', ms } });

/** All that a frame looks and sounds like, but not the names of the clips it comes from: numbers, and the rest. */
function shownAt(list: EditList, ms: number): [number[], string] {
  const { main, before, blend } = at(list, ms);
  const rest = [main, before].map((shown) => {
    if (!shown) return null;
    const { source, speed, reversed, volume, look, transition } = shown.clip;
    return [source, speed, reversed, volume, look, before && shown === main ? transition : null];
  });
  return [[main!.sourceMs, before?.sourceMs ?? 0, blend], JSON.stringify(rest)];
}

test('a split changes neither how long the video is nor what any frame shows', () => {
  let splits = 0;
  fc.assert(
    fc.property(
      fc.array(fc.nat(2 ** 31 - 1), { maxLength: 8 }),
      fc.constantFrom(1, 25, 30, 60),
      fc.nat(2 ** 31 - 1),
      fc.boolean(),
      (seeds, fps, placeSeed, isAtFrame) => {
        let list: EditList = { ...fullList, fps };
        for (const seed of seeds) {
          const result = applyEdit(list, anyEdit(list, seed));
          if (result.ok) list = result.list;
        }
        const frames = frameCount(list);
        const share = diceOf(placeSeed)(10_000) / 10_000;
        const atMs = isAtFrame ? (Math.floor(share * frames) * 1000) / fps : share * durationOf(list);
        const result = applyEdit(list, { kind: 'splitClip', atMs, newId: 'new' });
        if (!result.ok) return;
        splits++;
        expect(result.list.clips).toHaveLength(list.clips.length + 1);
        expect(durationOf(result.list)).toBeCloseTo(durationOf(list), 6);
        expect(frameCount(result.list)).toBe(frames);
        for (let frame = 0; frame < frames; frame++) {
          const [numbers, rest] = shownAt(list, (frame * 1000) / fps);
          const [newNumbers, newRest] = shownAt(result.list, (frame * 1000) / fps);
          const isNear = numbers.every((number, index) => Math.abs(number - newNumbers[index]!) < 1e-5);
          if (!isNear || rest !== newRest) expect([newNumbers, newRest]).toEqual([numbers, rest]);
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(splits).toBeGreaterThan(150);
});

test('the halves of a split keep everything, and only the first comes in by the transition', () => {
  const look = { name: 'warm', strength: 1 };
  const second = clip('b', 1000, 3000, { speed: 2, reversed: true, volume: 0.5, look, ...fade(200) });
  const list = listWith([clip('a', 0, 1000), second]);
  const [, first, last] = edited(list, { kind: 'splitClip', atMs: 1300, newId: 'n' }).clips;
  expect(first).toEqual({ ...second, fromMs: 2000 });
  expect(last).toEqual({ ...second, id: 'n', toMs: 2000, transition: null });
});

test('there is no split at an edge, behind the end, in a transition or too near to one', () => {
  const list = listWith([clip('a', 0, 1000), clip('b', 0, 1000, fade(400))]);
  const splitAt = (atMs: number, newId = 'n') => refused(list, { kind: 'splitClip', atMs, newId });
  expect([0, 0.4, 1599.6, 1600, 9000].map((atMs) => splitAt(atMs))).toEqual(
    Array(5).fill('nothing_to_split'),
  );
  expect([201, 601, 800, 1399].map((atMs) => splitAt(atMs))).toEqual(Array(4).fill('near_transition'));
  expect([1, 200, 1400].map((atMs) => splitAt(atMs))).toEqual(Array(3).fill('done'));
  expect(splitAt(100, 'a')).toBe('id_twice');
  expect(refused(emptyEditList, { kind: 'splitClip', atMs: 0, newId: 'n' })).toBe('nothing_to_split');
});

test('clips come, go and move to where they are told', () => {
  const list = listWith([clip('a', 0, 500), clip('b', 0, 500), clip('c', 0, 500)]);
  expect(idsOf(edited(list, { kind: 'addClip', clip: clip('n', 0, 9), index: 1 }))).toBe('anbc');
  expect(idsOf(edited(list, { kind: 'addClip', clip: clip('n', 0, 9), index: 99 }))).toBe('abcn');
  expect(idsOf(edited(list, { kind: 'moveClip', id: 'a', index: 2 }))).toBe('bca');
  expect(idsOf(edited(list, { kind: 'moveClip', id: 'c', index: 0 }))).toBe('cab');
  expect(idsOf(edited(list, { kind: 'removeClip', id: 'b' }))).toBe('ac');
  expect(edited(list, { kind: 'trimClip', id: 'b', fromMs: 100, toMs: 300 }).clips[1]).toMatchObject({
    fromMs: 100,
    toMs: 300,
  });
});

test('a transition that no longer fits becomes shorter, and a cut when nothing of it is left', () => {
  const list = listWith([clip('a', 0, 1000), clip('b', 0, 1000, fade(400)), clip('c', 0, 1000, fade(500))]);
  const trimmed = (toMs: number) =>
    edited(list, { kind: 'trimClip', id: 'b', fromMs: 0, toMs }).clips.map(
      ({ transition }) => transition?.ms,
    );
  expect(trimmed(900)).toEqual([undefined, 400, 450]);
  expect(trimmed(201)).toEqual([undefined, 100, 100]);
  expect(trimmed(199)).toEqual([undefined, undefined, undefined]);
  expect(edited(list, { kind: 'removeClip', id: 'a' }).clips[0]!.transition).toBeNull();
  const set = (id: string, ms: number) =>
    applyEdit(edited(list, { kind: 'trimClip', id: 'a', fromMs: 0, toMs: 150 }), {
      kind: 'setClip',
      id,
      set: fade(ms),
    });
  expect(set('c', 2000)).toMatchObject({ ok: true, list: { clips: { 2: fade(500) } } });
  expect(set('b', 100)).toEqual({ ok: false, code: 'transition_too_long' });
  expect(set('a', 100)).toEqual({ ok: false, code: 'transition_at_start' });
});

test('what lies behind a new end stays, and sources stay without a clip', () => {
  const short = edited(fullList, { kind: 'removeClip', id: 'c' }, { kind: 'removeClip', id: 'b' });
  const none = edited(short, { kind: 'removeClip', id: 'a' });
  for (const list of [short, none])
    for (const part of ['sources', 'texts', 'stickers', 'sounds', 'effects', 'cues'] as const)
      expect(list[part]).toBe(fullList[part]);
  expect(durationOf(none)).toBe(0);
});

test('a thing that is put takes the place of the one with its id, or lies on top', () => {
  const list = { ...fullList, stickers: [sticker('s', 0, 1), sticker('z', 0, 1)] };
  const put = (id: string) =>
    edited(list, { kind: 'put', part: 'stickers', thing: sticker(id, 5, 5) }).stickers;
  expect(put('s').map(({ id, atMs }) => `${id}${atMs}`)).toEqual(['s5', 'z0']);
  expect(put('n').map(({ id, atMs }) => `${id}${atMs}`)).toEqual(['s0', 'z0', 'n5']);
  expect(put('s')[1]).toBe(list.stickers[1]);
  for (const [id, part] of [
    ['t', 'texts'],
    ['s', 'stickers'],
    ['m', 'sounds'],
    ['e', 'effects'],
  ] as const)
    expect(edited(fullList, { kind: 'remove', id })[part]).toEqual([]);
});

test('an edit without effect gives the same list', () => {
  const edits: Edit[] = [
    { kind: 'addSource', id: 'take', source: { ...take } },
    { kind: 'moveClip', id: 'b', index: 1 },
    { kind: 'moveClip', id: 'c', index: 50 },
    { kind: 'trimClip', id: 'a', fromMs: 500, toMs: 2500 },
    { kind: 'setClip', id: 'a', set: {} },
    { kind: 'setClip', id: 'a', set: { speed: 2, look: { name: 'warm', strength: 0.5 }, volume: undefined } },
    { kind: 'put', part: 'texts', thing: { ...fullList.texts[0]! } },
    { kind: 'setLook', look: null },
    { kind: 'setCues', cues: fullList.cues.map((cue) => ({ ...cue })) },
    { kind: 'setCover', atMs: 0 },
    { kind: 'setSize', width: 720, height: 1280 },
  ];
  for (const edit of edits) expect(applyEdit(fullList, edit)).toEqual({ ok: true, list: fullList });
  for (const edit of edits) expect(edited(fullList, edit)).toBe(fullList);
});

test('an edit that is not possible says why', () => {
  const far = clip('n', 0, 1000);
  const long = listWith(Array.from({ length: 150 }, (_, at) => clip(`c${at}`, 0, 4000)));
  const many = { ...fullList, stickers: Array.from({ length: 100 }, (_, at) => sticker(`n${at}`, 0, 1)) };
  const full = listWith(Array.from({ length: 200 }, (_, at) => clip(`c${at}`, 0, 100)));
  const thing = fullList.sounds[0]!;
  const cases: [string, EditList, Edit][] = [
    ['id_twice', fullList, { kind: 'addSource', id: 'take', source: { ...take, durationMs: 1 } }],
    ['id_twice', fullList, { kind: 'addClip', clip: { ...far, id: 's' }, index: 0 }],
    ['id_twice', fullList, { kind: 'put', part: 'stickers', thing: sticker('t', 0, 1) }],
    ['unknown_source', fullList, { kind: 'addClip', clip: { ...far, source: 'toString' }, index: 0 }],
    ['source_without_picture', fullList, { kind: 'addClip', clip: { ...far, source: 'song' }, index: 0 }],
    ['source_without_sound', fullList, { kind: 'put', part: 'sounds', thing: { ...thing, source: 'mute' } }],
    ['range_outside_source', fullList, { kind: 'put', part: 'sounds', thing: { ...thing, fromMs: 25_000 } }],
    ['range_outside_source', fullList, { kind: 'trimClip', id: 'a', fromMs: 5, toMs: 5 }],
    ['range_outside_source', fullList, { kind: 'trimClip', id: 'a', fromMs: 5, toMs: 4001 }],
    ['too_long', long, { kind: 'addClip', clip: far, index: 0 }],
    ['too_long', long, { kind: 'setClip', id: 'c7', set: { speed: 0.9 } }],
    ['too_many', many, { kind: 'put', part: 'stickers', thing: sticker('x', 0, 1) }],
    ['too_many', full, { kind: 'addClip', clip: far, index: 0 }],
    ['too_many', full, { kind: 'splitClip', atMs: 50, newId: 'n' }],
    ['unknown_id', fullList, { kind: 'removeClip', id: 't' }],
    ['unknown_id', fullList, { kind: 'remove', id: 'a' }],
    ['cues_out_of_order', fullList, { kind: 'setCues', cues: [{ startMs: 5, endMs: 4, text: 'a' }] }],
    ['malformed', fullList, { kind: 'setSize', width: 721, height: 1280 }],
    ['malformed', fullList, { kind: 'setClip', id: 'a', set: { speed: Number.NaN } }],
    ['malformed', fullList, { kind: 'setClip', id: 'a', set: { id: 'b' } as object }],
    ['malformed', fullList, { kind: 'explode' } as unknown as Edit],
    ['malformed', fullList, null as unknown as Edit],
    ['too_many', fullList, { kind: 'setCues', cues: new Array(1_000_000).fill(fullList.cues[0]) }],
  ];
  for (const [code, list, edit] of cases)
    expect([edit?.kind, refused(list, edit)]).toEqual([edit?.kind, code]);
});

test('a slot of a template is filled wherever it is seen, when there is enough to fill it with', () => {
  const slots = listWith([
    clip('a', 0, 1000, { source: 'hole' }),
    clip('b', 500, 2000, { source: 'hole', speed: 2 }),
    clip('c', 0, 1000),
  ]);
  const fill = (source: string, fromMs: number) =>
    applyEdit(slots, { kind: 'fillSlot', id: 'hole', source, fromMs });
  const filled = fill('theirs', 300);
  expect(filled.ok && filled.list.clips.map(({ source, fromMs, toMs }) => [source, fromMs, toMs])).toEqual([
    ['theirs', 300, 1300],
    ['theirs', 800, 2300],
    ['take', 0, 1000],
  ]);
  expect(fill('take', 2001)).toEqual({ ok: false, code: 'range_outside_source' });
  expect(fill('song', 0)).toEqual({ ok: false, code: 'source_without_picture' });
  expect(applyEdit(slots, { kind: 'fillSlot', id: 'take', source: 'theirs', fromMs: 0 })).toEqual({
    ok: false,
    code: 'unknown_source',
  });
});
