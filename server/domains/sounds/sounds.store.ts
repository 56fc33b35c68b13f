import type { Transaction } from 'kysely';
import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { Database } from '../../platform/database.ts';
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
    trx.updateTable('sounds').set({ title: null }).where('id', '=', id).where('videos', '<=', 0).execute();

  return {
    async many(ids: readonly SoundId[]) {
      return db
        .selectFrom('sounds')
        .selectAll()
        .where('id', 'in', [...ids])
        .where('videos', '>', 0)
        .execute();
    },
    /** A published video says which sound it has; the owner's brings the sound's row with it. */
    async used(facts: PostFacts, soundId: SoundId): Promise<void> {
      await db.transaction().execute(async (trx) => {
        if (facts.ownsSound) {
          await trx
            .insertInto('sounds')
            .values({
              id: soundId,
              owner_id: facts.authorId as AccountId,
              title: facts.soundTitle,
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
