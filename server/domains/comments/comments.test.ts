import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Comment, CommentPage, DeskComment, ReplyPage } from '../../../contract/comments.ts';
import type { VideoId } from '../../../contract/ids.ts';
import type { Video } from '../../../contract/videos.ts';
import { newId } from '../../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo } from '../../testing/published.ts';
import { type WrittenVideo, writeVideos } from '../feed/testing.community.ts';

type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let maker: Person;
let follower: Person;
let stranger: Person;
let operator: Person;
let guest: Browser;

beforeAll(async () => {
  house = await openHouse();
  maker = await house.person('maker');
  follower = await house.person('follower');
  stranger = await house.person('stranger');
  operator = await house.operator();
  guest = house.browser();
  await follower.put(`/api/people/${maker.me.handle}/follow`);
});
afterAll(() => house.close());

async function video(more: Partial<WrittenVideo> = {}): Promise<VideoId> {
  const id = newId<VideoId>();
  await writeVideos(house.database, [
    {
      ...{ id, authorId: maker.me.id, tags: [], caption: 'a synthetic video', audience: 'everyone' },
      ...{ status: 'published', durationMs: 4000, publishedAtMs: house.clock.now(), ...more },
    },
  ]);
  return id;
}
const send = (who: Browser, id: string, text: string, more: { key?: string; replyTo?: string } = {}) =>
  who.post(`/api/videos/${id}/comments`, { key: randomUUID(), text, ...more });
async function write(who: Browser, id: string, text: string, more: { key?: string; replyTo?: string } = {}) {
  const reply = await send(who, id, text, more);
  expect(reply.problem).toBeNull();
  return (reply.json as { comment: Comment }).comment;
}
const list = async (who: Browser, id: string, query = '') =>
  (await who.get(`/api/videos/${id}/comments${query}`)).json as CommentPage;
const replies = async (who: Browser, id: string, query = '') =>
  (await who.get(`/api/comments/${id}/replies${query}`)).json as ReplyPage;
const texts = (page: { comments: Comment[] }) => page.comments.map((one) => one.text);
const shown = async (who: Browser, id: string) =>
  ((await who.get(`/api/videos/${id}`)).json as Video).counts.comments;
const change = (id: string, wish: object) => maker.patch(`/api/videos/${id}`, wish);

describe('a conversation', () => {
  test('is read by everybody who may see the video, newest first, with who wrote it', async () => {
    const id = await video();
    await write(stranger, id, 'Lovely light');
    house.clock.advance(60_000);
    await write(maker, id, 'Thank you @nobody #lamps');
    const page = await list(guest, id);
    expect(texts(page)).toEqual(['Thank you @nobody #lamps', 'Lovely light']);
    expect(page.comments[0]).toMatchObject({
      creator: true,
      mine: false,
      mayDelete: false,
      author: { handle: maker.me.handle, displayName: 'maker' },
      entities: [{ kind: 'hashtag', value: 'lamps' }],
    });
    expect(page).toMatchObject({
      count: 2,
      hidden: 0,
      next: null,
      canComment: false,
      whyNot: 'not_signed_in',
    });
    expect((await list(stranger, id)).comments[1]).toMatchObject({
      mine: true,
      mayDelete: true,
      creator: false,
    });
    expect(await shown(guest, id)).toBe(2);
  });

  test('comes in pages that lose and repeat nothing', async () => {
    const id = await video();
    for (let i = 0; i < 7; i++) await write(stranger, id, `line ${i}`);
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: CommentPage = await list(guest, id, `?limit=3${next && `&cursor=${next}`}`);
      seen.push(...texts(page));
      next = page.next;
    }
    expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, i) => `line ${i}`));
    expect((await guest.get(`/api/videos/${id}/comments?cursor=nonsense`)).problem?.code).toBe(
      'cursor_invalid',
    );
    expect((await guest.get(`/api/videos/${id}/comments?limit=21`)).status).toBe(400);
  });

  test('goes one level deep: an answer to an answer stands under the same comment, oldest first', async () => {
    const id = await video();
    const first = await write(stranger, id, 'How is it made?');
    const answer = await write(maker, id, 'With a lamp', { replyTo: first.id });
    house.clock.advance(1000);
    const again = await write(follower, id, `@${stranger.me.handle} and paper`, { replyTo: answer.id });
    expect(again.replyTo).toBe(first.id);
    expect(again.entities).toMatchObject([{ kind: 'mention', value: stranger.me.handle }]);
    const page = await list(guest, id);
    expect(texts(page)).toEqual(['How is it made?']);
    expect(page).toMatchObject({ count: 3, comments: [{ replies: 2 }] });
    const one = await replies(guest, first.id, '?limit=1');
    expect(texts(one)).toEqual(['With a lamp']);
    expect(texts(await replies(guest, first.id, `?cursor=${one.next}`))).toEqual([again.text]);
  });

  test('the same request twice, and at the same moment, is one comment', async () => {
    const [id, key] = [await video(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(stranger, id, 'Once', { key })));
    expect(new Set(answers.map((one) => (one.json as { comment: Comment }).comment.id)).size).toBe(1);
    expect(await list(guest, id)).toMatchObject({ count: 1, comments: [{ text: 'Once' }] });
    const { id: commentId } = (await list(guest, id)).comments[0]!;
    await stranger.delete(`/api/comments/${commentId}`);
    expect((await send(stranger, id, 'Once', { key })).problem?.code).toBe('gone');
    expect((await send(stranger, await video(), 'Once', { key })).problem?.code).toBe('conflict');
    // Another person's key is another comment.
    await write(follower, id, 'Mine', { key });
    expect((await list(guest, id)).count).toBe(1);
  });
});

