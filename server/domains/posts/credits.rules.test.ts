import { describe, expect, test } from 'vitest';
import { allowedAtFirst, NewCredit } from '../../../contract/credits.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { AccountId, AssetId, VideoId } from '../../../contract/ids.ts';
import type { Audience } from '../../../contract/videos.ts';
import { partsOf, permissionsOf } from '../visibility/making.rules.ts';
import { allowedFor, inherit, mostPictures, widest } from './credits.rules.ts';
import type { Post } from './posts.ts';

const [anna, ben] = ['anna', 'ben'] as AccountId[];
let count = 0;
function video(more: Partial<Post> = {}): Post {
  const id = `video-${count++}`.padEnd(8, '-') as VideoId;
  return {
    id,
    authorId: anna!,
    status: 'published',
    assetId: `${id}-asset` as AssetId,
    audience: 'everyone',
    allowed: allowedAtFirst,
    credit: null,
    pictures: [],
    frame: null,
    templateId: null,
    tookBack: false,
    takenBack: false,
    ...more,
  } as Post;
}

/** What Ben's new video inherits, or the code and the details of the refusal. */
function made(
  credit: unknown,
  origin: Post | null,
  others: Post[] = [],
  audience: Audience = 'everyone',
  hidden: Post[] = [],
) {
  const posts = [...others, ...(origin ? [origin] : [])];
  const around = {
    known: new Map(posts.map((post) => [post.id, post])),
    seen: new Set(posts.filter((post) => !hidden.includes(post)).map((post) => post.id)),
  };
  try {
    return inherit({ accountId: ben!, credit: NewCredit.parse(credit), audience }, origin, around, {
      permissionsOf,
      partsOf,
    });
  } catch (refusal) {
    const { code, details } = refusal as Refusal;
    return { refused: code, ...details };
  }
}

describe('the chain', () => {
  test('begins at the origin and goes on with each video made', () => {
    const origin = video();
    expect(made({ kind: 'duet', videoId: origin.id }, origin)).toEqual({
      credit_kind: 'duet',
      origin_id: origin.id,
      root_id: origin.id,
      credit_depth: 1,
      pictures: [origin.id],
      frame_cells: null,
      frame_cell: null,
      template_id: null,
    });
    const next = video({
      credit: { kind: 'duet', originId: origin.id, rootId: origin.id, depth: 1 },
      pictures: [origin.id],
    });
    expect(made({ kind: 'stitch', videoId: next.id }, next, [origin])).toMatchObject({
      credit_kind: 'stitch',
      origin_id: next.id,
      root_id: origin.id,
      credit_depth: 2,
      pictures: [origin.id, next.id],
    });
  });
  test('of a template carries no picture, and the list of whoever brought it', () => {
    const first = video();
    const holder = { ...first, templateId: first.id };
    const filled = video({
      templateId: holder.id,
      credit: { kind: 'template', originId: holder.id, rootId: holder.id, depth: 1 },
    });
    expect(made({ kind: 'template', videoId: filled.id }, filled, [holder])).toMatchObject({
      origin_id: filled.id,
      root_id: holder.id,
      credit_depth: 2,
      template_id: holder.id,
      pictures: [],
    });
    expect(made({ kind: 'template', videoId: first.id }, first)).toMatchObject({
      refused: 'making_not_allowed',
    });
  });
  test('is refused without an origin that the maker may see, or with one that is not ready', () => {
    const id = video().id;
    expect(made({ kind: 'duet', videoId: id }, null)).toMatchObject({ refused: 'origin_gone' });
    const own = video({ authorId: ben!, status: 'processing', assetId: null });
    expect(made({ kind: 'duet', videoId: own.id }, own)).toMatchObject({ refused: 'video_not_ready' });
  });
  test('of pictures in pictures ends where nothing of the first is left to see', () => {
    const inside = Array.from({ length: mostPictures }, () => video());
    const deep = video({ pictures: inside.map((one) => one.id) });
    expect(made({ kind: 'duet', videoId: deep.id }, deep, inside)).toMatchObject({
      refused: 'making_not_allowed',
      reason: 'too_deep',
    });
  });
});

