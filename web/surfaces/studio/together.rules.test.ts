import { expect, test } from 'vitest';
import { frameGrid } from '../../../contract/credits.ts';
import { applyEdit } from '../../../contract/edit-list.edits.ts';
import { readEditList } from '../../../contract/edit-list.rules.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { emptyEditList } from '../../../contract/edit-list.ts';
import type { FramePart } from '../../../contract/making.ts';
import { clip, fullList, listWith } from '../../../contract/testing.edit-lists.ts';
import {
  canBeTemplate,
  creditOf,
  freeCells,
  keepsToStitch,
  lengthBeside,
  partsOf,
  slotsOf,
  swapped,
  templateOf,
  wishOf,
  withSounds,
} from './together.rules.ts';

const whole = { x: 0, y: 0, width: 1, height: 1 };
const duet: EditList['layout'] = {
  ...{ name: 'side', cells: 2, mine: 0 },
  others: [{ cell: 1, source: 'theirs', fromMs: 500, volume: 1, crop: whole }],
};
const stitch = (fromMs: number, toMs: number, speed = 1) =>
  listWith([clip('a', fromMs, toMs, { source: 'theirs', speed }), clip('b', 0, 4000)], {
    credit: { kind: 'stitch', video: 'video' },
  });

test('a link to the studio says what is made with which video, and nothing else does', () => {
  expect(wishOf('?with=duet&video=abc_123')).toEqual({ kind: 'duet', video: 'abc_123' });
  for (const search of ['', '?with=duet', '?with=party&video=abc', '?with=duet&video=../etc'])
    expect(wishOf(search)).toBeNull();
});

test('no edit makes more than five seconds of the other’s video of a stitch', () => {
  const five = stitch(1000, 6000);
  expect(keepsToStitch(five, stitch(500, 6000))).toBe(false);
  expect(keepsToStitch(five, stitch(1000, 6000, 0.5))).toBe(false);
  expect(keepsToStitch(five, stitch(1000, 6000, 2))).toBe(true);
  expect(keepsToStitch(five, stitch(2000, 6000))).toBe(true);
  expect(keepsToStitch(five, { ...five, clips: [...five.clips, { ...five.clips[0]!, id: 'c' }] })).toBe(
    false,
  );
  // What has grown too long in some other way may be shortened step by step.
  expect(keepsToStitch(stitch(0, 8000), stitch(0, 7000))).toBe(true);
  expect(keepsToStitch({ ...five, credit: null }, { ...stitch(0, 9000), credit: null })).toBe(true);
});

test('credit names the video before, or none where nothing of it is left', () => {
  expect(creditOf(listWith([clip('a', 0, 1000)]))).toBeNull();
  expect(creditOf(listWith([], { layout: duet, credit: { kind: 'duet', video: 'video' } }))).toEqual({
    kind: 'duet',
    videoId: 'video',
  });
  expect(creditOf(stitch(0, 3000))).toEqual({ kind: 'stitch', videoId: 'video' });
  expect(creditOf({ ...stitch(0, 3000), clips: [clip('b', 0, 4000)] })).toBeNull();
});

test('a frame says which cell is taken and whose are seen, also the first one', () => {
  const first = listWith([], { layout: { name: 'grid', cells: 5, mine: 2, others: [] } });
  expect(creditOf(first)).toEqual({ kind: 'frame', videoId: null, cells: 5, cell: 2, shows: [] });
  expect(creditOf(fullList)).toEqual({
    kind: 'frame',
    videoId: 'video',
    cells: 3,
    cell: 1,
    shows: ['video'],
  });
  expect(freeCells(fullList.layout!)).toEqual([1, 2]);
});

