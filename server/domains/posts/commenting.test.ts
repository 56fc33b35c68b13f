import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../testing/database.ts';

const folder = join(import.meta.dirname, '..', '..', 'migrations');
const moving = readdirSync(folder).find((name) => name.endsWith('-posts-comments-from.sql'))!;

test('a yes or no of before becomes everyone or no one, in the wordings that were kept too', async () => {
  const database = await freshDatabase();
  const { pool } = database;
  try {
    // As it was before: the same tables without what the migration adds.
    await pool.query('alter table videos drop column comments_from; drop table commenting_defaults');
    await pool.query(`
      insert into videos (id, author_id, upload_id, status, caption, entities, tags, language_given, topics, audience,
        comments_allowed, advertising, ai_made, demo, created_at)
      select id, 'author', 'upload-' || id, 'published', '', '[]', '{}', false, '{}', 'everyone', allowed, false, false,
        false, now() from (values ('open', true), ('shut', false)) as v(id, allowed)`);
    await pool.query(`
      insert into video_edits (video_id, at, before) values
        ('open', now(), '{"commentsAllowed": false, "caption": "a"}'), ('shut', now(), '{"commentsAllowed": true}'),
        ('shut', now(), '{"caption": "b"}')`);
    await pool.query(readFileSync(join(folder, moving), 'utf8'));
    const { rows: videos } = await pool.query('select id, comments_from from videos order by id');
    expect(videos).toEqual([
      { id: 'open', comments_from: 'everyone' },
      { id: 'shut', comments_from: 'nobody' },
    ]);
    const { rows: edits } = await pool.query('select before from video_edits order by id');
    expect(edits.map((row) => row.before)).toEqual([
      { caption: 'a', commentsFrom: 'nobody' },
      { commentsFrom: 'everyone' },
      { caption: 'b' },
    ]);
  } finally {
    await database.close();
  }
});
