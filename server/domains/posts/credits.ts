import type { Allowed, CreditKind, NewCredit } from '../../../contract/credits.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Audience, VideoChange } from '../../../contract/videos.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { type CreditColumns, closed, idsAround, inherit, noCredit, widest } from './credits.rules.ts';
import type { CreditsStore, Link } from './credits.store.ts';
import { isPublic, isWider, postOf } from './posts.rules.ts';
import type { PostsStore } from './posts.store.ts';
import type { VideoRow } from './posts.tables.ts';
import type { Ids, Page, Post, PostsPorts } from './posts.ts';

/** Videos made with others: what they inherit, the chain they stand in, and their end when somebody takes back. */
export type Credits = {
  defaults(accountId: AccountId): Promise<Allowed>;
  /** For what is published from now on; `earlierToo`: for everything. */
  setDefaults(accountId: AccountId, allowed: Allowed, earlierToo: boolean): Promise<void>;
  /** The author's wish about what shows the picture of their video; others get not_found. Idempotent. */
  takeBack(accountId: AccountId, id: VideoId, back: boolean): Promise<void>;
  /** From the video up to its origin, itself first, deleted ones too. Of long chains the nearest `most` and the origin. */
  chain(id: VideoId, most: number): Promise<Link[]>;
  /** Public ones, newest first. */
  madeWith(id: VideoId, page: Page & { kind: CreditKind | null }): Promise<Ids>;
  /** The list that a video brought for others to fill. */
  template(id: VideoId): Promise<EditList | null>;
};

type Trx = Parameters<Parameters<PostsStore['transaction']>[0]>[0];
type CreditsDeps = Pick<PostsPorts, 'maySee' | 'permissionsOf' | 'partsOf'> & {
  posts: PostsStore;
  store: CreditsStore;
  outbox: Outbox;
};

/** As it was asked for, of a row that has it; who begins a frame credits nobody. */
function creditOf({ credit_kind: kind, origin_id: videoId, ...row }: VideoRow): NewCredit | null {
  if (!kind || !videoId) return null;
  if (kind !== 'frame') return { kind, videoId };
  return { kind, videoId, cells: row.frame_cells!, cell: row.frame_cell!, shows: row.pictures };
}

/** Whom a maker may see, of the posts that decide on what they make; asked before the transaction. */
export type Looked = { ids: VideoId[]; posts: ReadonlyMap<VideoId, Post>; seen: ReadonlySet<VideoId> };

