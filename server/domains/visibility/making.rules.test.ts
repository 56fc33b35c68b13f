import { describe, expect, test } from 'vitest';
import { allowedAtFirst } from '../../../contract/credits.ts';
import type { AccountId, AssetId, VideoId } from '../../../contract/ids.ts';
import type { Around, Post } from '../posts/posts.ts';
import { partsOf, permissionsOf } from './making.rules.ts';

const [anna, ben, cleo] = ['anna', 'ben', 'cleo'] as AccountId[];
let count = 0;
/** Of Anna, with everything allowed. */
function video(more: Partial<Post> = {}): Post {
  const id = `video-${count++}` as VideoId;
  return {
    id,
    authorId: anna!,
    status: 'published',
    assetId: `${id}-asset` as AssetId,
    audience: 'everyone',
    allowed: { ...allowedAtFirst, download: true },
    credit: null,
    pictures: [],
    frame: null,
    templateId: null,
    tookBack: false,
    takenBack: false,
    ...more,
  } as Post;
}
const around = (posts: Post[], hidden: Post[] = []): Around => ({
  known: new Map(posts.map((post) => [post.id, post])),
  seen: new Set(posts.filter((post) => !hidden.includes(post)).map((post) => post.id)),
});
const alone = around([]);
const nothing = { duet: false, stitch: false, template: false, download: false, frame: false };
const whole = { ...nothing, duet: true, stitch: true, download: true };

describe('one video', () => {
  test('what its author allows may be made, by guests and members alike', () => {
    expect(permissionsOf(ben!, video(), alone)).toEqual(whole);
    expect(permissionsOf(null, video(), alone)).toEqual(whole);
    const stitchOnly = { duet: false, stitch: true, template: false, download: false };
    expect(permissionsOf(ben!, video({ allowed: stitchOnly }), alone)).toEqual({ ...nothing, stitch: true });
  });
  test('authors may do everything with their own, whatever they let others do', () => {
    const mine = video({ allowed: { duet: false, stitch: false, template: false, download: false } });
    expect(permissionsOf(anna!, mine, alone)).toEqual(whole);
    expect(permissionsOf(anna!, { ...mine, tookBack: true }, alone)).toEqual(whole);
  });
  test('what is not published, or was taken back, is for nobody', () => {
    for (const more of [{ status: 'processing' }, { assetId: null }, { takenBack: true }] as Partial<Post>[])
      expect(permissionsOf(anna!, video(more), alone)).toEqual(nothing);
    expect(permissionsOf(ben!, video({ tookBack: true }), alone)).toEqual(nothing);
  });
});

describe('a picture in a picture', () => {
  const first = video();
  const second = video({ authorId: ben!, pictures: [first.id] });
  const third = video({ authorId: cleo!, pictures: [first.id, second.id] });
  const may = (changed: Post | null, hidden: Post[] = []) =>
    permissionsOf(null, third, around(changed ? [changed, second] : [second], hidden));

  test('needs the yes of everybody in it', () => {
    expect(may(first)).toEqual(whole);
    expect(may({ ...first, allowed: { ...first.allowed, duet: false } })).toEqual({ ...whole, duet: false });
    expect(may({ ...first, allowed: { ...first.allowed, download: false } })).toMatchObject({
      duet: true,
      download: false,
    });
  });
  test('ends at every depth with one that was deleted, closed or taken back', () => {
    expect(may(null)).toEqual(nothing);
    expect(may(first, [first])).toEqual(nothing);
    expect(may({ ...first, tookBack: true })).toEqual(nothing);
  });
  test('is no matter to the one whose picture it is', () => {
    const closed = { duet: false, stitch: false, template: false, download: false };
    const mine = { ...first, allowed: closed };
    expect(permissionsOf(anna!, third, around([mine, second]))).toEqual(whole);
    expect(permissionsOf(ben!, third, around([mine, second]))).toEqual(nothing);
  });
});

describe('a template', () => {
  const holder = video();
  const list = { ...holder, templateId: holder.id };
  const filled = video({ authorId: ben!, templateId: holder.id });
  test('is filled from the video that brought it, and from those made of it', () => {
    expect(permissionsOf(cleo!, list, alone).template).toBe(true);
    expect(permissionsOf(cleo!, filled, around([list])).template).toBe(true);
    expect(permissionsOf(cleo!, video(), alone).template).toBe(false);
  });
  test('is its maker’s to forbid, also where others filled it', () => {
    const no = { ...list, allowed: { ...list.allowed, template: false } };
    expect(permissionsOf(cleo!, no, alone).template).toBe(false);
    expect(permissionsOf(cleo!, filled, around([no])).template).toBe(false);
    expect(permissionsOf(ben!, filled, around([no])).template).toBe(false);
    expect(permissionsOf(cleo!, filled, around([])).template).toBe(false);
    expect(permissionsOf(cleo!, filled, around([list], [list])).template).toBe(false);
  });
});

describe('a frame', () => {
  const first = video({ frame: { cells: 3, cell: 0 } });
  const second = video({ authorId: ben!, frame: { cells: 3, cell: 2 }, pictures: [first.id] });
  const third = video({
    authorId: cleo!,
    frame: { cells: 3, cell: 1 },
    pictures: [first.id, second.id],
  });
  test('is joined while there is a cell', () => {
    expect(partsOf(null, second, around([first]))).toEqual({ open: true, parts: [first, second], free: [1] });
    expect(permissionsOf(null, second, around([first])).frame).toBe(true);
    expect(permissionsOf(null, third, around([first, second])).frame).toBe(false);
  });
  test('goes on without one who leaves it: their cell is free again', () => {
    for (const left of [
      around([second]),
      around([first, second], [first]),
      around([{ ...first, tookBack: true }, second]),
      around([{ ...first, allowed: { ...first.allowed, duet: false } }, second]),
    ]) {
      expect(partsOf(null, third, left)).toMatchObject({ open: true, parts: [second, third], free: [0] });
      expect(permissionsOf(null, third, left)).toMatchObject({ frame: true, duet: false });
    }
  });
  test('is not joined at somebody who does not want it', () => {
    const no = { ...second, allowed: { ...second.allowed, duet: false } };
    expect(permissionsOf(null, no, around([first])).frame).toBe(false);
    expect(permissionsOf(ben!, no, around([first])).frame).toBe(true);
  });
});
