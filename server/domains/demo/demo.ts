import { readFile } from 'node:fs/promises';
import { setTimeout as rest } from 'node:timers/promises';
import type { DemoState } from '../../../contract/desk.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Home } from '../../platform/home.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Media } from '../media/media.ts';
import type { Posts } from '../posts/posts.ts';
import { type Ahead, type Drawn, drawInto } from './ahead.ts';
import { drawAvatar } from './avatars.ts';
import { type Clip, clips as catalogue, creators } from './catalogue.ts';
import { publishedTopics } from './clips/clip.ts';
import type { DemoTables } from './demo.tables.ts';
import { openRenderer } from './render.ts';

/**
 * The demo community of an empty server: draws its clips in the background and publishes them through the same doors
 * as everybody. Each clip is made once, whatever is killed in between; removal takes people, videos and files.
 * Does not pretend: no invented likes, views or follows.
 */
export type Demo = {
  state(): DemoState;
  /** From now on `state` follows what any process of this server makes or removes. */
  listen(): Promise<void>;
  /** Goes on with what was begun; begins when `wanted` and this server never had a demo. Resolves before it is made. */
  start(wanted: boolean): Promise<void>;
  /** Orders the removal; done in the background. */
  remove(): Promise<DemoState>;
  /** Removes it before it returns. */
  removeNow(): Promise<void>;
  stop(): Promise<void>;
};

export type DemoDeps = {
  database: Database;
  jobs: Jobs;
  bus: Bus;
  clock: Clock;
  log: Log;
  home: Pick<Home, 'scratch'>;
  /** The whole catalogue when left out. */
  clips?: readonly Clip[];
  /** What was begun before this room was there. */
  ahead?: Ahead;
  accounts: Pick<Accounts, 'ensureDemoPerson' | 'removeDemoPeople'>;
  media: Pick<Media, 'importReady'>;
  posts: Pick<Posts, 'publish' | 'removeDemo'>;
};

/** The clips after the opening ones wait this long between each other, so that whoever watches has a core. */
const restMs = 400;
/** One process of an instance makes them; the lock goes with its connection, also after a kill. */
const lockKey = 4_711_004;