test('the cell of an earlier person is cut out of the video they published, without its dark lines', () => {
  const source = { width: 720, height: 1280 } as FramePart['source'];
  const parts = [0, 4].map((cell): FramePart => ({ cell, source, area: frameGrid(9)[cell]! }));
  const others = partsOf(parts, () => 'theirs');
  for (const [index, { crop }] of others.entries()) {
    const { x, y, width, height } = parts[index]!.area;
    expect(crop.x).toBeGreaterThan(x);
    expect(crop.y).toBeGreaterThan(y);
    expect(crop.x + crop.width).toBeLessThan(x + width);
    expect(crop.y + crop.height).toBeLessThan(y + height);
    expect(crop.width).toBeGreaterThan(width * 0.95);
  }
  const layout = { name: 'grid', cells: 9, mine: 1, others } as const;
  expect(readEditList(listWith([], { layout: { ...layout, others } })).ok).toBe(true);
});

test('two change places and back', () => {
  expect(swapped(duet)).toMatchObject({ mine: 1, others: [{ cell: 0 }] });
  expect(swapped(swapped(duet))).toEqual(duet);
});

test('beside others there is as much to film as the longest of them lasts', () => {
  expect(lengthBeside(emptyEditList)).toBeNull();
  expect(lengthBeside(listWith([], { layout: duet }))).toBe(8500);
});

const dressed = { ...fullList, layout: null, credit: null };

test('a template is a valid list of slots with all that is laid over them, and nothing of its maker’s', () => {
  const template = templateOf(dressed);
  expect(readEditList(template)).toEqual({ ok: true, list: template });
  expect(slotsOf(template).map(({ slot }) => slot.durationMs)).toEqual([2000, 1500, 3000]);
  expect(Object.values(template.sources).every(({ kind }) => kind === 'slot' || kind === 'sound')).toBe(true);
  expect(template.texts).toEqual(fullList.texts);
  expect(template.effects).toEqual(fullList.effects);
  expect(template.sounds).toEqual(fullList.sounds);
  expect(template.clips.map(({ speed, reversed, look }) => [speed, reversed, look])).toEqual(
    fullList.clips.map(({ speed, reversed, look }) => [speed, reversed, look]),
  );
  expect([template.stickers[0]!.pin, template.clips[1]!.backdrop, template.cues]).toEqual([null, null, []]);
  const voice = { ...dressed.sounds[0]!, id: 'v', source: 'take', fromMs: 0, forMs: 1000, voice: true };
  expect(templateOf({ ...dressed, sounds: [voice] }).sounds).toEqual([]);
});

test('a clip that is left out is no slot, and one at least stays', () => {
  const ids = dressed.clips.map(({ id }) => id);
  const template = templateOf(dressed, [ids[1]!]);
  expect(readEditList(template)).toEqual({ ok: true, list: template });
  expect(slotsOf(template).map(({ slot }) => slot.durationMs)).toEqual([2000, 3000]);
  expect(template.clips.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  expect(slotsOf(templateOf(dressed, ids))).toHaveLength(1);
});

test('a template is filled slot by slot until there is none', () => {
  let list = templateOf(dressed);
  for (const { id, slot } of slotsOf(list)) {
    const source = { ...fullList.sources.take!, durationMs: slot.durationMs + 500 };
    for (const edit of [
      { kind: 'addSource', id: `of-${id}`, source } as const,
      { kind: 'fillSlot', id, source: `of-${id}`, fromMs: 120 } as const,
    ]) {
      const edited = applyEdit(list, edit);
      if (!edited.ok) throw new Error(edited.code);
      list = edited.list;
    }
  }
  expect(slotsOf(list)).toEqual([]);
  expect(list.clips.map(({ toMs, fromMs }) => toMs - fromMs)).toEqual([2000, 1500, 3000]);
});

test('what shows somebody else cannot be a template, nor can nothing', () => {
  expect(canBeTemplate(dressed)).toBe(true);
  expect(canBeTemplate({ ...dressed, clips: [] })).toBe(false);
  expect(canBeTemplate(fullList)).toBe(false);
  expect(canBeTemplate({ ...stitch(0, 3000), credit: null })).toBe(false);
});

test('sounds of a template are found under the names of their copies', () => {
  const list = withSounds(templateOf(dressed), new Map([['song', 'copy']]));
  expect(list.sounds[0]!.source).toBe('copy');
  expect(readEditList(list).ok).toBe(true);
});
