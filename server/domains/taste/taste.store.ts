import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Database } from '../../platform/database.ts';
import { joinSaid, type LeaningRow, mostLeanings, type Said } from './taste.rules.ts';
import type { TasteTables } from './taste.tables.ts';

/** The SQL of wishes. Whoever writes holds the viewer's row of settings, so that two writes of one viewer take turns. */
type Db = Kysely<TasteTables>;
type Trx = Transaction<TasteTables>;

/** All of a viewer's wishes in one question. */
export async function readWishes(
  database: Database,
  viewerId: string,
): Promise<{ said: Said; leanings: LeaningRow[] }> {
  const [row] = await database.ask<Said & { leanings: LeaningRow[] | null }>(
    'taste.wishes',
    `select s.profiling, s.learning, s.hide_ai_made as "hideAiMade",
       coalesce(s.muted_words, '{}') as "mutedWords", coalesce(s.muted_tags, '{}') as "mutedTags",
       (select json_agg(json_build_object('kind', l.kind, 'key', l.key, 'level', l.level)
                        order by l.said_at desc, l.kind, l.key)
        from taste_leanings l where l.viewer_id = $1) as leanings
     from (select $1::text as viewer_id) asked left join taste_settings s using (viewer_id)`,
    [viewerId],
  );
  const { leanings, ...said } = row!;
  return { said, leanings: leanings ?? [] };
}

function lockRow(trx: Trx, viewerId: string): Promise<Selectable<TasteTables['taste_settings']>> {
  const empty = { profiling: null, learning: null, hide_ai_made: null, muted_words: [], muted_tags: [] };
  return (
    trx
      .insertInto('taste_settings')
      .values({ viewer_id: viewerId, ...empty })
      // Writing it again, unchanged, locks and gives back the row that is there.
      .onConflict((c) => c.column('viewer_id').doUpdateSet({ viewer_id: viewerId }))
      .returningAll()
      .executeTakeFirstOrThrow()
  );
}

const saidOf = (row: Selectable<TasteTables['taste_settings']>): Said => ({
  profiling: row.profiling,
  learning: row.learning,
  hideAiMade: row.hide_ai_made,
  mutedWords: row.muted_words,
  mutedTags: row.muted_tags,
});

function writeSaid(trx: Trx, viewerId: string, said: Said) {
  return trx
    .updateTable('taste_settings')
    .set({
      profiling: said.profiling,
      learning: said.learning,
      hide_ai_made: said.hideAiMade,
      muted_words: said.mutedWords,
      muted_tags: said.mutedTags,
    })
    .where('viewer_id', '=', viewerId)
    .execute();
}

export function changeSaid(db: Db, viewerId: string, change: Partial<Said>): Promise<Said> {
  return db.transaction().execute(async (trx) => {
    const said = { ...saidOf(await lockRow(trx, viewerId)), ...change };
    await writeSaid(trx, viewerId, said);
    return said;
  });
}

/** False when the viewer has as many leanings as one may have, and this would be one more. Level 0 takes it back. */
export function writeLeaning(db: Db, viewerId: string, leaning: LeaningRow, now: Date): Promise<boolean> {
  const { kind, key, level } = leaning;
  return db.transaction().execute(async (trx) => {
    await lockRow(trx, viewerId);
    if (level === 0) {
      await trx
        .deleteFrom('taste_leanings')
        .where('viewer_id', '=', viewerId)
        .where('kind', '=', kind)
        .where('key', '=', key)
        .execute();
      return true;
    }
    const { numUpdatedRows } = await trx
      .updateTable('taste_leanings')
      .set({ level, said_at: now })
      .where('viewer_id', '=', viewerId)
      .where('kind', '=', kind)
      .where('key', '=', key)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return true;
    if ((await countLeanings(trx, viewerId)) >= mostLeanings) return false;
    await trx
      .insertInto('taste_leanings')
      .values({ viewer_id: viewerId, kind, key, level, said_at: now })
      .execute();
    return true;
  });
}

async function countLeanings(trx: Trx, viewerId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('taste_leanings')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('viewer_id', '=', viewerId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Moves a guest's wishes to the member they became. Again: nothing is left to move. */
export function joinWishes(db: Db, from: string, into: string): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('taste_settings')
      .select('viewer_id')
      .where('viewer_id', '=', from)
      .executeTakeFirst();
    if (!known || from === into) return;
    // In order of id, so that two joins never wait for each other in a ring.
    const rows = new Map<string, Said>();
    for (const id of [from, into].sort()) rows.set(id, saidOf(await lockRow(trx, id)));
    await writeSaid(trx, into, joinSaid(rows.get(into)!, rows.get(from)!));
    const room = mostLeanings - (await countLeanings(trx, into));
    const moved = await trx
      .selectFrom('taste_leanings')
      .select(['kind', 'key', 'level', 'said_at'])
      .where('viewer_id', '=', from)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('taste_leanings as own')
              .select('own.key')
              .where('own.viewer_id', '=', into)
              .whereRef('own.kind', '=', 'taste_leanings.kind')
              .whereRef('own.key', '=', 'taste_leanings.key'),
          ),
        ),
      )
      .orderBy('said_at', 'desc')
      .limit(room)
      .execute();
    if (moved.length > 0) {
      await trx
        .insertInto('taste_leanings')
        .values(moved.map((row) => ({ ...row, viewer_id: into })))
        .execute();
    }
    await eraseRows(trx, from);
  });
}

export const eraseWishes = (db: Db, viewerId: string): Promise<void> =>
  db.transaction().execute((trx) => eraseRows(trx, viewerId));

async function eraseRows(trx: Trx, viewerId: string): Promise<void> {
  await trx.deleteFrom('taste_leanings').where('viewer_id', '=', viewerId).execute();
  await trx.deleteFrom('taste_settings').where('viewer_id', '=', viewerId).execute();
}
