import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { migrationsFolder } from '../../compose.ts';
import { openHouse } from '../../testing/house.ts';
import { openHome } from '../home.ts';
import {
  fingerprint,
  type Instance,
  laterMigration,
  liveIn,
  namesIn,
  openInstance,
} from './backup.fixture.ts';
import { takeBackup } from './backup.ts';
import { refuseHalfRestored } from './restore.ts';

const opened: Instance[] = [];
const open = async (...options: Parameters<typeof openInstance>) => {
  const instance = await openInstance(...options);
  opened.push(instance);
  return instance;
};
afterEach(async () => {
  for (const instance of opened.splice(0)) await instance.close();
});

async function backedUp() {
  const source = await open({ migrated: true });
  await liveIn(source);
  const folder = join(source.folder, 'saved', 'one');
  await source.backUp(folder);
  return { source, folder };
}

test('a restored instance has every row, sequence, waiting job and file of the one that was saved', async () => {
  const { source, folder } = await backedUp();
  const target = await open({ migrated: false });
  await target.restore(folder);
  const before = await fingerprint(source.database, source.storage);
  expect(await fingerprint(target.database, target.storage)).toEqual(before);
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining(['public.days_more_7', 'graphile_worker._private_jobs', 'assets/one/540.mp4']),
  );
  for (const name of ['secret', 'operator-claim'])
    expect(await readFile(join(target.home.folder, name))).toEqual(
      await readFile(join(source.home.folder, name)),
    );
  // It lives on: keys go on where they were, new rows find their partition, triggers work again.
  const { rows } = await target.database.pool.query(
    `insert into a_children (parent_id) values ('p1') returning id`,
  );
  expect(rows).toEqual([{ id: 1001 }]);
  await target.database.pool.query(`insert into days values ('2026-11-22', 5)`);
  await target.database.pool.query(`insert into z_parents (id) values ('loud')`);
  const loud = await target.database.pool.query(`select note from z_parents where id = 'loud'`);
  expect(loud.rows).toEqual([{ note: 'changed' }]);
});

test('a house with people, news and files is the same after a restore', async () => {
  const house = await openHouse();
  try {
    const [ada, bo] = [await house.person('Ada'), await house.person('Bo')];
    const follow = await ada.put(`/api/people/${bo.me.handle}/follow`);
    expect(follow.status).toBeLessThan(300);
    await house.rooms.storage.put('assets/one/540.mp4', { bytes: Buffer.from('film') });
    const folder = join(house.folder, 'saved');
    await takeBackup({
      ...{ database: house.database, storage: house.rooms.storage, folder, version: '1.2.3', say: () => {} },
      ...{ home: await openHome(house.folder), signal: new AbortController().signal },
    });
    const target = await open({ migrated: false, migrationsFolder });
    await target.restore(folder);
    const before = await fingerprint(house.database, house.rooms.storage);
    expect(await fingerprint(target.database, target.storage)).toEqual(before);
    expect(before['public.follows']).toMatch(/^1 /);
    expect(before['graphile_worker._private_jobs']).not.toMatch(/^0 /);
  } finally {
    await house.close();
  }
});

test('signals are kept while a backup is under way', async () => {
  const house = await openHouse();
  const answers: number[] = [];
  try {
    const ada = await house.person('Ada');
    await takeBackup({
      ...{ database: house.database, folder: join(house.folder, 'saved'), version: '1.2.3', say: () => {} },
      ...{ home: await openHome(house.folder), signal: new AbortController().signal },
      storage: {
        read: house.rooms.storage.read,
        async *list(prefix) {
          // Stands in the log of signals, whose writers take turns.
          answers.push((await ada.delete('/api/taste')).status);
          yield* house.rooms.storage.list(prefix);
        },
      },
    });
    expect(new Set(answers)).toEqual(new Set([204]));
  } finally {
    await house.close();
  }
});

test('only its owner can read a backup, and the usual programs can check it', async () => {
  const { folder } = await backedUp();
  for (const name of ['', ...(await namesIn(folder))]) {
    const { mode } = await stat(join(folder, name));
    expect({ name, open: mode & 0o77 }).toEqual({ name, open: 0 });
  }
  execFileSync('sha256sum', ['--check', '--quiet', '--strict', 'SHA256SUMS', 'manifest.sha256'], {
    cwd: folder,
  });
});

test('an older backup is brought up to date by the migrations that came since', async () => {
  const { folder } = await backedUp();
  const target = await open({ migrated: false, more: laterMigration });
  await target.restore(folder);
  const { rows } = await target.database.pool.query('select * from leaves');
  expect(rows).toEqual([{ id: 'from the migration' }]);
});

test('a backup of a newer program is refused', async () => {
  const source = await open({ migrated: true, more: laterMigration });
  const folder = join(source.folder, 'saved');
  await source.backUp(folder);
  const target = await open({ migrated: false });
  await expect(target.restore(folder)).rejects.toThrow('20260103T0000-three.sql');
});

const harm: Record<string, (folder: string) => Promise<void>> = {
  'a file is altered': (folder) => appendFile(join(folder, 'files/uploads/half'), 'x'),
  'a file is missing': (folder) => rm(join(folder, 'files/avatars/empty.webp')),
  'a table is cut': (folder) => truncate(join(folder, 'tables/public.z_parents.copy.gz'), 40),
  'the list of hashes is cut': (folder) => truncate(join(folder, 'SHA256SUMS'), 100),
  'the manifest is altered': (folder) => appendFile(join(folder, 'manifest.json'), ' '),
  'the manifest is missing': (folder) => rm(join(folder, 'manifest.json')),
};
test.each(Object.entries(harm))('when %s, the backup is refused and nothing is changed', async (_, hurt) => {
  const { folder } = await backedUp();
  await hurt(folder);
  const target = await open({ migrated: false });
  const [rows, names] = [
    await fingerprint(target.database, target.storage),
    await namesIn(target.home.folder),
  ];
  const secret = await readFile(join(target.home.folder, 'secret'));
  await expect(target.restore(folder)).rejects.toThrow(/not as it was written|missing|cannot be read/);
  expect(await fingerprint(target.database, target.storage)).toEqual(rows);
  expect(await namesIn(target.home.folder)).toEqual(names);
  expect(await readFile(join(target.home.folder, 'secret'))).toEqual(secret);
});