describe('who may comment', () => {
  test('is obeyed, told with the list, and asked anew each time', async () => {
    const id = await video();
    await change(id, { commentsFrom: 'followers' });
    expect(await list(stranger, id)).toMatchObject({ canComment: false, whyNot: 'followers' });
    expect((await send(stranger, id, 'Let me in')).problem).toMatchObject({
      code: 'comments_closed',
      details: { whyNot: 'followers' },
    });
    expect(await list(follower, id)).toMatchObject({ canComment: true, whyNot: null });
    const kept = await write(follower, id, 'I follow you');
    await change(id, { commentsFrom: 'nobody' });
    expect((await send(follower, id, 'Once more')).problem?.code).toBe('comments_closed');
    expect((await send(follower, id, 'An answer', { replyTo: kept.id })).problem?.code).toBe(
      'comments_closed',
    );
    await write(maker, id, 'Only me now');
    expect(await list(follower, id)).toMatchObject({ count: 2, whyNot: 'nobody' });
    expect((await guest.post(`/api/videos/${id}/comments`, { key: randomUUID(), text: 'x' })).status).toBe(
      401,
    );
  });

  test('a video that one may not see has no comments for them, to read or to write', async () => {
    for (const audience of ['followers', 'me'] as const) {
      const id = await video({ audience });
      const { id: commentId } = await write(maker, id, 'Between us');
      const may = audience === 'followers' ? 200 : 404;
      expect((await follower.get(`/api/videos/${id}/comments`)).status).toBe(may);
      expect((await follower.get(`/api/comments/${commentId}/replies`)).status).toBe(may);
      for (const who of [stranger, guest]) {
        expect((await who.get(`/api/videos/${id}/comments`)).status).toBe(404);
        expect((await who.get(`/api/comments/${commentId}/replies`)).status).toBe(404);
      }
      expect((await send(stranger, id, 'Hello?')).status).toBe(404);
    }
  });

  test('begins as the account says, and the earlier videos follow when that is asked for', async () => {
    const person = await house.person('shy');
    const first = await publishedVideo(house, person.me.id);
    const from = async (id: string) => ((await person.get(`/api/videos/${id}`)).json as Video).commentsFrom;
    expect((await person.get('/api/me/commenting')).json).toEqual({ commentsFrom: 'everyone' });
    await person.put('/api/me/commenting', { commentsFrom: 'followers' });
    const second = await publishedVideo(house, person.me.id);
    const third = await publishedVideo(house, person.me.id, { commentsFrom: 'nobody' });
    expect([await from(first), await from(second), await from(third)]).toEqual([
      'everyone',
      'followers',
      'nobody',
    ]);
    await person.put('/api/me/commenting', { commentsFrom: 'followers', earlierToo: true });
    expect(await from(first)).toBe('followers');
    const changed = await person.patch(`/api/videos/${first}`, { commentsFrom: 'everyone' });
    expect(changed.json).toMatchObject({ commentsFrom: 'everyone', edited: false });
  });

  test('nobody writes more in ten minutes than the desk allows, and the same request again costs nothing', async () => {
    const narrow = await openHouse({ limits: true });
    try {
      const [chief, writer] = [await narrow.operator(), await narrow.person('writer')];
      const set = await chief.put('/api/desk/tunables/comments.in-ten-minutes', { value: 2 });
      expect(set.problem).toBeNull();
      const id = await publishedVideo(narrow, chief.me.id);
      const key = randomUUID();
      expect((await send(writer, id, 'one', { key })).status).toBe(201);
      expect((await send(writer, id, 'one', { key })).status).toBe(201);
      expect((await send(writer, id, 'two')).status).toBe(201);
      expect((await send(writer, id, 'three')).problem?.code).toBe('too_many_requests');
      expect((await send(chief, id, 'another person')).status).toBe(201);
      expect((await list(writer, id)).count).toBe(3);
    } finally {
      await narrow.close();
    }
  });
});

