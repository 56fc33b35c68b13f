import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { Audience, Cue, VideoStatus } from '../../../contract/videos.ts';
import type { Database } from '../../platform/database.ts';

/**
 * For tests and benches: people, videos and their media as rows, many at once and without a file. What a room would
 * do on the way (reading media, news) does not happen: start the house afterwards, and it finds them.
 */
export type WrittenVideo = {
  id: VideoId;
  authorId: AccountId;
  tags: string[];
  caption: string;
  audience: Audience;
  status: VideoStatus;
  durationMs: number;
  publishedAtMs: number;
  aiMade?: boolean;
  cues?: Cue[];
  soundId?: SoundId;
  topics?: string[];
  pictureTexts?: string[];
};

export async function writePeople(database: Database, ids: readonly AccountId[]): Promise<void> {
  await database.pool.query(
    `insert into people (account_id, viewer_id, handle, skeleton, display_name, created_at)
     select id, 'viewer-' || id, 'h.' || lower(id), 'h.' || lower(id), 'Person ' || id, now() from unnest($1::text[]) as id`,
    [ids],
  );
}

export async function writeVideos(database: Database, videos: readonly WrittenVideo[]): Promise<void> {
  const text = JSON.stringify(
    videos.map((one) => ({ ...one, at: new Date(one.publishedAtMs).toISOString() })),
  );
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query(`create temporary table written on commit drop as
      select * from jsonb_to_recordset('[]') as v(id text, "authorId" text, tags text[], caption text, audience text,
        status text, "durationMs" int, at timestamptz, "aiMade" bool, cues jsonb, "soundId" text, topics text[],
        "pictureTexts" text[])`);
    await client.query(
      `insert into written select * from jsonb_to_recordset($1::jsonb) as v(id text, "authorId" text, tags text[],
        caption text, audience text, status text, "durationMs" int, at timestamptz, "aiMade" bool, cues jsonb, "soundId" text,
        topics text[], "pictureTexts" text[])`,
      [text],
    );
    await client.query(`
      insert into videos (id, author_id, upload_id, asset_id, status, caption, entities, tags, language, language_given,
        topics, audience, comments_allowed, advertising, ai_made, demo, cues, sound_id, duration_ms, created_at, published_at,
        picture_texts)
      select id, "authorId", 'upload-' || id, case when status = 'published' then 'asset-' || id end, status, caption, '[]', tags, 'en', false, coalesce(topics, '{}'), audience, true,
        false, coalesce("aiMade", false), false, cues, "soundId", "durationMs", at, case when status = 'published' then at end,
        coalesce("pictureTexts", '{}') from written`);
    await client.query(`
      insert into video_tags (tag, published_at, video_id)
      select tag, at, id from written, unnest(tags) as tag where status = 'published' and audience = 'everyone'`);
    await client.query(`
      insert into sounds (id, owner_id, title, demo, videos, uses, created_at)
      select "soundId", min("authorId"), 'sound ' || "soundId", false, count(*), count(*), min(at) from written
      where "soundId" is not null group by "soundId" on conflict do nothing`);
    await client.query(`
      insert into assets (id, upload_id, owner_id, address, sha256, duration_ms, width, height, has_sound, created_at)
      select 'asset-' || id, 'upload-' || id, "authorId", 'address-' || id, '', "durationMs", 540, 960, true, at from written`);
    await client.query(`
      insert into asset_files (asset_id, name, kind, bytes, tag, rendition)
      select 'asset-' || id, file.name, file.kind, 500000, 'tag', file.rendition from written, (values
        ('poster.webp', 'poster', null::jsonb), ('preview.jpg', 'preview', null),
        ('540.mp4', 'rendition', '{"rung":540,"codec":"h264","width":540,"height":960}'),
        ('720.mp4', 'rendition', '{"rung":720,"codec":"h264","width":720,"height":1280}')
      ) as file(name, kind, rendition)`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
