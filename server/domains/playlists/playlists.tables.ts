import type { ColumnType } from 'kysely';
import type { AccountId, PlaylistId, VideoId } from '../../../contract/ids.ts';

export type PlaylistTables = {
  playlists: {
    id: PlaylistId;
    owner_id: AccountId;
    key: string;
    title: string;
    created_at: Date;
    deleted_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  playlist_videos: { playlist_id: PlaylistId; video_id: VideoId; position: number };
  pins: { account_id: AccountId; video_id: VideoId; pinned_at: Date };
};
