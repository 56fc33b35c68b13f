import type { Kysely } from 'kysely';
import type { VideoId, ViewerId } from '../../../contract/ids.ts';
import { type Executor, sql } from '../../platform/database.ts';
import type { FeedTables } from './feed.tables.ts';
import type { Choice } from './pages.store.ts';

/** What whoever counts needs of a page. */
export type CountedPage = {
  pageId: string;
  viewerId: ViewerId;
  servedAtMs: number;
  videoIds: VideoId[];
  choices: Choice[];
  variants: string[];
};

/** What whoever counts a signal needs of its page. */
export type SignalledPage = {
  viewerId: ViewerId;
  variants: string[];
  /** The watch head of each place, 0 … 99; null where it was not kept. */
  predicted: (number | null)[];
};

type Row = {
  page_id: string;
  viewer_id: ViewerId;
  served_at: Date;
  video_ids: VideoId[];
  choices: Choice[];
  variants: string[] | null;
};

/** Takes pages that nobody has counted, in the caller's transaction: once that commits they are not given again. */
export async function takeUncounted(executor: Executor, limit: number): Promise<CountedPage[]> {
  const { rows } = await sql<Row>`
    with taken as (
      delete from feed_pages_uncounted
      where ctid = any(array(select ctid from feed_pages_uncounted limit ${limit}))
      returning session_id, page
    )
    select p.page_id, p.viewer_id, p.served_at, p.video_ids, p.choices, p.variants
    from taken join feed_pages p on p.session_id = taken.session_id and p.page = taken.page`.execute(
    executor,
  );
  return rows.map(pageOf);
}

/** Pages that were dropped since are absent. */
export async function readPagesById(
  db: Kysely<FeedTables>,
  pageIds: readonly string[],
): Promise<Map<string, SignalledPage>> {
  if (pageIds.length === 0) return new Map();
  const { rows } = await sql<
    Pick<Row, 'page_id' | 'viewer_id' | 'variants'> & { predicted: (number | null)[] }
  >`
    select page_id, viewer_id, variants,
           (select json_agg(choice->'predicted' order by place)
            from jsonb_array_elements(choices) with ordinality as chosen(choice, place)) as predicted
    from feed_pages where page_id = any(${[...pageIds]}::text[])`.execute(db);
  return new Map(
    rows.map((row) => [
      row.page_id,
      { viewerId: row.viewer_id, variants: row.variants ?? [], predicted: row.predicted },
    ]),
  );
}

function pageOf(row: Row): CountedPage {
  return {
    pageId: row.page_id,
    viewerId: row.viewer_id,
    servedAtMs: row.served_at.getTime(),
    videoIds: row.video_ids,
    choices: row.choices,
    variants: row.variants ?? [],
  };
}
