import type { Transaction } from 'kysely';
import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, AssetId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { Database } from '../../platform/database.ts';
import { termsOf } from './search.rules.ts';
import type { SoundsTables } from './sounds.tables.ts';

type Trx = Transaction<SoundsTables>;
type Use = { video_id: VideoId; sound_id: SoundId };

/** The projection of uses: which public and other videos have which sound, and who began to use it when. */
export function soundsStore(
  database: Database,
  order: Record<
    'listening' | 'listeningLater' | 'silencing' | 'settling',
    (trx: Trx, id: SoundId) => Promise<void>
  >,
) {
  const db = database.of<SoundsTables>();

  const count = async (trx: Trx, id: SoundId, videos: number, uses: number) => {
    await trx
      .updateTable('sounds')
      .set((e) => ({ videos: e('videos', '+', videos), uses: e('uses', '+', uses) }))
      .where('id', '=', id)
      .execute();
    if (videos < 0 || uses < 0) await order.settling(trx, id);
  };
  /** Writes what a video says of its sound, and moves the numbers by the difference to what it said before. */
  const write = async (trx: Trx, use: Use, next: { in_public: boolean; gone: boolean; own: boolean }) => {
    const { own, ...said } = next;
    const [{ numInsertedOrUpdatedRows: inserted = 0n } = {}] = await trx
      .insertInto('sound_uses')
      .values({ ...use, in_public: false, gone: false })
      .onConflict((c) => c.doNothing())
      .execute();
    const row = await trx
      .selectFrom('sound_uses')
      .selectAll()
      .where('video_id', '=', use.video_id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    // A tombstone stays: news may come in any order.
    if (row.gone) return;
    const moved = row.sound_id !== use.sound_id;
    // A video goes from its own sound to the one it was recognised as, never back: this is old news.
    if (moved && own) return;
    if (moved) await count(trx, row.sound_id, -1, -Number(row.in_public));
    await trx
      .updateTable('sound_uses')
      .set({ ...said, sound_id: use.sound_id })
      .where('video_id', '=', use.video_id)
      .execute();
    const videos = Number(!said.gone) - Number(inserted === 0n && !moved);
    await count(trx, use.sound_id, videos, Number(said.in_public) - Number(row.in_public && !moved));
    if (moved) await endUnused(trx, row.sound_id);
  };
  /** Its row stays without words: a use whose news is still on the way brings the sound back. */
  const endUnused = (trx: Trx, id: SoundId) =>
    trx
      .updateTable('sounds')
      .set({ title: null, terms: [] })
      .where('id', '=', id)
      .where('videos', '<=', 0)
      .where('original', '=', true)
      .execute();
  /** Somebody else's first use of a sound counts for what is trending. */
  const firstUse = async (trx: Trx, sound_id: SoundId, account_id: AccountId, day: string) => {
    const added = await trx
      .insertInto('sound_users')
      .columns(['sound_id', 'account_id'])
      .expression((e) =>
        e
          .selectFrom('sounds')
          .select(['id', e.val(account_id).as('account_id')])
          .where('id', '=', sound_id)
          .where((w) => w.or([w('owner_id', 'is', null), w('owner_id', '<>', account_id)])),
      )
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) return;
    await trx
      .insertInto('sound_days')
      .values({ sound_id, day, people: 1 })
      .onConflict((c) =>
        c.columns(['day', 'sound_id']).doUpdateSet((e) => ({ people: e('sound_days.people', '+', 1) })),
      )
      .execute();
  };
  const insertOwn = async (trx: Trx, facts: PostFacts, id: SoundId) => {
    const added = await trx
      .insertInto('sounds')
      .values({
        id,
        owner_id: facts.authorId as AccountId,
        title: facts.soundTitle,
        terms: termsOf([facts.soundTitle]),
        duration_ms: facts.durationMs,
        asset_id: facts.assetId as AssetId,
        demo: facts.demo,
        videos: 0,
        uses: 0,
        created_at: new Date(facts.publishedAt),
      })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) return;
    await (facts.demo ? order.listeningLater : order.listening)(trx, id);
  };

  return {
    async many(ids: readonly SoundId[]) {
      return db
        .selectFrom('sounds')
        .selectAll()
        .where('id', 'in', [...ids])
        .where((e) => e.or([e('videos', '>', 0), e('original', '=', false)]))
        .execute();
    },
    /** A published video says which sound it has; the owner's brings the sound's row with it. */
    async used(facts: PostFacts, soundId: SoundId, day: string): Promise<void> {
      await db.transaction().execute(async (trx) => {
        if (facts.ownsSound) await insertOwn(trx, facts, soundId);
        const inPublic = facts.audience === 'everyone';
        const use = { video_id: facts.videoId as VideoId, sound_id: soundId };
        await write(trx, use, { in_public: inPublic, gone: false, own: facts.ownsSound });
        if (!facts.ownsSound && inPublic) await firstUse(trx, soundId, facts.authorId as AccountId, day);
        const withdrawn = await trx
          .selectFrom('sounds')
          .select('id')
          .where('id', '=', soundId)
          .where('withdrawn_at', 'is not', null)
          .executeTakeFirst();
        if (withdrawn) await order.silencing(trx, soundId);
        await endUnused(trx, soundId);
      });
    },
    async unused(videoId: VideoId, soundId: SoundId): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await write(
          trx,
          { video_id: videoId, sound_id: soundId },
          { in_public: false, gone: true, own: false },
        );
        await endUnused(trx, soundId);
      });
    },
  };
}
