import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AccountId, DraftId, TakeId } from '../../../contract/ids.ts';
import { sql } from '../../platform/database.ts';
import type { Place } from './drafts.rules.ts';
import type { DraftTables } from './drafts.tables.ts';

type Db = Kysely<DraftTables>;
export type Trx = Transaction<DraftTables>;
export type DraftRow = Omit<Selectable<DraftTables['drafts']>, 'list'>;
export type MaterialRow = Selectable<DraftTables['draft_materials']>;
export type DraftSums = { bytes: number; bytesHere: number; whole: number };

const facts = [
  'account_id',
  'id',
  'revision',
  'needs',
  'duration_ms',
  'clips',
  'device',
  'made_at',
  'changed_at',
] as const;

/** One at a time for each person: what is counted here still holds when it is written. */
export async function alone(trx: Trx, accountId: AccountId): Promise<void> {
  await sql`select pg_advisory_xact_lock(4711030, hashtext(${accountId}))`.execute(trx);
}

export const findDraft = (db: Db, accountId: AccountId, id: DraftId) =>
  db
    .selectFrom('drafts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();

export function draftsOf(
  db: Db,
  accountId: AccountId,
  { limit, before }: { limit: number; before: Place | null },
): Promise<DraftRow[]> {
  const all = db.selectFrom('drafts').select(facts).where('account_id', '=', accountId);
  const rest = before
    ? all.where(sql<boolean>`(changed_at, id) < (${new Date(before.changedMs)}::timestamptz, ${before.id})`)
    : all;
  return rest.orderBy('changed_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Of what each of these drafts needs. One query. */
export async function sumsOf(
  db: Db,
  accountId: AccountId,
  ids: readonly DraftId[],
): Promise<Map<DraftId, DraftSums>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: DraftId } & DraftSums>`
    select d.id, sum(m.bytes) as bytes, sum(m.bytes_here) as "bytesHere",
           count(*) filter (where m.bytes_here = m.bytes) as whole
    from drafts d join draft_materials m on m.account_id = d.account_id and m.draft_id = d.id
    where d.account_id = ${accountId} and d.id = any(${[...ids]}) and m.take_id = any(d.needs)
    group by d.id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

export const countDrafts = async (db: Db, accountId: AccountId): Promise<number> =>
  (
    await db
      .selectFrom('drafts')
      .select(sql<number>`count(*)`.as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
  ).count;

type WrittenDraft = Omit<Selectable<DraftTables['drafts']>, 'list'> & { list: string };
export async function writeDraft(trx: Trx, row: WrittenDraft): Promise<void> {
  const { account_id, id, ...rest } = row;
  await trx
    .insertInto('drafts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'id']).doUpdateSet(rest))
    .execute();
}

/** The folders whose bytes are nobody's from now on. */
export async function deleteDraft(trx: Trx, accountId: AccountId, id: DraftId): Promise<string[]> {
  const gone = await trx
    .deleteFrom('draft_materials')
    .where('account_id', '=', accountId)
    .where('draft_id', '=', id)
    .returning('folder')
    .execute();
  await trx.deleteFrom('drafts').where('account_id', '=', accountId).where('id', '=', id).execute();
  return gone.map(({ folder }) => folder);
}

export async function forgetAccount(trx: Trx, accountId: AccountId): Promise<string[]> {
  const gone = await trx
    .deleteFrom('draft_materials')
    .where('account_id', '=', accountId)
    .returning('folder')
    .execute();
  await trx.deleteFrom('drafts').where('account_id', '=', accountId).execute();
  return gone.map(({ folder }) => folder);
}

export const materialsOf = (db: Db, accountId: AccountId, draftId: DraftId): Promise<MaterialRow[]> =>
  db
    .selectFrom('draft_materials')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('draft_id', '=', draftId)
    .orderBy('announced_at')
    .orderBy('take_id')
    .execute();

export const findMaterial = (db: Db, accountId: AccountId, draftId: DraftId, takeId: TakeId) =>
  db
    .selectFrom('draft_materials')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('draft_id', '=', draftId)
    .where('take_id', '=', takeId)
    .executeTakeFirst();

export const bytesOf = async (db: Db, accountId: AccountId): Promise<number> =>
  (
    await db
      .selectFrom('draft_materials')
      .select(sql<number>`coalesce(sum(bytes), 0)`.as('bytes'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
  ).bytes;

type WrittenMaterial = Omit<MaterialRow, 'facts'> & { facts: string };
export async function insertMaterial(trx: Trx, row: WrittenMaterial): Promise<void> {
  await trx.insertInto('draft_materials').values(row).execute();
}

/** Counts a part once. False when the material is gone. */
export async function notePart(db: Db, folder: string, part: number, bytes: number): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    update draft_materials set
      bytes_here = bytes_here + case when ${part}::integer = any(here) then 0 else ${bytes}::bigint end,
      here = case when ${part}::integer = any(here) then here else array_append(here, ${part}::integer) end
    where folder = ${folder} returning true as known`.execute(db);
  return rows.length > 0;
}

/** The disk does not have it (any more): it is asked for again. */
export async function losePart(db: Db, folder: string, part: number, bytes: number): Promise<void> {
  await sql`
    update draft_materials set here = array_remove(here, ${part}::integer), bytes_here = bytes_here - ${bytes}::bigint
    where folder = ${folder} and ${part}::integer = any(here)`.execute(db);
}

export async function knownFolders(db: Db, folders: readonly string[]): Promise<Set<string>> {
  if (folders.length === 0) return new Set();
  const rows = await db
    .selectFrom('draft_materials')
    .select('folder')
    .where('folder', 'in', [...folders])
    .execute();
  return new Set(rows.map((row) => row.folder));
}

/** Of lists that were not changed for a while, what they need no more; a page of it, with its folders. */
export async function deleteUnneeded(trx: Trx, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ folder: string }>`
    delete from draft_materials where folder in (
      select m.folder from draft_materials m
        join drafts d on d.account_id = m.account_id and d.id = m.draft_id
      where m.announced_at < ${before} and d.changed_at < ${before} and not m.take_id = any(d.needs)
      limit ${limit} for update of d, m)
    returning folder`.execute(trx);
  return rows.map((row) => row.folder);
}
