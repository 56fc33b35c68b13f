import { Refusal } from '../../../contract/errors.ts';
import type { AccountId } from '../../../contract/ids.ts';
import {
  type DeskPack,
  type Names,
  type PackDeed,
  type PackFacts,
  PackKey,
  type PackSticker,
  packLimits,
  StickerName,
  type TodaysPacks,
} from '../../../contract/packs.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { packHttp, serveDrawing } from './packs.http.ts';
import {
  alone,
  countPacks,
  deletePack,
  insertPack,
  type PackRow,
  putSticker,
  readDeeds,
  readDrawings,
  readMarket,
  readPacks,
  readSticker,
  removeSticker,
  type StickerRow,
  setState,
  updatePack,
  type Write,
  writeDeed,
  writeMarket,
} from './packs.store.ts';
import type { PackTables } from './packs.tables.ts';
import { daysIn, isThere, marketOf, seasonFault, spanAt } from './season.rules.ts';
import { starterPacks } from './starter/starter.ts';
import { cleanSvg } from './svg.rules.ts';

/**
 * Sticker packs: which drawings are offered in which market on which days. Drawings are made anew from what is known to
 * be harmless before they are kept, and never change. Knows no edit list and no video; what a draft used it keeps itself.
 */
export type Packs = {
  today(acceptLanguage: string | null): Promise<TodaysPacks>;
  /** Of a published pack, in season or not; of any pack for operators. Throws not_found. */
  sticker(key: string, isOperator: boolean): Promise<PackSticker>;
  /** Those of these stickers that are known, also of packs that were withdrawn: a draft that has one keeps it. */
  drawings(keys: readonly string[]): Promise<{ key: string; svg: string }[]>;
  list(): Promise<{ market: string | null; packs: DeskPack[] }>;
  setMarket(market: string | null): Promise<void>;
  /** Throws pack_invalid, pack_full. */
  put(key: string, facts: PackFacts, by: AccountId): Promise<DeskPack>;
  /** Throws svg_invalid, sticker_key_taken, pack_full, not_found. */
  draw(
    key: string,
    sticker: { name: string; names: Names; svg: string },
    by: AccountId,
  ): Promise<{ pack: DeskPack; dropped: string[] }>;
  /** Again: nothing happens. Throws not_found. */
  takeOut(key: string, name: string, by: AccountId): Promise<void>;
  /** Again: nothing happens. Throws not_found, pack_empty. */
  publish(key: string, by: AccountId): Promise<DeskPack>;
  /** Again: nothing happens. Throws not_found, conflict (it was never published). */
  withdraw(key: string, by: AccountId): Promise<DeskPack>;
  /** Drafts only; throws not_found, conflict. */
  discard(key: string): Promise<void>;
  deeds(key: string): Promise<PackDeed[]>;
  /** GET /packs/{sticker}.svg */
  serve(request: Request, file: string, isOperator: () => Promise<boolean>): Promise<Response>;
  http: Handled[];
  start(): Promise<void>;
};

export type PacksDeps = { database: Database; clock: Clock; accounts: Pick<Accounts, 'people'> };

