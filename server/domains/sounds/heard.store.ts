import { sql } from 'kysely';
import type { SoundId, VideoId } from '../../../contract/ids.ts';
import type { SoundMood } from '../../../contract/sounds.ts';
import type { Database } from '../../platform/database.ts';
import type { Heard } from '../media/media.ts';
import type { SoundsTables } from './sounds.tables.ts';

type LibrarySound = {
  id: SoundId;
  title: string;
  artist: string;
  mood: SoundMood;
  terms: string[];
  at: Date;
};
export type Resembled = { id: SoundId; shared: number };

/** The SQL of what was heard in sounds: beats, waveform, landmarks, and which sounds share them. */
export function heardStore(database: Database) {
  const db = database.of<SoundsTables>();
  return {
    db,
    /** Those of the ids that were listened to. */
    async heardAmong(ids: readonly SoundId[]): Promise<Set<SoundId>> {
      const rows = await db
        .selectFrom('sounds')
        .select('id')
        .where('id', 'in', [...ids])
        .where('heard_at', 'is not', null)
        .execute();
      return new Set(rows.map((row) => row.id));
    },
    /** Everybody's. Again: nothing. */
    async addToLibrary(sound: LibrarySound): Promise<void> {
      const { at, ...row } = sound;
      await db
        .insertInto('sounds')
        .values({
          ...row,
          original: false,
          licence: 'CC0-1.0',
          demo: false,
          videos: 0,
          uses: 0,
          created_at: at,
        })
        .onConflict((c) => c.doNothing())
        .execute();
    },
    one: (id: SoundId) => db.selectFrom('sounds').selectAll().where('id', '=', id).executeTakeFirst(),
    /** False when it was withdrawn or ended meanwhile. */
    async keep(id: SoundId, heard: Heard, at: Date): Promise<boolean> {
      return db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('sounds')
          .select(['no', 'videos', 'original', 'withdrawn_at'])
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (!row || row.withdrawn_at || (row.original && row.videos <= 0)) return false;
        await trx
          .updateTable('sounds')
          .set({
            duration_ms: heard.durationMs,
            tempo: heard.tempo,
            beats_ms: heard.beatsMs,
            peaks: Buffer.from(heard.peaks, 'base64'),
            heard_at: at,
          })
          .where('id', '=', id)
          .execute();
        await sql`
          insert into sound_landmarks (hash, sound_no, at)
          select hash, ${row.no}, at from unnest(${heard.landmarks.hashes}::int[], ${heard.landmarks.at}::int[]) as heard(hash, at)
          on conflict do nothing`.execute(trx);
        return true;
      });
    },
    /**
     * Sounds that were there before (null: that are there) and share most landmarks at one offset. A hash that very many
     * sounds have tells nothing and would cost most: of each at most 200 places are looked at.
     */
    async resembling(id: SoundId | null, { landmarks }: Heard): Promise<Resembled[]> {
      const before = id === null ? sql`` : sql`and sound_no < (select no from sounds where id = ${id})`;
      const { rows } = await sql<Resembled>`
        with heard as (select * from unnest(${landmarks.hashes}::int[], ${landmarks.at}::int[]) as h(hash, at)),
        votes as (
          select l.sound_no, l.at - heard.at as shift, count(*)::int as votes
          from heard cross join lateral (
            select sound_no, at from sound_landmarks
            where hash = heard.hash ${before} limit 200
          ) l
          group by 1, 2
        ), best as (
          select v.sound_no, max(v.votes + coalesce(w.votes, 0)) as shared
          from votes v left join votes w on w.sound_no = v.sound_no and w.shift = v.shift + 1
          group by 1
        )
        select s.id, best.shared from best join sounds s on s.no = best.sound_no
        order by best.shared desc, s.no limit 12`.execute(db);
      return rows;
    },
    /** The video that brought it; null when it is gone or has another sound by now. */
    async videoOf(id: SoundId): Promise<VideoId | null> {
      const row = await db
        .selectFrom('sound_uses')
        .select('video_id')
        .where('sound_id', '=', id)
        .where('gone', '=', false)
        .limit(1)
        .executeTakeFirst();
      return row?.video_id ?? null;
    },
    async noteResembled(id: SoundId, known: SoundId): Promise<void> {
      await db.updateTable('sounds').set({ resembles: known }).where('id', '=', id).execute();
    },
    async forgetLandmarks(no: number): Promise<void> {
      await db.deleteFrom('sound_landmarks').where('sound_no', '=', no).execute();
    },
    /** Videos with this sound, in pages by id. */
    async usesAfter(id: SoundId, after: string, limit: number): Promise<VideoId[]> {
      const rows = await db
        .selectFrom('sound_uses')
        .select('video_id')
        .where('sound_id', '=', id)
        .where('gone', '=', false)
        .where('video_id', '>', after as VideoId)
        .orderBy('video_id')
        .limit(limit)
        .execute();
      return rows.map((row) => row.video_id);
    },
  };
}