test('an instance that holds anything is never overwritten', async () => {
  const { source, folder } = await backedUp();
  await expect(source.restore(folder)).rejects.toThrow('holds tables already');
  const target = await open({ migrated: false });
  await target.storage.put('assets/x/y.mp4', { bytes: Buffer.from('mine') });
  await expect(target.restore(folder)).rejects.toThrow('holds files already');
});

test('a restore that was cut short keeps servers away and can be run again', async () => {
  const { source, folder } = await backedUp();
  const target = await open({ migrated: false });
  const table = join(target.folder, 'home', 'storage', 'assets');
  // A file where a folder must be: the restore fails after it has begun.
  await rm(join(target.home.folder, 'operator-claim'), { force: true });
  await mkdir(join(target.home.folder, 'operator-claim.part'));
  await expect(target.restore(folder)).rejects.toThrow();
  await expect(readdir(table)).resolves.toEqual(['one']);
  await expect(refuseHalfRestored(target.home.folder)).rejects.toThrow('cut short');
  await rm(join(target.home.folder, 'operator-claim.part'), { recursive: true });
  await target.restore(folder);
  await refuseHalfRestored(target.home.folder);
  expect(await fingerprint(target.database, target.storage)).toEqual(
    await fingerprint(source.database, source.storage),
  );
});

test('a backup that fails or is stopped leaves nothing behind', async () => {
  const source = await open({ migrated: true });
  await liveIn(source);
  const saved = join(source.folder, 'saved');
  const stop = new AbortController();
  const { storage } = source;
  const read = storage.read;
  storage.read = async (...words) => {
    stop.abort();
    return read(...words);
  };
  await expect(source.backUp(join(saved, 'one'), stop.signal)).rejects.toThrow('stopped');
  storage.read = async () => {
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
  };
  await expect(source.backUp(join(saved, 'one'))).rejects.toThrow('full');
  expect(await readdir(saved)).toEqual([]);
});

test('what a killed backup left is no hindrance, and a folder with something in it is refused', async () => {
  const source = await open({ migrated: true });
  const folder = join(source.folder, 'saved');
  await mkdir(join(`${folder}.kinora-unfinished`, 'files'), { recursive: true });
  await source.backUp(folder);
  await expect(source.backUp(folder)).rejects.toThrow('something');
  expect((await readdir(source.folder)).filter((name) => name.startsWith('saved'))).toEqual(['saved']);
  await expect(source.backUp(join(source.home.storage, 'saved'))).rejects.toThrow('inside the storage');
});

test('in a backup taken while people write, every row finds the file it names', async () => {
  const source = await open({ migrated: true });
  await liveIn(source);
  let written = 0;
  let over = false;
  const write = async () => {
    const key = `assets/new/${written++}.mp4`;
    await source.storage.put(key, { bytes: Buffer.from(key) });
    await source.database.pool.query('insert into named_files values ($1)', [key]);
  };
  await write();
  const writing = (async () => {
    while (!over) {
      await write();
      await writeFile(join(source.home.storage, 'uploads', 'half'), `${written} bytes`.padEnd(written + 20));
    }
  })();
  const folder = join(source.folder, 'saved');
  try {
    await source.backUp(folder);
  } finally {
    over = true;
    await writing;
  }
  const target = await open({ migrated: false });
  await target.restore(folder);
  const { rows } = await target.database.pool.query<{ key: string }>('select key from named_files');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThan(written + 1);
  for (const { key } of rows) {
    const found = await target.storage.read(key);
    expect(found && (await new Response(found.stream).text())).toBe(key);
  }
});

test('a file that is written anew while it is copied is copied again, and one that went away is left out', async () => {
  const source = await open({ migrated: true });
  await liveIn(source);
  const folder = join(source.folder, 'saved');
  const { storage } = source;
  const read = storage.read;
  const reads = { 'uploads/half': 0, 'assets/one/540.mp4': 0 };
  storage.read = async (key, range) => {
    const found = await read(key, range);
    if (!(key in reads) || !found || reads[key as keyof typeof reads]++) return found;
    if (key !== 'uploads/half') await storage.remove(key);
    return { ...found, bytes: found.bytes + 1 };
  };
  await source.backUp(folder);
  const target = await open({ migrated: false });
  await target.restore(folder);
  expect(await new Response((await target.storage.read('uploads/half'))!.stream).text()).toBe(
    'the beginning',
  );
  expect(await target.storage.read('assets/one/540.mp4')).toBeNull();
});

test('an old partition that is dropped meanwhile is left out', async () => {
  const source = await open({ migrated: true });
  await liveIn(source);
  const folder = join(source.folder, 'saved');
  const { storage } = source;
  const list = storage.list;
  let passes = 0;
  storage.list = async function* (prefix) {
    // The third pass is the one that follows the snapshot.
    if (++passes === 3) await source.database.pool.query('drop table days_1');
    yield* list(prefix);
  };
  await source.backUp(folder);
  const target = await open({ migrated: false });
  await target.restore(folder);
  const { rows } = await target.database.pool.query(`select id from days order by id`);
  expect(rows).toEqual([{ id: 3 }, { id: 7 }]);
});
