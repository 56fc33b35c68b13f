import type { AccountDraft, DraftMaterial, MaterialFacts, NewMaterial } from '../../../contract/drafts.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, DraftId, TakeId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Executor } from '../../platform/database.ts';
import type { Home } from '../../platform/home.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { ByteRange, Storage } from '../../platform/storage/storage.ts';
import type { Tunables } from '../../platform/tunables.ts';
import { draftHttp } from './drafts.http.ts';
import { cursorOf, isSameMaterial, listFrom, pastOf, placeOf, whatToDo } from './drafts.rules.ts';
import {
  alone,
  bytesOf,
  countDrafts,
  type DraftRow,
  type DraftSums,
  deleteDraft,
  draftsOf,
  findDraft,
  findMaterial,
  forgetAccount,
  insertMaterial,
  losePart,
  type MaterialRow,
  materialsOf,
  notePart,
  sumsOf,
  type Trx,
  writeDraft,
} from './drafts.store.ts';
import type { DraftTables } from './drafts.tables.ts';
import { declareDraftTunables } from './drafts.tunables.ts';
import { createBytes, partAt } from './materials.ts';
import { defineRemoval, defineSweep, orderRemoval, orderSweep } from './sweep.jobs.ts';

/**
 * Drafts that their maker keeps on the account: the edit list with its revision, and the bytes it needs. All of it is
 * for its owner alone, and a draft of somebody else is no different from none. Knows nothing of uploads, videos, or of
 * what a device does with two copies that differ.
 */
export type Drafts = {
  list(accountId: AccountId, page: DraftsPage): Promise<{ drafts: AccountDraft[]; next: string | null }>;
  /** Throws not_found. */
  open(accountId: AccountId, id: DraftId): Promise<WholeDraft>;
  /** Again: the same answer. Throws draft_invalid, draft_moved_on, drafts_full, not_found (it was removed). */
  put(accountId: AccountId, id: DraftId, wish: NewDraft): Promise<{ draft: AccountDraft; lacking: TakeId[] }>;
  /** Again: nothing happens. Its bytes go by a job. Throws draft_moved_on. */
  remove(accountId: AccountId, id: DraftId, revision: number | null): Promise<void>;
  /** Again: the same answer. Throws not_found, material_differs, drafts_no_room. */
  announce(accountId: AccountId, id: DraftId, takeId: TakeId, material: NewMaterial): Promise<DraftMaterial>;
  /** Again: the same answer. Throws not_found, part_wrong, too_large, disk_full. */
  receive(
    at: { accountId: AccountId; id: DraftId; takeId: TakeId; part: number },
    body: ReadableStream<Uint8Array> | null,
  ): Promise<void>;
  /** Throws not_found, upload_not_finished. */
  material(accountId: AccountId, id: DraftId, takeId: TakeId): Promise<OpenMaterial>;
  /**
   * What a job needs to make the video of a draft, as it is now; null when there is none. Materials never change; one
   * whose draft is removed meanwhile ends in the middle of a read.
   */
  forRendering(accountId: AccountId, id: DraftId): Promise<RenderingDraft | null>;
};

export type DraftsPage = { limit: number; before: string | null };
export type NewDraft = {
  from: number;
  list: unknown;
  madeAt: string;
  changedAt: string;
  device: string | null;
};
export type WholeDraft = { draft: AccountDraft; list: EditList; materials: DraftMaterial[] };
export type OpenMaterial = {
  takeId: TakeId;
  facts: MaterialFacts;
  mime: string;
  bytes: number;
  /** Of all its bytes together; for whoever kept some of them. */
  tag: string;
  /** The whole, or a range within it; fails in its middle when the disk does not have it all. */
  open(range?: ByteRange): ReadableStream<Uint8Array>;
};
export type RenderingDraft = {
  accountId: AccountId;
  id: DraftId;
  revision: number;
  list: EditList;
  /** Those of the list whose bytes are all here. */
  materials: OpenMaterial[];
  /** Nothing that the list needs is missing. */
  complete: boolean;
};

