import type { ColumnType } from 'kysely';
import type { AccountId, CommentId, VideoId } from '../../../contract/ids.ts';
import type { CaptionEntity } from '../../../contract/videos.ts';

export type CommentTables = {
  comments: {
    id: CommentId;
    video_id: VideoId;
    author_id: AccountId;
    key: string;
    parent_id: CommentId | null;
    body: string;
    entities: ColumnType<CaptionEntity[], string, string>;
    tags: string[];
    replies: ColumnType<number, number | undefined, number>;
    created_at: Date;
    deleted_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  comment_counts: { video_id: VideoId; comments: number };
  comments_closed: { video_id: VideoId; closed_at: Date };
};
