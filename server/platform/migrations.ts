import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.ts';

/**
 * One timeline of plain SQL files, forward only. Each runs in its own transaction together with the row that
 * says so; two servers starting at once wait for each other on an advisory lock. `only` stops at a state that was.
 */
export async function migrate(
  database: Database,
  folder: string,
  only?: ReadonlySet<string>,
): Promise<string[]> {
  const files = (await readdir(folder))
    .filter((name) => name.endsWith('.sql') && (!only || only.has(name)))
    .sort();
  const client = await database.pool.connect();
  const done: string[] = [];
  try {
    await client.query('select pg_advisory_lock(4711001)');
    await client.query(
      `create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations');
    const applied = new Map(rows.map((row) => [row.name, row.hash]));
    for (const name of files) {
      const text = await readFile(join(folder, name), 'utf8');
      const hash = hashOf(text);
      const before = applied.get(name);
      if (before === hash) continue;
      if (before)
        throw new Error(`migration ${name} was changed after it had been applied; write a new one instead`);
      await client.query('begin');
      try {
        await client.query(text);
        await client.query('insert into migrations (name, hash) values ($1, $2)', [name, hash]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${name} failed`, { cause: error });
      }
      done.push(name);
    }
    return done;
  } finally {
    await client.query('select pg_advisory_unlock(4711001)').catch(() => {
      // The connection is gone, and with it the lock.
    });
    client.release();
  }
}

/** Name and hash of every migration that this program brings. */
export async function knownMigrations(folder: string): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.sql')).sort())
    known.set(name, hashOf(await readFile(join(folder, name), 'utf8')));
  return known;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
