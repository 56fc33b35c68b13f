import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../../contract/errors.ts';
import type { DomainEvents } from '../../../contract/events.ts';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import { fakeClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { createEdge } from '../../platform/http/edge.ts';
import { createLimiter } from '../../platform/http/limit.ts';
import { createJobs, type Jobs } from '../../platform/jobs.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createOutbox, type Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import { freshDatabase } from '../../testing/database.ts';
import { createSocial, type Social } from './social.ts';

const clock = fakeClock();
const log = createLog('silent');
const news: DomainEvents['follow.changed'][] = [];
const people = new Map<string, AccountId>();
const videos = new Map<VideoId, AccountId>();
let database: Database;
let jobs: Jobs;
let outbox: Outbox;
let social: Social;

beforeAll(async () => {
  database = await freshDatabase();
  jobs = createJobs({ database, log, heavyAtOnce: 1 });
  outbox = createOutbox(jobs);
  outbox.on('follow.changed', 'test.hear', async (payload) => void news.push(payload));
  social = createSocial({
    ...{ database, outbox, clock },
    seeVideo: async (_caller, id) => (videos.has(id) ? { authorId: videos.get(id)! } : null),
    personByHandle: async (handle) => (people.has(handle) ? { id: people.get(handle)! } : null),
  });
});
afterAll(() => database.close());

const newPerson = () => newId<AccountId>();
function newVideo(authorId = newPerson()) {
  const id = newId<VideoId>();
  videos.set(id, authorId);
  return { id, authorId };
}
const forget = async (video: { id: VideoId; authorId: AccountId }) => {
  const payload = { videoId: video.id, authorId: video.authorId, assetId: null, soundId: null };
  await outbox.emit(database.of(), 'post.deleted', payload);
  await jobs.drain();
};

describe('likes', () => {
  test('the same like twice, and at the same moment, is one', async () => {
    const [me, video] = [newPerson(), newVideo()];
    const like = () => social.like(me, video.id, video.authorId);
    const answers = await Promise.all([like(), like(), like(), like()]);
    expect(answers).toEqual(Array(4).fill({ liked: true, likes: 1 }));
    expect(await social.likedAmong(me, [video.id, newId()])).toEqual(new Set([video.id]));
    expect(await social.likesReceived(video.authorId)).toBe(1);
    expect(await social.unlike(me, video.id)).toEqual({ liked: false, likes: 0 });
    expect(await social.unlike(me, video.id)).toEqual({ liked: false, likes: 0 });
    expect(await social.likeCounts([video.id])).toEqual(new Map());
  });

  test('of many people at once add up, for the video and its author', async () => {
    const author = newPerson();
    const [one, two] = [newVideo(author), newVideo(author)];
    const fans = Array.from({ length: 12 }, newPerson);
    await Promise.all(fans.flatMap((fan) => [one, two].map((video) => social.like(fan, video.id, author))));
    await Promise.all(fans.slice(0, 5).map((fan) => social.unlike(fan, two.id)));
    expect(await social.likeCounts([one.id, two.id])).toEqual(
      new Map([
        [one.id, 12],
        [two.id, 7],
      ]),
    );
    expect(await social.likesReceived(author)).toBe(19);
  });

  test('go with their video, once, and a late one finds nothing to like', async () => {
    const author = newPerson();
    const [gone, kept] = [newVideo(author), newVideo(author)];
    const fans = Array.from({ length: 3 }, newPerson);
    for (const fan of fans) for (const video of [gone, kept]) await social.like(fan, video.id, author);
    await forget(gone);
    await forget(gone);
    expect(await social.likesReceived(author)).toBe(3);
    expect(await social.likedAmong(fans[0]!, [gone.id, kept.id])).toEqual(new Set([kept.id]));
    await expect(social.like(fans[0]!, gone.id, author)).rejects.toThrow(Refusal);
    expect(await social.unlike(fans[0]!, gone.id)).toEqual({ liked: false, likes: 0 });
    expect(await social.likesReceived(author)).toBe(3);
  });
});

describe('follows', () => {
  test('the same follow twice, and at the same moment, is one, and is told once', async () => {
    const [me, them] = [newPerson(), newPerson()];
    const answers = await Promise.all([1, 2, 3].map(() => social.follow(me, them)));
    expect(answers).toEqual(Array(3).fill({ followed: true, followers: 1 }));
    expect(await social.unfollow(me, them)).toEqual({ followed: false, followers: 0 });
    expect(await social.unfollow(me, them)).toEqual({ followed: false, followers: 0 });
    await jobs.drain();
    // Each is told once; news of the same moment may come in any order.
    const told = news.filter(({ followerId }) => followerId === me);
    expect(told.sort((one, other) => Number(other.following) - Number(one.following))).toEqual([
      { followerId: me, followedId: them, following: true },
      { followerId: me, followedId: them, following: false },
    ]);
  });

  test('of each other at the same moment do not block each other', async () => {
    const circle = Array.from({ length: 6 }, newPerson);
    const pairs = circle.flatMap((a) => circle.filter((b) => a !== b).map((b) => [a, b] as const));
    await Promise.all(pairs.map(([a, b]) => social.follow(a, b)));
    for (const person of circle)
      expect(await social.followCounts(person)).toEqual({ followers: 5, following: 5 });
  });

  test('of oneself are refused', async () => {
    const me = newPerson();
    await expect(social.follow(me, me)).rejects.toThrow(expect.objectContaining({ code: 'not_allowed' }));
  });

  test('are listed newest first', async () => {
    const [me, ...them] = Array.from({ length: 4 }, newPerson) as [AccountId, ...AccountId[]];
    for (const person of them) {
      clock.advance(1000);
      await social.follow(me, person);
    }
    expect(await social.followedBy(me)).toEqual(them.toReversed());
    expect(await social.followsAmong(me, [them[1]!, newPerson()])).toEqual(new Set([them[1]]));
  });

  test('and likes of somebody who is removed are taken back everywhere', async () => {
    const [me, friend, video] = [newPerson(), newPerson(), newVideo()];
    await social.follow(me, friend);
    await social.follow(friend, me);
    await social.like(me, video.id, video.authorId);
    await outbox.emit(database.of(), 'account.removed', { accountId: me, viewerId: newId() });
    await jobs.drain();
    expect(await social.followCounts(friend)).toEqual({ followers: 0, following: 0 });
    expect(await social.likeCounts([video.id])).toEqual(new Map());
  });
});

test('over HTTP: what cannot be seen cannot be liked, who does not exist cannot be followed', async () => {
  const me = newPerson();
  const edge = createEdge({
    ...{ log, limiter: createLimiter(false), publicUrl: null, checkReplies: true },
    metrics: createMetrics(),
    identify: async (request) => ({
      viewerId: newId<ViewerId>(),
      accountId: request.headers.has('x-member') ? me : null,
      role: request.headers.has('x-member') ? 'member' : 'guest',
    }),
  });
  edge.mount(social.http);
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string> = { 'x-member': '1' },
  ) => {
    const response = await edge.fetch(
      new Request(`http://localhost${path}`, { method, headers: { host: 'localhost', ...headers } }),
    );
    return { status: response.status, json: await response.json() };
  };
  const video = newVideo();
  people.set('somebody', newPerson());
  people.set('myself', me);
  expect(await send('PUT', `/api/videos/${video.id}/like`)).toEqual({
    status: 200,
    json: { liked: true, likes: 1 },
  });
  expect((await send('PUT', `/api/videos/${newId()}/like`)).status).toBe(404);
  expect((await send('PUT', `/api/videos/${video.id}/like`, {})).status).toBe(401);
  expect(await send('PUT', '/api/people/somebody/follow')).toEqual({
    status: 200,
    json: { followed: true, followers: 1 },
  });
  expect((await send('PUT', '/api/people/nobody/follow')).status).toBe(404);
  expect((await send('PUT', '/api/people/myself/follow')).status).toBe(403);
  expect(await send('DELETE', '/api/people/somebody/follow')).toEqual({
    status: 200,
    json: { followed: false, followers: 0 },
  });
  videos.delete(video.id);
  expect(await send('DELETE', `/api/videos/${video.id}/like`)).toEqual({
    status: 200,
    json: { liked: false, likes: 0 },
  });
});
