import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, SoundId } from '../../../contract/ids.ts';
import { fakeClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { createJobs } from '../../platform/jobs.ts';
import { createLog } from '../../platform/log.ts';
import { createOutbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import { freshDatabase } from '../../testing/database.ts';
import { createSounds } from './sounds.ts';

let database: Database;
let jobs: ReturnType<typeof createJobs>;
let outbox: ReturnType<typeof createOutbox>;
let sounds: ReturnType<typeof createSounds>;
beforeAll(async () => {
  database = await freshDatabase();
  jobs = createJobs({ database, log: createLog('silent'), heavyAtOnce: 1 });
  outbox = createOutbox(jobs);
  sounds = createSounds({
    database,
    outbox,
    jobs,
    clock: fakeClock(),
    home: { scratch: '/nowhere' },
    log: createLog('silent'),
    media: {
      tracks: {
        make: async () => null,
        hear: async () => null,
        urls: async () => new Map(),
        end: async () => {},
        renew: async () => {},
      },
      silence: async () => {},
      uploadFacts: async () => null,
    },
    posts: { posts: async () => new Map(), setSound: async () => {} },
    accounts: { people: async () => new Map(), personByHandle: async () => null },
    config: { market: 'DE' },
  });
});
afterAll(() => database?.close());

const owner = 'owner-account' as AccountId;
const other = 'other-account' as AccountId;
const facts = (soundId: SoundId, change: Partial<PostFacts> = {}): PostFacts => ({
  videoId: newId(),
  authorId: owner,
  assetId: 'some-asset',
  soundId,
  ownsSound: true,
  soundTitle: null,
  tags: [],
  topics: [],
  language: null,
  audience: 'everyone',
  durationMs: 1000,
  publishedAt: new Date(0).toISOString(),
  demo: false,
  ...change,
});
const published = (post: PostFacts) => outbox.emit(database.of(), 'post.published', post);
const changed = (post: PostFacts) => outbox.emit(database.of(), 'post.changed', post);
const deleted = ({ videoId, authorId, soundId }: PostFacts) =>
  outbox.emit(database.of(), 'post.deleted', { videoId, authorId, assetId: null, soundId });
const card = async (id: SoundId) => (await sounds.cards([id])).get(id);

describe('a sound', () => {
  test('comes with its owner’s video, and counts every public use once, however often it is told', async () => {
    const id = newId<SoundId>();
    const original = facts(id, { soundTitle: 'Waves' });
    const use = facts(id, { ownsSound: false, authorId: other });
    for (const post of [original, original]) await published(post);
    await jobs.drain();
    for (const post of [use, use, original]) await published(post);
    await jobs.drain();
    expect(await card(id)).toMatchObject({ title: 'Waves', ownerId: owner, original: true, uses: 2 });
    await changed({ ...use, audience: 'me' });
    await jobs.drain();
    expect((await card(id))?.uses).toBe(1);
  });

  test('stays while somebody uses it, and ends with the last', async () => {
    const id = newId<SoundId>();
    const original = facts(id);
    const use = facts(id, { ownsSound: false, authorId: other });
    await published(original);
    await jobs.drain();
    await published(use);
    await deleted(original);
    await deleted(original);
    await jobs.drain();
    expect((await card(id))?.uses).toBe(1);
    await deleted(use);
    await jobs.drain();
    expect(await card(id)).toBeUndefined();
  });

  test('does not rise again when its deletion is heard first', async () => {
    const id = newId<SoundId>();
    const original = facts(id);
    await deleted(original);
    await jobs.drain();
    await published(original);
    await jobs.drain();
    expect(await card(id)).toBeUndefined();
  });

  test('of a video for few is for its owner alone', async () => {
    const id = newId<SoundId>();
    const original = facts(id, { audience: 'followers' });
    await published(original);
    await jobs.drain();
    expect([await sounds.usable(id, owner), await sounds.usable(id, other)]).toEqual([true, false]);
    await changed({ ...original, audience: 'everyone' });
    await jobs.drain();
    expect(await sounds.usable(id, other)).toBe(true);
    expect(await sounds.usable(newId<SoundId>(), owner)).toBe(false);
  });
});
