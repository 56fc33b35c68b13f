import type { ColumnType } from 'kysely';
import type { VideoId } from '../../../contract/ids.ts';
import type { Choice } from './pages.store.ts';

export type FeedTables = {
  feed_pages: {
    session_id: string;
    page: number;
    page_id: string;
    viewer_id: string;
    served_at: ColumnType<Date, Date, never>;
    model: string;
    video_ids: VideoId[];
    choices: ColumnType<Choice[], string, never>;
    variants: string[] | null;
  };
  feed_pages_uncounted: { session_id: string; page: number };
};
