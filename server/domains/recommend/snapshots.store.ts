import type { Kysely } from 'kysely';
import { sql } from '../../platform/database.ts';
import type { RecommendTables } from './recommend.tables.ts';

/** `bytes` is a plain array of its own, no view into a pool. */
export type Snapshot = { lastSeq: number; bytes: Uint8Array };

const partBytes = 4_000_000;
const keep = 2;

/** All or nothing; older ones than the last two go in the same transaction. */
export function writeSnapshot(
  db: Kysely<RecommendTables>,
  snapshot: { library: string; lastSeq: number; bytes: Uint8Array; takenAt: Date },
): Promise<void> {
  const { library, lastSeq, bytes, takenAt } = snapshot;
  const parts = Math.ceil(bytes.byteLength / partBytes);
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('recommend_snapshots')
      .values({ library, last_seq: lastSeq, taken_at: takenAt, parts })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (let part = 0; part < parts; part++) {
      const from = bytes.byteOffset + part * partBytes;
      const length = Math.min(partBytes, bytes.byteLength - part * partBytes);
      await trx
        .insertInto('recommend_snapshot_parts')
        .values({ snapshot_id: id, part, bytes: Buffer.from(bytes.buffer, from, length) })
        .execute();
    }
    await sql`delete from recommend_snapshots where id not in
      (select id from recommend_snapshots order by last_seq desc, id desc limit ${keep})`.execute(trx);
  });
}

/** Newest first; each is read only when the one before could not be used. */
export async function* readSnapshots(db: Kysely<RecommendTables>, library: string): AsyncGenerator<Snapshot> {
  const heads = await db
    .selectFrom('recommend_snapshots')
    .select(['id', 'last_seq', 'parts'])
    .where('library', '=', library)
    .orderBy('last_seq', 'desc')
    .orderBy('id', 'desc')
    .execute();
  for (const head of heads) {
    const parts: Buffer[] = [];
    for (let part = 0; part < head.parts; part++) {
      const row = await db
        .selectFrom('recommend_snapshot_parts')
        .select('bytes')
        .where('snapshot_id', '=', head.id)
        .where('part', '=', part)
        .executeTakeFirst();
      if (!row) break;
      parts.push(row.bytes);
    }
    if (parts.length === head.parts) yield { lastSeq: head.last_seq, bytes: joined(parts) };
  }
}

function joined(parts: readonly Buffer[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
