import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Acknowledged } from './kill.clients.ts';

/**
 * What is true after the kills, read past the server: rows through the socket of its Postgres, files from its home.
 * Each question gives the sentences that must not be said; an empty list is a house in order.
 */
export async function openRows(home: string) {
  const socket = encodeURIComponent(join(home, 'postgres', 'socket'));
  const client = new pg.Client({ connectionString: `postgresql://kinora@localhost/kinora?host=${socket}` });
  await client.connect();
  return {
    async all<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
      return (await client.query(text, values)).rows as Row[];
    },
    close: () => client.end(),
  };
}
export type Rows = Awaited<ReturnType<typeof openRows>>;

export const jobsDue = async (rows: Rows) =>
  (await rows.all('select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts'))
    .length;

/** Acknowledged things are there, once. */
export async function auditRows(rows: Rows, known: Acknowledged): Promise<string[]> {
  const found: string[] = [];
  const none = async (what: string, text: string, values: unknown[] = []) => {
    const wrong = await rows.all(text, values);
    if (wrong.length > 0) found.push(`${what}: ${wrong.length}, like ${JSON.stringify(wrong[0])}`);
  };
  const uploads = [...known.uploads];
  const ids = uploads.map(([id]) => id);
  await none(
    'uploads that were begun and are gone',
    'select id from unnest($1::text[]) id where id not in (select id from uploads)',
    [ids],
  );
  await none(
    'uploads that are not ready',
    `select id, state from uploads where id = any($1) and state <> 'ready'`,
    [ids],
  );
  await none(
    'uploads nobody knows that are more than begun',
    `select id, state from uploads where id <> all($1)
    and state <> 'receiving' and import_key is null`,
    [ids],
  );
  const videos = uploads.flatMap(([id, { videoId }]) => (videoId ? [{ id, videoId }] : []));
  await none(
    'videos that were answered with 201 and are not published',
    `select v.id from unnest($1::text[], $2::text[]) v(id, upload_id) where not exists
       (select 1 from videos where id = v.id and upload_id = v.upload_id and status = 'published')`,
    [videos.map((one) => one.videoId), videos.map((one) => one.id)],
  );
  await none('videos nobody was told of', 'select id from videos where id <> all($1)', [
    videos.map((one) => one.videoId),
  ]);
  await none('uploads with two videos', 'select upload_id from videos group by 1 having count(*) > 1');
  await none('captions published twice', 'select caption from videos group by 1 having count(*) > 1');
  await none(
    'hashtags of a video listed twice',
    'select video_id from video_tags group by tag, video_id having count(*) > 1',
  );
  // One that was recognised as another's keeps its row with no use left.
  await none(
    'sounds whose uses do not add up',
    `select s.id from sounds s where s.videos <>
       (select count(*) from sound_uses u where u.sound_id = s.id and not u.gone)`,
  );
  await none(
    'videos whose sound nobody knows',
    `select id from videos where sound_id is not null and status = 'published' and sound_id not in (select id from sounds)`,
  );
  await none(
    'assets that are not whole',
    `select id from assets where improved_at is null or address is null or not exists
       (select 1 from asset_files f where f.asset_id = id and f.kind = 'poster')`,
  );
  await none(
    'signals that were acknowledged and are gone',
    'select id from unnest($1::uuid[]) id where id not in (select id from signals)',
    [[...known.signals]],
  );
  await none('signals kept twice', 'select id from signals group by 1 having count(*) > 1');
  await none('signals nobody sent', 'select id from signals where id <> all($1::uuid[])', [
    [...known.signals],
  ]);
  await none(
    'views that do not add up with the log',
    `select video_id from (select video_id, count(*) filter (where counts_view) as views from signals group by 1) s
       full join view_counts c using (video_id) where coalesce(s.views, 0) <> coalesce(c.views, 0)`,
  );
  await none(
    'views of a day that do not add up',
    `select 1 where (select coalesce(sum(views), 0) from view_days) <> (select count(*) from signals where counts_view)`,
  );
  await none(
    'likes that do not add up',
    `select video_id from (select video_id, count(*) as likes from likes group by 1) l
       full join like_counts c using (video_id) where coalesce(l.likes, 0) <> coalesce(c.likes, 0)`,
  );
  await none(
    'followers that do not add up',
    `select account_id from (select followed_id as account_id, count(*) as followers from follows group by 1) f
       full join follow_counts c using (account_id) where coalesce(f.followers, 0) <> coalesce(c.followers, 0)`,
  );
  await none(
    'jobs that fail',
    'select task_identifier, last_error from graphile_worker.jobs where last_error is not null',
  );
  return found;
}

/** Files without a row, rows without their file, work that was left lying about. */
export async function auditFiles(home: string, rows: Rows): Promise<string[]> {
  const storage = join(home, 'storage');
  const list = async (folder: string) => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  };
  const uploads = new Map(
    (await rows.all<{ id: string; bytes: number }>('select id, bytes_total::int as bytes from uploads')).map(
      (one) => [join(storage, 'uploads', one.id), one.bytes],
    ),
  );
  const assets = new Map(
    (
      await rows.all<{ key: string; bytes: number }>(
        `select 'assets/' || asset_id || '/' || name as key, bytes::int as bytes from asset_files
         union all select 'tracks/' || id || '/sound.m4a', bytes::int from tracks where address is not null`,
      )
    ).map((one) => [join(storage, one.key), one.bytes]),
  );
  const found: string[] = [];
  const files = new Set(await list(storage));
  // What a kill left half written is told from what another server is writing by its age, a day.
  const unfinished = join(storage, '.part/');
  for (const path of files)
    if (!path.startsWith(unfinished) && !uploads.has(path) && !assets.has(path))
      found.push(`a file without a row: ${path.slice(home.length)}`);
  for (const [path, bytes] of assets)
    if (!files.has(path) || (await stat(path)).size !== bytes)
      found.push(`a row without its file: ${path.slice(home.length)}`);
  const begun = new Set(
    (await rows.all<{ id: string }>(`select id from uploads where state = 'receiving'`)).map((one) => one.id),
  );
  for (const [path, bytes] of uploads) {
    if (begun.has(path.split('/').at(-1)!)) continue;
    if (!files.has(path) || (await stat(path)).size !== bytes)
      found.push(`an upload whose bytes are not all there: ${path.slice(home.length)}`);
  }
  for (const path of await list(join(home, 'scratch')))
    found.push(`left in scratch: ${path.slice(home.length)}`);
  return found;
}
