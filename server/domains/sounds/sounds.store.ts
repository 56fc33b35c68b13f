import type { Transaction } from 'kysely';
import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { Database } from '../../platform/database.ts';
import { termsOf } from './search.rules.ts';
import type { SoundsTables } from './sounds.tables.ts';

export function soundsStore(database: Database) {
  const db = database.of<SoundsTables>();

  /** Writes what a video says of its sound, and moves the sound's numbers by the difference to what it said before. */
  const write = async (
    trx: Transaction<SoundsTables>,
    use: { video_id: VideoId; sound_id: SoundId },
    next: { in_public: boolean; gone: boolean },
  ) => {
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
    await trx.updateTable('sound_uses').set(next).where('video_id', '=', use.video_id).execute();
    const videos = Number(!next.gone) - Number(inserted === 0n);
    const uses = Number(next.in_public) - Number(row.in_public);
    await trx
      .updateTable('sounds')
      .set((e) => ({ videos: e('videos', '+', videos), uses: e('uses', '+', uses) }))
      .where('id', '=', use.sound_id)
      .execute();
  };
  /** Its row stays without words: a use whose news is still on the way brings the sound back. */
  const endUnused = (trx: Transaction<SoundsTables>, id: SoundId) =>
    trx
      .updateTable('sounds')
      .set({ title: null, terms: [] })
      .where('id', '=', id)
      .where('videos', '<=', 0)
      .where('original', '=', true)
      .execute();
  /** Somebody else's first use of a sound counts for what is trending. */
  const firstUse = async (
    trx: Transaction<SoundsTables>,
    sound_id: SoundId,
    account_id: AccountId,
    day: string,
  ) => {
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
        if (facts.ownsSound) {
          await trx
            .insertInto('sounds')
            .values({
              id: soundId,
              owner_id: facts.authorId as AccountId,
              title: facts.soundTitle,
              terms: termsOf([facts.soundTitle]),
              duration_ms: facts.durationMs,
              demo: facts.demo,
              videos: 0,
              uses: 0,
              created_at: new Date(facts.publishedAt),
            })
            .onConflict((c) => c.doNothing())
            .execute();
        }
        await write(
          trx,
          { video_id: facts.videoId as VideoId, sound_id: soundId },
          { in_public: facts.audience === 'everyone', gone: false },
        );
        if (!facts.ownsSound && facts.audience === 'everyone')
          await firstUse(trx, soundId, facts.authorId as AccountId, day);
        await endUnused(trx, soundId);
      });
    },
    async unused(videoId: VideoId, soundId: SoundId): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await write(trx, { video_id: videoId, sound_id: soundId }, { in_public: false, gone: true });
        await endUnused(trx, soundId);
      });
    },
  };
}