describe('for whom', () => {
  const few = video({ audience: 'followers' });
  test('a video made with one for followers is not for everybody', () => {
    const credit = { kind: 'duet', videoId: few.id };
    expect(made(credit, few)).toMatchObject({ refused: 'audience_too_wide', most: 'followers' });
    expect(made(credit, few, [], 'followers')).toMatchObject({ origin_id: few.id });
    expect(made(credit, few, [], 'me')).toMatchObject({ origin_id: few.id });
  });
  test('the narrowest picture in it decides, but never one’s own', () => {
    const mine = video({ authorId: ben!, audience: 'me' });
    expect(made({ kind: 'duet', videoId: mine.id }, mine)).toMatchObject({ origin_id: mine.id });
    const shows = video({ authorId: ben!, audience: 'me', pictures: [few.id] });
    expect(made({ kind: 'stitch', videoId: shows.id }, shows, [few])).toMatchObject({
      refused: 'audience_too_wide',
    });
    expect(widest(ben!, [])).toBe('everyone');
  });
  test('what an author said of all videos holds for public ones alone', () => {
    expect(allowedFor('everyone', {}, allowedAtFirst)).toEqual(allowedAtFirst);
    expect(allowedFor('everyone', { duet: false }, allowedAtFirst)).toEqual({
      ...allowedAtFirst,
      duet: false,
    });
    const none = { duet: false, stitch: false, template: false, download: false };
    expect(allowedFor('followers', {}, allowedAtFirst)).toEqual(none);
    expect(allowedFor('followers', { stitch: true }, allowedAtFirst)).toEqual({ ...none, stitch: true });
  });
});

describe('a frame', () => {
  const first = video({ frame: { cells: 3, cell: 0 } });
  const second = video({ frame: { cells: 3, cell: 2 }, pictures: [first.id] });
  const join = (more: object) => ({ kind: 'frame', videoId: second.id, cells: 3, cell: 1, ...more });
  test('begins with nobody else', () => {
    const begun = { kind: 'frame', videoId: null, cells: 4, cell: 1 };
    expect(made(begun, null)).toMatchObject({ credit_kind: null, frame_cells: 4, frame_cell: 1 });
    expect(made({ ...begun, cell: 4 }, null)).toMatchObject({ refused: 'invalid_input' });
    expect(made({ ...begun, shows: [first.id] }, null)).toMatchObject({ refused: 'invalid_input' });
  });
  test('is joined at a free cell of the same grid', () => {
    expect(made(join({ shows: [first.id] }), second, [first])).toMatchObject({
      credit_kind: 'frame',
      frame_cells: 3,
      frame_cell: 1,
      pictures: [first.id, second.id],
      credit_depth: 1,
    });
    expect(made(join({ cell: 2 }), second, [first])).toMatchObject({ refused: 'cell_taken', cell: 2 });
    expect(made(join({ cell: 0, shows: [first.id] }), second, [first])).toMatchObject({
      refused: 'cell_taken',
    });
    expect(made(join({ cells: 4 }), second, [first])).toMatchObject({ refused: 'invalid_input' });
    expect(made(join({ shows: [video().id] }), second, [first])).toMatchObject({ refused: 'invalid_input' });
  });
  test('whose part was withdrawn since it was put together is to be put together again', () => {
    const left = { ...first, allowed: { ...first.allowed, duet: false } };
    expect(made(join({ shows: [first.id] }), second, [left])).toMatchObject({
      refused: 'making_not_allowed',
      videoId: first.id,
    });
    expect(made(join({ shows: [first.id] }), second, [])).toMatchObject({ refused: 'making_not_allowed' });
    expect(made(join({}), second, [left])).toMatchObject({ pictures: [second.id] });
    expect(made(join({ cell: 0 }), second, [left])).toMatchObject({ frame_cell: 0 });
  });
  test('is no frame where there was none', () => {
    const plain = video();
    expect(made(join({ videoId: plain.id }), plain)).toMatchObject({ refused: 'making_not_allowed' });
  });
});