export function createPacks(deps: PacksDeps): Packs {
  const { clock } = deps;
  const db = deps.database.of<PackTables>();
  const now = () => new Date(clock.now());

  const present = ({ pack, stickers }: { pack: PackRow; stickers: StickerRow[] }): DeskPack => {
    const days = (pack.markets.length > 0 ? pack.markets : [null]).map((one) => daysIn(one, clock.now()));
    const { key, names, markets, season, position, state } = pack;
    return {
      ...{ key, names, markets, season, position, state },
      isStarter: pack.is_starter,
      next: spanAt(season, days[0]![0]!),
      isToday: state === 'published' && days.some((one) => isThere(season, one)),
      stickers: stickers.map(({ key, name, names }) => ({ key, name, names })),
    };
  };
  const find = async (trx: Write, key: string) => {
    const [found] = await readPacks(trx, { key });
    if (!found) throw new Refusal('not_found');
    return found;
  };
  const findOne = async (key: string): Promise<DeskPack> => {
    const [found] = await readPacks(db, { key });
    if (!found) throw new Refusal('not_found');
    return present(found);
  };

  const packs: Omit<Packs, 'http'> = {
    async today(acceptLanguage) {
      const [setting, all] = await Promise.all([readMarket(db), readPacks(db, { state: 'published' })]);
      const { market, marketFrom } = marketOf(setting, acceptLanguage);
      const days = daysIn(market, clock.now());
      return {
        ...{ market, marketFrom },
        packs: all
          .filter(({ pack, stickers }) => {
            const isHere = pack.markets.length === 0 || (market !== null && pack.markets.includes(market));
            return isHere && stickers.length > 0 && isThere(pack.season, days);
          })
          .map(({ pack, stickers }) => ({
            key: pack.key,
            names: pack.names,
            until: days.map((day) => spanAt(pack.season, day)?.to ?? null).at(-1)!,
            stickers: stickers.map(({ key, names }) => ({ key, names })),
          })),
      };
    },
    async sticker(key, isOperator) {
      const found = await readSticker(db, key);
      if (!found || (found.state !== 'published' && !isOperator)) throw new Refusal('not_found');
      return { key: found.key, names: found.names, svg: found.svg };
    },
    drawings: (keys) => readDrawings(db, keys),
    async list() {
      const [market, all] = await Promise.all([readMarket(db), readPacks(db)]);
      return { market, packs: all.map(present) };
    },
    setMarket: (market) => writeMarket(db, market),
    async put(key, facts, by) {
      if (!PackKey.safeParse(key).success || seasonFault(facts.season)) throw new Refusal('pack_invalid');
      await alone(db, async (trx) => {
        const [known] = await readPacks(trx, { key });
        if (!known) {
          if ((await countPacks(trx)) >= packLimits.packs) throw new Refusal('pack_full');
          await insertPack(trx, key, facts, { state: 'draft', is_starter: false });
          return writeDeed(trx, { pack_key: key, at: now(), by_account: by, what: 'made', details: facts });
        }
        const { names, markets, season, position } = known.pack;
        // The same once more is no deed.
        if (sorted(facts) === sorted({ names, markets, season, position })) return undefined;
        await updatePack(trx, key, facts);
        return writeDeed(trx, { pack_key: key, at: now(), by_account: by, what: 'changed', details: facts });
      });
      return findOne(key);
    },
    async draw(key, { name, names, svg }, by) {
      if (!StickerName.safeParse(name).success) throw new Refusal('pack_invalid');
      const clean = cleanSvg(svg);
      if (!clean.ok) throw new Refusal('svg_invalid', { reason: clean.reason, what: clean.what });
      const sticker = { key: `${key}-${name}`, pack_key: key, name, names, svg: clean.svg };
      await alone(db, async (trx) => {
        const { stickers } = await find(trx, key);
        const known = await readSticker(trx, sticker.key);
        if (known && known.svg !== clean.svg) throw new Refusal('sticker_key_taken');
        const isThere = stickers.some((one) => one.key === sticker.key);
        if (isThere && sorted(known!.names) === sorted(names)) return;
        if (!isThere && stickers.length >= packLimits.stickers) throw new Refusal('pack_full');
        await putSticker(trx, sticker);
        const deed = {
          pack_key: key,
          at: now(),
          by_account: by,
          what: 'sticker_added',
          sticker: name,
        } as const;
        await writeDeed(trx, deed);
      });
      return { pack: await findOne(key), dropped: clean.dropped };
    },
    takeOut: (key, name, by) =>
      alone(db, async (trx) => {
        await find(trx, key);
        if (!(await removeSticker(trx, `${key}-${name}`, now()))) return;
        const deed = {
          pack_key: key,
          at: now(),
          by_account: by,
          what: 'sticker_removed',
          sticker: name,
        } as const;
        await writeDeed(trx, deed);
      }),
    async publish(key, by) {
      await alone(db, async (trx) => {
        const { pack, stickers } = await find(trx, key);
        if (stickers.length === 0) throw new Refusal('pack_empty');
        if (pack.state === 'published') return;
        await setState(trx, key, 'published');
        await writeDeed(trx, { pack_key: key, at: now(), by_account: by, what: 'published' });
      });
      return findOne(key);
    },
    async withdraw(key, by) {
      await alone(db, async (trx) => {
        const { pack } = await find(trx, key);
        if (pack.state === 'draft') throw new Refusal('conflict');
        if (pack.state === 'withdrawn') return;
        await setState(trx, key, 'withdrawn');
        await writeDeed(trx, { pack_key: key, at: now(), by_account: by, what: 'withdrawn' });
      });
      return findOne(key);
    },
    discard: (key) =>
      alone(db, async (trx) => {
        const { pack } = await find(trx, key);
        if (pack.state !== 'draft') throw new Refusal('conflict');
        await deletePack(trx, key);
      }),
    async deeds(key) {
      await findOne(key);
      const rows = await readDeeds(db, key);
      const ids = [...new Set(rows.flatMap(({ by_account }) => by_account ?? []))] as AccountId[];
      const people = await deps.accounts.people(ids);
      return rows.map(({ at, by_account, what, sticker }) => ({
        at: at.toISOString(),
        by: (by_account && people.get(by_account as AccountId)?.handle) || null,
        ...{ what, sticker },
      }));
    },
    serve: (request, file, isOperator) => serveDrawing(packs, request, file, isOperator),
    async start() {
      for (const { key, stickers, ...facts } of starterPacks)
        await alone(db, async (trx) => {
          // Once here, a pack is the operator's: what they changed or withdrew stays so.
          if (!(await insertPack(trx, key, facts, { state: 'published', is_starter: true }))) return;
          for (const { name, names, svg } of stickers)
            await putSticker(trx, { key: `${key}-${name}`, pack_key: key, name, names, svg });
          await writeDeed(trx, { pack_key: key, at: now(), by_account: null, what: 'published' });
        });
    },
  };
  return { ...packs, http: packHttp(packs) };
}

/** As text with the names of members in one order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