test('an operator reads all of them, replies too, a page at a time, and nobody else does', async () => {
  const first = await video({ caption: 'One of two' });
  const second = await video();
  house.clock.advance(1000);
  const above = await write(stranger, first, 'Under the first');
  for (const [id, text, replyTo] of [
    [first, 'An answer', above.id],
    [second, 'Under the second', undefined],
    [second, 'That is gone', undefined],
  ] as const) {
    house.clock.advance(1000);
    const { id: written } = await write(follower, id, text, replyTo ? { replyTo } : {});
    if (text === 'That is gone') await follower.delete(`/api/comments/${written}`);
  }
  // One's own wishes are no reason to overlook something at the desk.
  await operator.patch('/api/taste/settings', { mutedWords: ['answer'] });
  const read = async (query: string) =>
    (await operator.get(`/api/desk/comments?limit=2${query}`)).json as {
      comments: DeskComment[];
      next: string;
    };
  const page = await read('');
  expect(texts(page)).toEqual(['Under the second', 'An answer']);
  expect(page.comments[1]).toMatchObject({
    replyTo: above.id,
    mayDelete: true,
    video: { id: first, handle: maker.me.handle, caption: 'One of two' },
  });
  expect(texts(await read(`&cursor=${page.next}`))[0]).toBe('Under the first');
  for (const [who, status] of [
    [guest, 401],
    [maker, 403],
  ] as const)
    expect((await who.get('/api/desk/comments')).status).toBe(status);
});

