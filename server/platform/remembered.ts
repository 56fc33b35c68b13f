import { LRUCache } from 'lru-cache';
import type { Database } from './database.ts';

/**
 * Rows kept in memory and believed only while Postgres says that they are still the same: each question names the
 * versions it has, and what changed since comes with the answer. Nothing is ever stale, nobody needs to be told.
 * A version is the row's `xmin`, the transaction that wrote it. What is kept is shared: do not write into it.
 */
export type Remembered<Id extends string, Value> = (ids: readonly Id[]) => Promise<Map<Id, Value>>;

/**
 * `text` takes $1::text[] (ids) and $2::text[] (the versions known, or null) and gives id, version, and as `row` what
 * `make` needs, null where the version is the known one; rows that are not there any more are left out.
 */
export function rememberRows<Id extends string, Row, Value>(
  database: Database,
  about: { name: string; text: string; make(row: Row): Value; most: number },
): Remembered<Id, Value> {
  const known = new LRUCache<Id, { version: string; value: Value }>({ max: about.most });
  return async (ids) => {
    const asked = [...new Set(ids)];
    if (asked.length === 0) return new Map();
    const before = asked.map((id) => known.get(id));
    const rows = await database.ask<{ id: Id; version: string; row: Row | null }>(about.name, about.text, [
      asked,
      before.map((one) => one?.version ?? null),
    ]);
    const had = new Map(asked.map((id, at) => [id, before[at]]));
    return new Map(
      rows.map(({ id, version, row }) => {
        if (row === null) return [id, had.get(id)!.value];
        const value = about.make(row);
        known.set(id, { version, value });
        return [id, value];
      }),
    );
  };
}
