import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Names, PackDeed, PackFacts } from '../../../contract/packs.ts';
import type { PackTables } from './packs.tables.ts';

export type PackRow = Selectable<PackTables['sticker_packs']>;
export type StickerRow = Omit<Selectable<PackTables['pack_stickers']>, 'svg'>;
type Db = Kysely<PackTables>;
export type Write = Transaction<PackTables>;

/** At most two hundred packs of two dozen stickers: read whole, without their drawings. */
export async function readPacks(
  db: Db,
  only: { state?: PackRow['state']; key?: string } = {},
): Promise<{ pack: PackRow; stickers: StickerRow[] }[]> {
  let packs = db.selectFrom('sticker_packs').selectAll().orderBy('position').orderBy('key');
  if (only.state) packs = packs.where('state', '=', only.state);
  if (only.key !== undefined) packs = packs.where('key', '=', only.key);
  const rows = await packs.execute();
  if (rows.length === 0) return [];
  const stickers = await db
    .selectFrom('pack_stickers')
    .select(['key', 'pack_key', 'name', 'names', 'position', 'removed_at'])
    .where(
      'pack_key',
      'in',
      rows.map(({ key }) => key),
    )
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute();
  return rows.map((pack) => ({ pack, stickers: stickers.filter((one) => one.pack_key === pack.key) }));
}

/** Not of drafts, which nobody but operators has seen. */
export function readDrawings(db: Db, keys: readonly string[]): Promise<{ key: string; svg: string }[]> {
  if (keys.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('pack_stickers')
    .innerJoin('sticker_packs', 'sticker_packs.key', 'pack_stickers.pack_key')
    .select(['pack_stickers.key', 'pack_stickers.svg'])
    .where('pack_stickers.key', 'in', [...keys])
    .where('sticker_packs.state', '<>', 'draft')
    .execute();
}

export async function readSticker(
  db: Db,
  key: string,
): Promise<{ key: string; names: Names; svg: string; state: PackRow['state'] } | null> {
  const row = await db
    .selectFrom('pack_stickers')
    .innerJoin('sticker_packs', 'sticker_packs.key', 'pack_stickers.pack_key')
    .select(['pack_stickers.key', 'pack_stickers.names', 'pack_stickers.svg', 'sticker_packs.state'])
    .where('pack_stickers.key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

export async function readMarket(db: Db): Promise<string | null> {
  return (await db.selectFrom('pack_market').select('market').executeTakeFirst())?.market ?? null;
}

export async function writeMarket(db: Db, market: string | null): Promise<void> {
  await db.updateTable('pack_market').set({ market }).execute();
}

/** One desk at a time; whoever reads goes on reading. */
export function alone<Result>(db: Db, run: (trx: Write) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    await sql`lock table sticker_packs in share row exclusive mode`.execute(trx);
    return run(trx);
  });
}

export async function countPacks(db: Db): Promise<number> {
  const row = await db
    .selectFrom('sticker_packs')
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** False when it is there already. */
export async function insertPack(
  db: Db,
  key: string,
  facts: PackFacts,
  more: { state: PackRow['state']; is_starter: boolean },
): Promise<boolean> {
  const result = await db
    .insertInto('sticker_packs')
    .values({ key, ...written(facts), ...more })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

const written = ({ names, markets, season, position }: PackFacts) => ({
  names: JSON.stringify(names),
  markets,
  season: JSON.stringify(season),
  position,
});

export async function updatePack(db: Db, key: string, facts: PackFacts): Promise<void> {
  await db.updateTable('sticker_packs').set(written(facts)).where('key', '=', key).execute();
}

export async function setState(db: Db, key: string, state: PackRow['state']): Promise<void> {
  await db.updateTable('sticker_packs').set({ state }).where('key', '=', key).execute();
}

export async function deletePack(db: Db, key: string): Promise<void> {
  await db.deleteFrom('sticker_packs').where('key', '=', key).execute();
}

export async function putSticker(
  db: Db,
  sticker: { key: string; pack_key: string; name: string; names: Names; svg: string },
): Promise<void> {
  const names = JSON.stringify(sticker.names);
  await db
    .insertInto('pack_stickers')
    .values(({ selectFrom }) => ({
      ...sticker,
      names,
      removed_at: null,
      position: selectFrom('pack_stickers')
        .where('pack_key', '=', sticker.pack_key)
        .select(sql<number>`coalesce(max(position), 0) + 1`.as('next')),
    }))
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ names, removed_at: null }))
    .execute();
}

export async function removeSticker(db: Db, key: string, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('pack_stickers')
    .set({ removed_at: at })
    .where('key', '=', key)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function writeDeed(
  db: Db,
  deed: {
    pack_key: string;
    at: Date;
    by_account: string | null;
    what: PackDeed['what'];
    sticker?: string;
    details?: unknown;
  },
): Promise<void> {
  const { details, sticker = null, ...rest } = deed;
  await db
    .insertInto('pack_deeds')
    .values({ ...rest, sticker, details: details === undefined ? null : JSON.stringify(details) })
    .execute();
}

export async function readDeeds(
  db: Db,
  key: string,
): Promise<{ at: Date; by_account: string | null; what: PackDeed['what']; sticker: string | null }[]> {
  return db
    .selectFrom('pack_deeds')
    .select(['at', 'by_account', 'what', 'sticker'])
    .where('pack_key', '=', key)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}