describe('deleting', () => {
  test('is for who wrote it, the creator and operators, and may be asked again', async () => {
    const id = await video();
    for (const who of [stranger, maker, operator]) {
      const { id: commentId } = await write(stranger, id, 'Away with it');
      expect((await follower.delete(`/api/comments/${commentId}`)).status).toBe(404);
      expect((await guest.delete(`/api/comments/${commentId}`)).status).toBe(401);
      expect((await who.delete(`/api/comments/${commentId}`)).json).toEqual({ count: 0 });
      expect((await who.delete(`/api/comments/${commentId}`)).json).toEqual({ count: 0 });
      expect((await guest.get(`/api/comments/${commentId}/replies`)).status).toBe(404);
      expect((await send(follower, id, 'Still?', { replyTo: commentId })).problem?.code).toBe('comment_gone');
    }
    const { rows } = await house.database.pool.query('select body from comments where video_id = $1', [id]);
    expect(rows).toEqual(Array(3).fill({ body: '' }));
  });

  test('takes the answers along, and at the same moment for many keeps the sum right', async () => {
    const id = await video();
    const kept = await write(stranger, id, 'I stay');
    const first = await write(stranger, id, 'I go');
    const answers = [];
    for (const who of [maker, follower, maker, follower])
      answers.push(await write(who, id, 'An answer', { replyTo: first.id }));
    const other = await write(follower, id, 'I go, too', { replyTo: kept.id });
    await Promise.all([
      ...[answers[0]!, answers[1]!, other, other, first, first].map((one) =>
        maker.delete(`/api/comments/${one.id}`),
      ),
      write(follower, id, 'In between', { replyTo: kept.id }),
    ]);
    expect(await list(guest, id)).toMatchObject({ count: 2, comments: [{ text: 'I stay', replies: 1 }] });
    const counted = await house.database.pool.query(
      'select count(*)::int as n from comments where video_id = $1 and deleted_at is null',
      [id],
    );
    expect(counted.rows).toEqual([{ n: 2 }]);
    expect(await shown(guest, id)).toBe(2);
  });

  test('the video takes its comments along, also one that comes late', async () => {
    const id = await publishedVideo(house, maker.me.id);
    const { id: commentId } = await write(stranger, id, 'Lovely');
    const before = await house.rooms.posts.posts([id]);
    await maker.delete(`/api/videos/${id}`);
    await house.settle();
    const left = async () =>
      (
        await house.database.pool.query(
          'select 1 from comments where video_id = $1 union all select 1 from comment_counts where video_id = $1',
          [id],
        )
      ).rows.length;
    expect(await left()).toBe(0);
    expect((await stranger.delete(`/api/comments/${commentId}`)).status).toBe(404);
    // As if it had been looked at a moment before the video went.
    await house.database.pool.query('update videos set deleted_at = null where id = $1', [id]);
    expect(before.size).toBe(1);
    expect((await send(stranger, id, 'Too late')).status).toBe(404);
    expect(await left()).toBe(0);
  });

  test('a person who goes takes their words along everywhere', async () => {
    const id = await video();
    const leaving = await house.person('leaving');
    const first = await write(leaving, id, 'Mine');
    await write(stranger, id, 'An answer to one who goes', { replyTo: first.id });
    const kept = await write(stranger, id, 'I stay');
    await write(leaving, id, 'Mine, too', { replyTo: kept.id });
    await house.database.pool.query(`select graphile_worker.add_job($1, payload => $2::json)`, [
      'account.removed → comments.forget-person',
      JSON.stringify({ accountId: leaving.me.id, viewerId: newId() }),
    ]);
    await house.settle();
    expect(await list(guest, id)).toMatchObject({ count: 1, comments: [{ text: 'I stay', replies: 0 }] });
    const { rows } = await house.database.pool.query('select 1 from comments where author_id = $1', [
      leaving.me.id,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('words', () => {
  test('that a viewer has muted are left out for them and counted, their own never', async () => {
    const id = await video();
    await write(stranger, id, 'The ENDING: everybody dances');
    await write(maker, id, 'No #spoilers, please');
    const first = await write(follower, id, 'My own word on the ending');
    await write(stranger, id, 'That ending!', { replyTo: first.id });
    const muted = await follower.patch('/api/taste/settings', {
      mutedWords: ['ending'],
      mutedTags: ['spoilers'],
    });
    expect(muted.problem).toBeNull();
    const page = await list(follower, id);
    expect(page).toMatchObject({ count: 4, hidden: 2 });
    expect(texts(page)).toEqual(['My own word on the ending']);
    expect(await replies(follower, first.id)).toMatchObject({ comments: [], hidden: 1 });
    expect((await list(guest, id)).hidden).toBe(0);
  });

  test('come back as text, without what turns or hides it', async () => {
    const id = await video();
    const html = '<img src=x onerror=alert(1)> & </script> $1 {0}';
    expect((await write(stranger, id, html)).text).toBe(html);
    const turned = await write(stranger, id, 'a\u0000b\u0007\u202ec\u202dd\ufeff\ud800e\u2067f\u2069');
    expect(turned.text).toBe('abcde\u2067f\u2069');
    expect((await write(stranger, id, 'Cafe\u0301\r\n\r\n\r\nau lait')).text).toBe('Café\nau lait');
    expect(texts(await list(guest, id))).toContain(html);
  });

  test.each([
    ['nothing', ''],
    ['spaces', ' \n\t '],
    ['what cannot be seen', '\u200b\u202e\u0000'],
    ['501 characters', 'x'.repeat(501)],
    ['a million characters', 'x'.repeat(1_000_000)],
  ])('%s: no comment', async (_, text) => {
    const id = await video();
    const reply = await send(stranger, id, text);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect((await list(guest, id)).count).toBe(0);
  });

  test('what is no request for a comment is refused, and says why', async () => {
    const id = await video();
    for (const body of [
      { text: 'no key' },
      { key: 'not-a-uuid', text: 'x' },
      { key: randomUUID(), text: 7 },
      { key: randomUUID(), text: 'x', replyTo: "'; drop table comments" },
      { key: randomUUID(), text: 'x', author: maker.me.id },
    ])
      expect((await stranger.post(`/api/videos/${id}/comments`, body)).problem?.code).toBe('invalid_input');
    const elsewhere = await write(stranger, await video(), 'Under another video');
    expect((await send(stranger, id, 'x', { replyTo: elsewhere.id })).problem?.code).toBe('comment_gone');
  });
});