export function createCredits(deps: CreditsDeps) {
  const { posts, store, outbox } = deps;

  /** Gone through together, in half a second; each is taken back in a transaction of its own, as if its author changed it. */
  const atOnce = 100;

  /** Null when nothing is credited. */
  const look = async (accountId: AccountId, credit: NewCredit | null): Promise<Looked | null> => {
    if (!credit?.videoId) return null;
    const origin = (await posts.many([credit.videoId])).get(credit.videoId);
    if (!origin) return { ids: [], posts: new Map(), seen: new Set() };
    const ids = [origin.id, ...idsAround(origin)];
    const known = await posts.many(ids);
    return { ids, posts: known, seen: await deps.maySee(accountId, [...known.values()]) };
  };

  /**
   * What the new video inherits, judged by the rows as they stand in this transaction, and kept so until it ends:
   * whoever withdraws at the same moment is either before it or after it.
   */
  const judge = async (
    trx: Trx,
    asked: { accountId: AccountId; credit: NewCredit | null; audience: Audience },
    looked: Looked | null,
  ): Promise<CreditColumns> => {
    const { accountId, credit, audience } = asked;
    if (!credit) return noCredit;
    const held = looked && looked.ids.length > 0 ? await store.hold(trx, looked.ids) : [];
    const known = new Map(held.flatMap((row) => (row.deleted_at ? [] : [[row.id, postOf(row)] as const])));
    // One that was narrowed since it was looked at may be seen by fewer now; which of them, is not asked again.
    const seen = new Set(
      [...known.values()]
        .filter(
          ({ id, audience: now }) => looked!.seen.has(id) && !isWider(looked!.posts.get(id)!.audience, now),
        )
        .concat([...known.values()].filter((post) => post.authorId === accountId))
        .map((post) => post.id),
    );
    const origin = credit.videoId && seen.has(credit.videoId) ? (known.get(credit.videoId) ?? null) : null;
    return inherit({ accountId, credit, audience }, origin, { known, seen }, deps);
  };

  return {
    defaults: store.defaults,
    chain: store.chain,
    madeWith: (id: VideoId, page: Page & { kind: CreditKind | null }) =>
      store.madeWith(id, page.kind, page.cursor ?? null, page.limit),
    template: store.template,

    async setDefaults(accountId: AccountId, allowed: Allowed, earlierToo: boolean): Promise<void> {
      await posts.transaction(async (trx) => {
        await store.setDefaults(trx, accountId, allowed);
        if (earlierToo) await store.allowAll(trx, accountId, allowed);
      });
    },

    look,
    inherit: judge,

    /** A video that was kept back goes out: what was allowed when it was written may be withdrawn by now. */
    lookAgain: (row: VideoRow): Promise<Looked | null> => look(row.author_id, creditOf(row)),
    /** Before anything else is locked. */
    async hold(trx: Trx, id: VideoId, looked: Looked | null): Promise<void> {
      if (looked) await store.lockAll(trx, [id, ...looked.ids]);
    },
    /** Throws Refusal as for a new one. */
    async judgeAgain(trx: Trx, row: VideoRow, looked: Looked | null): Promise<void> {
      await judge(trx, { accountId: row.author_id, credit: creditOf(row), audience: row.audience }, looked);
    },

    /**
     * A change as it will be made: a narrower audience closes what others may make, unless that is said too. Throws
     * taken_back, and audience_too_wide, since a video opens no further than what it is made of. Deleted ones count.
     */
    async wish(trx: Trx, row: VideoRow, { audience, allowed, ...other }: VideoChange) {
      if (row.taken_back && audience && audience !== 'me') throw new Refusal('taken_back');
      const wanted = row.taken_back ? row.audience : (audience ?? row.audience);
      if (isWider(wanted, row.audience)) {
        const sources = await store.rows(trx, idsAround(postOf(row)));
        const most = widest(
          row.author_id,
          sources.map((one) => ({ authorId: one.author_id, audience: one.audience })),
        );
        if (isWider(wanted, most)) throw new Refusal('audience_too_wide', { most });
      }
      const base = isWider(row.audience, wanted) ? closed : postOf(row).allowed;
      const change: Omit<VideoChange, 'allowed'> & { allowed: Allowed } = {
        ...other,
        ...(wanted !== row.audience && { audience: wanted }),
        allowed: { ...base, ...allowed },
      };
      return change;
    },

    /** With the row of a new video. */
    async keep(trx: Trx, { id, pictures }: VideoRow, template: EditList | null): Promise<void> {
      await store.keepPictures(trx, id, pictures);
      if (template) await store.keepTemplate(trx, id, template);
    },
    /** With a video that is deleted: its row stays, so that chains go on through it. */
    async forget(trx: Trx, { id, pictures }: VideoRow): Promise<void> {
      await store.forgetPictures(trx, id, pictures);
      await store.forgetTemplate(trx, id);
    },

    /** The number of public videos made with another follows each of them. */
    async recount(trx: Trx, before: VideoRow, after: VideoRow): Promise<void> {
      if (!after.origin_id || isPublic(before) === isPublic(after)) return;
      await store.count(trx, after.origin_id, isPublic(after) ? 1 : -1);
    },

    async takeBack(accountId: AccountId, id: VideoId, back: boolean): Promise<void> {
      await posts.transaction(async (trx) => {
        const row = await posts.lock(trx, id);
        if (!row || row.author_id !== accountId || row.deleted_at) throw new Refusal('not_found');
        if (row.took_back === back) return;
        await posts.update(trx, id, { took_back: back });
        await outbox.emit(trx, 'post.took-back', { videoId: id });
      });
    },

    /**
     * What shows this picture, made to be as its creators want it now, from `after` on; `turn` takes one of them in its
     * transaction. The last one that was looked at, or null at the end.
     * Whoever published with the picture held its row, so all of them were there before it was taken back.
     */
    async obey(
      id: VideoId,
      after: string,
      turn: (trx: Trx, row: VideoRow) => Promise<void>,
      turned: (id: VideoId) => Promise<void>,
    ): Promise<string | null> {
      const ids = await store.showing(id, after, atOnce);
      for (const one of ids) {
        const isTurned = await posts.transaction(async (trx) => {
          const row = await posts.lock(trx, one);
          if (!row || row.deleted_at || row.taken_back === (await store.isTakenBack(trx, row))) return false;
          await turn(trx, row);
          return true;
        });
        if (isTurned) await turned(one);
      }
      return ids.length < atOnce ? null : ids.at(-1)!;
    },
  };
}