export type DraftsDeps = {
  database: Database;
  outbox: Outbox;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  tunables: Tunables;
  storage: Storage;
  home: Pick<Home, 'scratch'>;
};

export function createDrafts(deps: DraftsDeps): Drafts & { http: Handled[]; start(): Promise<void> } {
  const { clock, jobs, outbox } = deps;
  const db = deps.database.of<DraftTables>();
  const tunables = declareDraftTunables(deps.tunables);
  const bytes = createBytes({
    storage: deps.storage,
    scratch: deps.home.scratch,
    reserveBytes: () => tunables.get('drafts.reserveBytes'),
  });
  defineRemoval(jobs, bytes);
  defineSweep({ ...deps, db, bytes });
  const removeBytes = (trx: Executor, folders: readonly string[]) => orderRemoval(jobs, trx, folders);

  const inTurn = <Result>(accountId: AccountId, work: (trx: Trx) => Promise<Result>) =>
    db.transaction().execute(async (trx) => {
      await alone(trx, accountId);
      return work(trx);
    });

  outbox.on('account.removed', 'drafts.forget-account', ({ accountId }) =>
    inTurn(accountId as AccountId, async (trx) => {
      await removeBytes(trx, await forgetAccount(trx, accountId as AccountId));
    }),
  );

  const present = (row: DraftRow, sums?: DraftSums): AccountDraft => ({
    id: row.id,
    revision: row.revision,
    madeAt: row.made_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    device: row.device,
    durationMs: row.duration_ms,
    clips: row.clips,
    bytes: sums?.bytes ?? 0,
    bytesHere: sums?.bytesHere ?? 0,
    complete: (sums?.whole ?? 0) === row.needs.length,
  });
  const presentOne = async (row: DraftRow): Promise<AccountDraft> =>
    present(row, (await sumsOf(db, row.account_id, [row.id])).get(row.id));
  const movedOn = ({ revision, changed_at, device, duration_ms }: DraftRow) =>
    new Refusal('draft_moved_on', {
      revision,
      changedAt: changed_at.toISOString(),
      device,
      durationMs: duration_ms,
    });
  const openOf = (row: MaterialRow): OpenMaterial => ({
    takeId: row.take_id,
    facts: row.facts,
    mime: row.mime,
    bytes: row.bytes,
    tag: row.folder,
    open: (range = { start: 0, end: row.bytes - 1 }) =>
      bytes.read(row.folder, range, async (number) => {
        const part = partAt(row, number);
        if (part) await losePart(db, row.folder, number, part.bytes);
      }),
  });

  const verbs: Drafts = {
    async list(accountId, { limit, before }) {
      const rows = await draftsOf(db, accountId, {
        limit: limit + 1,
        before: before ? placeOf(before) : null,
      });
      const shown = rows.slice(0, limit);
      const sums = await sumsOf(
        db,
        accountId,
        shown.map(({ id }) => id),
      );
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return {
        drafts: shown.map((row) => present(row, sums.get(row.id))),
        next: last ? cursorOf({ changedMs: last.changed_at.getTime(), id: last.id }) : null,
      };
    },
    async open(accountId, id) {
      const row = await findDraft(db, accountId, id);
      if (!row) throw new Refusal('not_found');
      const materials = await materialsOf(db, accountId, id);
      return { draft: await presentOne(row), list: row.list, materials: materials.map(presentMaterial) };
    },
    async put(accountId, id, { from, list: input, madeAt, changedAt, device }) {
      const { list, needs, durationMs } = listFrom(input);
      const row = await inTurn(accountId, async (trx): Promise<DraftRow> => {
        const before = await findDraft(trx, accountId, id);
        const deed = whatToDo(before ?? null, from, list);
        if (deed === 'missing') throw new Refusal('not_found');
        if (deed === 'moved_on') throw movedOn(before!);
        if (deed === 'same') return before!;
        const max = tunables.get('drafts.perAccount');
        if (!before && (await countDrafts(trx, accountId)) >= max) throw new Refusal('drafts_full', { max });
        const written = {
          account_id: accountId,
          id,
          revision: (before?.revision ?? 0) + 1,
          needs,
          duration_ms: durationMs,
          clips: list.clips.length,
          device,
          made_at: before?.made_at ?? pastOf(madeAt, clock.now()),
          changed_at: pastOf(changedAt, clock.now()),
        };
        await writeDraft(trx, { ...written, list: JSON.stringify(list) });
        return written;
      });
      const here = await materialsOf(db, accountId, id);
      const whole = new Set(here.filter((one) => one.bytes_here === one.bytes).map((one) => one.take_id));
      return {
        draft: await presentOne(row),
        lacking: (row.needs as TakeId[]).filter((one) => !whole.has(one)),
      };
    },
    async remove(accountId, id, revision) {
      await inTurn(accountId, async (trx) => {
        const row = await findDraft(trx, accountId, id);
        if (!row) return;
        if (revision !== null && row.revision !== revision) throw movedOn(row);
        await removeBytes(trx, await deleteDraft(trx, accountId, id));
      });
    },
    async announce(accountId, id, takeId, material) {
      const row = await inTurn(accountId, async (trx) => {
        if (!(await findDraft(trx, accountId, id))) throw new Refusal('not_found');
        const before = await findMaterial(trx, accountId, id, takeId);
        if (before) {
          if (!isSameMaterial(before, material)) throw new Refusal('material_differs');
          return before;
        }
        const maxBytes = tunables.get('drafts.accountBytes');
        const usedBytes = await bytesOf(trx, accountId);
        if (usedBytes + material.bytes > maxBytes)
          throw new Refusal('drafts_no_room', { maxBytes, usedBytes, bytes: material.bytes });
        const { bytes, mime, parts, ...facts } = material;
        const made = {
          folder: newId(),
          account_id: accountId,
          draft_id: id,
          take_id: takeId,
          ...{ mime, bytes, parts, here: [], bytes_here: 0 },
          announced_at: new Date(clock.now()),
        };
        await insertMaterial(trx, { ...made, facts: JSON.stringify(facts) });
        return { ...made, facts };
      });
      return presentMaterial(row);
    },
    async receive({ accountId, id, takeId, part: number }, body) {
      const row = await findMaterial(db, accountId, id, takeId);
      const part = row && partAt(row, number);
      if (!part) throw new Refusal('not_found');
      await bytes.receive(body, row.folder, part);
      if (await notePart(db, row.folder, number, part.bytes)) return;
      // Removed while it came; what a kill leaves here is swept.
      await bytes.remove(row.folder, number);
      throw new Refusal('not_found');
    },
    async material(accountId, id, takeId) {
      const row = await findMaterial(db, accountId, id, takeId);
      if (!row) throw new Refusal('not_found');
      if (row.bytes_here !== row.bytes) throw new Refusal('upload_not_finished');
      return openOf(row);
    },
    async forRendering(accountId, id) {
      const row = await findDraft(db, accountId, id);
      if (!row) return null;
      const materials = (await materialsOf(db, accountId, id)).filter(
        (one) => one.bytes_here === one.bytes && row.needs.includes(one.take_id),
      );
      const { revision, list } = row;
      const complete = materials.length === row.needs.length;
      return { accountId, id, revision, list, materials: materials.map(openOf), complete };
    },
  };
  return { ...verbs, http: draftHttp(verbs), start: () => orderSweep(jobs, db) };
}

const presentMaterial = (row: MaterialRow): DraftMaterial => ({
  id: row.take_id,
  ...row.facts,
  bytes: row.bytes,
  mime: row.mime,
  parts: row.parts,
  here: row.here.toSorted((a, b) => a - b),
});
