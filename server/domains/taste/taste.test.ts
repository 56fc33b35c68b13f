import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ViewerId } from '../../../contract/ids.ts';
import { createBus } from '../../platform/bus.ts';
import { fakeClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { createJobs } from '../../platform/jobs.ts';
import { createLog } from '../../platform/log.ts';
import { createOutbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import { freshDatabase } from '../../testing/database.ts';
import { createTaste } from './taste.ts';

const log = createLog('silent');
const clock = fakeClock();
let database: Database;

/** One process of the instance; what it asks Postgres on the way to a page is counted. */
async function openProcess() {
  const bus = createBus(database, log);
  const jobs = createJobs({ database, log, heavyAtOnce: 1 });
  const outbox = createOutbox(jobs);
  let asked = 0;
  const counted: Database = {
    ...database,
    ask: (...question) => {
      asked++;
      return database.ask(...question);
    },
  };
  const taste = createTaste({ database: counted, outbox, bus, clock, log });
  await bus.start();
  taste.start();
  const stop = async () => {
    taste.stop();
    await jobs.stop();
    await bus.stop();
  };
  return { ...taste, outbox, settle: () => jobs.drain(), asked: () => asked, stop };
}
let here: Awaited<ReturnType<typeof openProcess>>;
let there: Awaited<ReturnType<typeof openProcess>>;

beforeAll(async () => {
  database = await freshDatabase();
  here = await openProcess();
  there = await openProcess();
});
afterAll(async () => {
  await here.stop();
  await there.stop();
  await database.close();
});
const viewer = () => newId<ViewerId>();
const emit = (name: 'viewer.joined' | 'account.removed', payload: object) =>
  here.outbox.emit(database.of(), name, payload as never);

test('a viewer who has said nothing has the usual settings, and asking again asks nobody', async () => {
  const id = viewer();
  const before = here.asked();
  const [wishes] = await Promise.all([here.wishes(id), here.wishes(id)]);
  expect(wishes.settings).toEqual({
    profiling: true,
    learning: true,
    hideAiMade: false,
    mutedWords: [],
    mutedTags: [],
  });
  expect(wishes.hidesSomething).toBe(false);
  await here.wishes(id);
  expect(here.asked() - before).toBe(1);
});

test('a change holds from the next call on, in every process', async () => {
  const id = viewer();
  await there.wishes(id);
  for (let time = 0; time < 25; time++) {
    const hideAiMade = time % 2 === 0;
    await here.change(id, { hideAiMade });
    expect((await there.wishes(id)).settings.hideAiMade).toBe(hideAiMade);
    await there.lean(id, { kind: 'topic', key: 'Bread', level: hideAiMade ? -2 : 0 });
    expect((await here.wishes(id)).never.topic.has('bread')).toBe(hideAiMade);
  }
});

test('a question that was under way while something changed is not remembered', async () => {
  const id = viewer();
  const early = here.wishes(id);
  const changed = here.change(id, { learning: false });
  await Promise.all([early, changed]);
  expect((await here.wishes(id)).settings.learning).toBe(false);
});

test('words are kept as they were written, each once', async () => {
  const id = viewer();
  const words = ['Straße', 'STRASSE', '  new \n york ', 'ｓｐｏｉｌｅｒ', 'spoiler', '剧透'];
  const said = await here.change(id, { mutedWords: words, mutedTags: ['#Moss', 'moss', '＃苔'] });
  expect(said.mutedWords).toEqual(['Straße', 'new york', 'ｓｐｏｉｌｅｒ', '剧透']);
  expect(said.mutedTags).toEqual(['moss', '苔']);
  expect(await here.change(id, { profiling: false })).toMatchObject({
    mutedTags: ['moss', '苔'],
    profiling: false,
  });
});

test('two changes at once both hold', async () => {
  const id = viewer();
  await Promise.all([
    here.change(id, { hideAiMade: true }),
    there.change(id, { mutedWords: ['one'] }),
    here.lean(id, { kind: 'topic', key: 'bread', level: 1 }),
    there.lean(id, { kind: 'topic', key: 'bread', level: 1 }),
  ]);
  const { settings, leanings } = await here.wishes(id);
  expect([settings.hideAiMade, settings.mutedWords, leanings]).toEqual([
    true,
    ['one'],
    [{ kind: 'topic', key: 'bread', level: 1 }],
  ]);
});

test('a leaning is changed, taken back, and there are 500 at most, also when many come at once', async () => {
  const id = viewer();
  await here.lean(id, { kind: 'topic', key: 'bread', level: 1 });
  await here.lean(id, { kind: 'topic', key: 'bread', level: -2 });
  expect((await here.wishes(id)).leanings).toEqual([{ kind: 'topic', key: 'bread', level: -2 }]);
  await here.lean(id, { kind: 'topic', key: 'bread', level: 0 });
  expect((await here.wishes(id)).leanings).toEqual([]);
  await database.pool.query(
    `insert into taste_leanings select $1, 'topic', 'topic' || at, 1, now() from generate_series(1, 495) as at`,
    [id],
  );
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, (_, at) => here.lean(id, { kind: 'topic', key: `more${at}`, level: 1 })),
  );
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(5);
  expect((await here.wishes(id)).leanings).toHaveLength(500);
  // One that is there can still be changed.
  await here.lean(id, { kind: 'topic', key: 'topic1', level: 2 });
});

test("a guest's wishes move to the member, whose own word holds where both spoke; again: nothing more happens", async () => {
  const [guest, member] = [viewer(), viewer()];
  await here.change(guest, { profiling: false, hideAiMade: true, mutedWords: ['guest', 'both'] });
  await here.lean(guest, { kind: 'topic', key: 'bread', level: -2 });
  await here.lean(guest, { kind: 'topic', key: 'moss', level: 1 });
  await here.change(member, { profiling: true, mutedWords: ['Both'] });
  await here.lean(member, { kind: 'topic', key: 'bread', level: 2 });
  for (let time = 0; time < 2; time++) {
    await emit('viewer.joined', { fromViewerId: guest, toViewerId: member });
    await here.settle();
    const { settings, leanings } = await here.wishes(member);
    expect(settings).toEqual({
      profiling: true,
      learning: true,
      hideAiMade: true,
      mutedWords: ['Both', 'guest'],
      mutedTags: [],
    });
    expect(leanings.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { kind: 'topic', key: 'bread', level: 2 },
      { kind: 'topic', key: 'moss', level: 1 },
    ]);
    expect((await here.wishes(guest)).leanings).toEqual([]);
  }
});

test('a removed account leaves nothing behind', async () => {
  const id = viewer();
  await here.change(id, { mutedWords: ['secret'] });
  await here.lean(id, { kind: 'topic', key: 'bread', level: -2 });
  await emit('account.removed', { accountId: 'nobody', viewerId: id });
  await here.settle();
  const { rows } = await database.pool.query(
    `select viewer_id from taste_settings where viewer_id = $1
     union all select viewer_id from taste_leanings where viewer_id = $1`,
    [id],
  );
  expect(rows).toEqual([]);
  expect((await here.wishes(id)).settings.mutedWords).toEqual([]);
});