export function createDemo(deps: DemoDeps): Demo {
  const { database, clock, home, log, clips = catalogue } = deps;
  const db = database.of<DemoTables>();
  /** Ends what is being made: at a stop, and as soon as somebody orders the removal. */
  const enough = new AbortController();
  const people = new Map<string, Promise<AccountId>>();
  let known: DemoState = { state: 'off', made: 0, total: clips.length };
  let making: Promise<void> = Promise.resolve();
  let unsubscribe = () => {};

  const look = async () => {
    const row = await db.selectFrom('demo_state').select('state').executeTakeFirst();
    const { made } = await db
      .selectFrom('demo_clips')
      .select((e) => e.fn.countAll<number>().as('made'))
      .executeTakeFirstOrThrow();
    known = { state: row?.state ?? 'off', made, total: clips.length };
    if (known.state === 'removing' || known.state === 'removed') enough.abort();
  };
  const become = async (state: 'making' | 'ready' | 'removing' | 'removed') => {
    const row = { only_row: true, state };
    await db
      .insertInto('demo_state')
      .values(row)
      .onConflict((c) => c.column('only_row').doUpdateSet(row))
      .execute();
    await look();
    await deps.bus.publish('demo', state);
  };

  const personOf = (handle: string): Promise<AccountId> => {
    const asked = people.get(handle);
    if (asked) return asked;
    const creator = creators.find((one) => one.handle === handle)!;
    const made = drawAvatar(creator).then((avatar) => deps.accounts.ensureDemoPerson({ ...creator, avatar }));
    people.set(handle, made);
    made.catch(() => people.delete(handle));
    return made;
  };

  const enter = async (clip: Clip, made: Drawn) => {
    const ownerId = await personOf(clip.creator);
    const { uploadId } = await deps.media.importReady({
      ownerId,
      key: `demo/${clip.id}`,
      file: made.file,
      posterWebp: await readFile(made.posterPath),
      facts: {
        durationMs: clip.durationMs,
        width: 540,
        height: 960,
        frameRate: clip.drawnPerSecond,
        hasSound: true,
        bytes: made.bytes,
      },
      demo: true,
    });
    const videoId = await publish(clip, ownerId, uploadId, clips.indexOf(clip));
    const row = { clip_id: clip.id, video_id: videoId, made_at: new Date(clock.now()) };
    await db
      .insertInto('demo_clips')
      .values(row)
      .onConflict((c) => c.doNothing())
      .execute();
    await look();
    await deps.bus.publish('demo', 'making');
  };

  const publish = (clip: Clip, ownerId: AccountId, uploadId: string, index: number): Promise<VideoId> =>
    deps.posts.publish(
      ownerId,
      {
        uploadId: uploadId as never,
        caption: clip.caption,
        topics: publishedTopics[clip.topic],
        audience: 'everyone',
        disclosure: { advertising: false, aiMade: false },
        language: clip.language,
        soundId: null,
        soundTitle: clip.soundTitle,
        cues: clip.cues ?? null,
      },
      // Spread over the last days, so that the place does not look as if it had been born this minute.
      { demo: true, publishedAt: new Date(clock.now() - ((index * 7_919) % 5_000) * 60_000) },
    );

  /** Takes clips from the list until it is empty; one that cannot be made is left out and logged. */
  const work = async (waiting: Clip[], between: number, ahead?: Ahead) => {
    const renderer = ahead?.renderer ?? openRenderer();
    // The next clip is drawn while one is published.
    let publishing: Promise<void> = Promise.resolve();
    try {
      for (let clip = waiting.shift(); clip && !enough.signal.aborted; clip = waiting.shift()) {
        const next = clip;
        const lost = (error: unknown) => {
          if (!enough.signal.aborted)
            log.error({ err: error, clip: next.id }, 'a demo clip could not be made');
        };
        const drawing =
          next.id === ahead?.clip.id ? ahead.drawn : drawInto(home.scratch, renderer, next, enough.signal);
        const drawn = await drawing.catch(lost);
        await publishing;
        if (drawn) publishing = enter(next, drawn).catch(lost).finally(drawn.tidy);
        // Ended early by a stop, which the loop sees.
        if (between > 0) await rest(between, undefined, { signal: enough.signal }).catch(() => {});
      }
    } finally {
      await publishing;
      await renderer.close();
    }
  };

  const missing = async () => {
    const rows = await db.selectFrom('demo_clips').select('clip_id').execute();
    const made = new Set(rows.map((row) => row.clip_id));
    return clips.filter((clip) => !made.has(clip.id));
  };

  const makeAll = async () => {
    // What could not be made gets a second chance, e.g. after a moment without memory.
    for (let round = 0; round < 2 && !enough.signal.aborted; round++) {
      const waiting = await missing();
      // Somebody looks at an empty page: both cores of a small machine for the opening clips, then one.
      const opening = waiting.filter((clip) => clip.opening);
      const others = waiting.filter((clip) => !clip.opening);
      await Promise.all([work(opening, 0, round === 0 ? deps.ahead : undefined), work(opening, 0)]);
      await work(others, restMs);
    }
    if (!enough.signal.aborted) await become('ready');
  };

  const removeNow = async () => {
    if (known.state === 'removed') return;
    await become('removing');
    await making;
    const client = await database.pool.connect();
    try {
      // Another process may still be publishing its last clip: it lets go of the lock when it has heard the news.
      await client.query('select pg_advisory_lock($1)', [lockKey]);
      await deps.posts.removeDemo();
      await deps.accounts.removeDemoPeople();
      await db.deleteFrom('demo_clips').execute();
    } finally {
      client.release(true);
    }
    await become('removed');
  };

  deps.jobs.define({ name: 'remove-demo', weight: 'light', run: removeNow });

  return {
    state: () => known,
    async listen() {
      unsubscribe = deps.bus.subscribe(
        'demo',
        () => void look().catch((error) => log.warn({ err: error }, 'demo state unread')),
      );
      await look();
    },
    async start(wanted) {
      await look();
      if (known.state === 'off' && wanted) await become('making');
      if (known.state !== 'making') return;
      making = (async () => {
        const client = await database.pool.connect();
        try {
          const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [lockKey]);
          if (rows[0].mine) await makeAll();
        } finally {
          client.release(true);
        }
      })().catch((error) => log.error({ err: error }, 'the demo community could not be made'));
    },
    async remove() {
      await look();
      if (known.state === 'off' || known.state === 'removed') return known;
      await become('removing');
      await deps.jobs.order(db, 'remove-demo', {}, { key: 'remove-demo' });
      return known;
    },
    async removeNow() {
      await look();
      if (known.state !== 'off') await removeNow();
    },
    async stop() {
      enough.abort();
      await deps.ahead?.close();
      await making;
      unsubscribe();
    },
  };
}
