import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountId } from '../../../contract/ids.ts';
import type { TagSuggestion } from '../../../contract/suggestions.ts';
import { mira, otto } from '../media/media.fixture.ts';
import { openPostsRoom } from './posts.fixture.ts';

/** Hashtags offered to somebody who writes a caption. */
let room: Awaited<ReturnType<typeof openPostsRoom>>;
beforeAll(async () => {
  room = await openPostsRoom();
});
afterAll(() => room?.close());

const offered = async (who: AccountId, q: string): Promise<TagSuggestion[]> => {
  const reply = await room.call(who, `/api/suggestions/tags?q=${encodeURIComponent(q)}`);
  expect(reply.status).toBe(200);
  return ((await reply.json()) as { tags: TagSuggestion[] }).tags;
};
const names = async (who: AccountId, q: string) => (await offered(who, q)).map(({ tag }) => tag);
const write = (who: AccountId, caption: string, more = {}) => room.publish(who, { caption, ...more });

test('the most used that begin so come first, in whatever way they are written', async () => {
  for (const caption of ['#Sunrise', '#sunset', '#SUNSET #sun', '#sunflower', 'a #Sunset'])
    await write(mira, caption);
  expect(await offered(otto, 'Sun')).toEqual([
    { tag: 'sunset', videos: 3, mine: false },
    { tag: 'sun', videos: 1, mine: false },
    { tag: 'sunflower', videos: 1, mine: false },
    { tag: 'sunrise', videos: 1, mine: false },
  ]);
  expect(await names(otto, 'sunse')).toEqual(['sunset']);
  expect(await names(otto, 'sunsets')).toEqual([]);
  expect((await names(otto, ''))[0]).toBe('sunset');
});

test('every script is found by its beginning, also by half a syllable and without marks', async () => {
  await write(mira, '#한국여행 #Лето #東京散歩 #café #Straße #हिन्दी #قهوة');
  for (const [typed, tag] of [
    ['하', '한국여행'],
    ['한', '한국여행'],
    ['ле', 'лето'],
    ['東', '東京散歩'],
    ['cafe', 'café'],
    ['STRASS', 'strasse'],
    ['हि', 'हिन्दी'],
    ['قَه', 'قهوة'],
  ] as const)
    expect([typed, await names(otto, typed)]).toEqual([typed, expect.arrayContaining([tag])]);
});

test('one’s own of late come first, also those of private videos, which nobody else is offered', async () => {
  await write(otto, '#harbour');
  await write(otto, '#harvest');
  await write(otto, '#harbour');
  const mine = 'tag-owner-account' as AccountId;
  await write(mine, '#harsecret', { audience: 'me' });
  room.clock.advance(1000);
  await write(mine, '#harmony');
  expect((await offered(mine, 'har')).slice(0, 3)).toEqual([
    { tag: 'harmony', videos: 1, mine: true },
    { tag: 'harsecret', videos: 0, mine: true },
    { tag: 'harbour', videos: 2, mine: false },
  ]);
  expect(await names(mira, 'har')).not.toContain('harsecret');
});

test('what is counted follows changes of words and audience and deletion, to the last video', async () => {
  const count = async () => (await offered(otto, 'weighed')).map((one) => one.videos);
  const [a, b] = [await write(mira, '#weighed'), await write(mira, '#weighed')];
  expect(await count()).toEqual([2]);
  await room.posts.change(mira, a, { audience: 'followers' });
  expect(await count()).toEqual([1]);
  await room.posts.change(mira, a, { audience: 'everyone' });
  await room.posts.change(mira, b, { caption: '#other' });
  expect(await count()).toEqual([1]);
  await room.posts.remove(mira, a);
  expect(await count()).toEqual([]);
});

test('many who publish the same tags at once are all counted', async () => {
  const captions = Array.from({ length: 8 }, (_, at) => (at % 2 ? '#crowda #crowdb' : '#crowdb #crowda'));
  await Promise.all(captions.map((caption) => write(mira, caption)));
  expect((await offered(otto, 'crowd')).map((one) => one.videos)).toEqual([8, 8]);
});

test('topics are suggested from what others chose beside a tag, until nobody has', async () => {
  const suggested = async (caption: string) => {
    const body = JSON.stringify({ caption });
    const headers = { 'content-type': 'application/json' };
    const reply = await room.call(otto, '/api/suggestions/topics', { method: 'POST', body, headers });
    return ((await reply.json()) as { topics: string[] }).topics;
  };
  expect(await suggested('#zorbing')).toEqual([]);
  const ids = [];
  for (let at = 0; at < 3; at++) ids.push(await write(mira, '#Zorbing', { topics: ['sport'] }));
  expect(await suggested('We tried #ZORBING')).toEqual(['sport']);
  for (const id of ids) await room.posts.change(mira, id, { topics: ['comedy'] });
  expect(await suggested('#zorbing')).toEqual(['comedy']);
  // A change that leaves the tags leaves their count.
  expect((await offered(otto, 'zorbing')).map((one) => one.videos)).toEqual([3]);
  for (const id of ids) await room.posts.remove(mira, id);
  expect(await suggested('#zorbing')).toEqual([]);
  expect(await suggested('Our cat and our dog on the sofa')).toEqual(['animals']);
});
