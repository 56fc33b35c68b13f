import type { ColumnType, Generated, Selectable } from 'kysely';
import type { AccountId, AssetId, SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { Audience, CaptionEntity, Cue, VideoChange, VideoStatus } from '../../../contract/videos.ts';

type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;

export type PostsTables = {
  videos: {
    id: VideoId;
    author_id: AccountId;
    upload_id: UploadId;
    asset_id: AssetId | null;
    status: VideoStatus;
    refusal_code: string | null;
    refusal_details: JsonOrNull<Record<string, unknown>>;
    caption: string;
    entities: Json<CaptionEntity[]>;
    tags: string[];
    language: string | null;
    language_given: boolean;
    topics: string[];
    audience: Audience;
    comments_allowed: boolean;
    advertising: boolean;
    ai_made: boolean;
    demo: boolean;
    cues: JsonOrNull<Cue[]>;
    sound_id: SoundId | null;
    owns_sound: ColumnType<boolean, boolean | undefined, boolean>;
    sound_title: string | null;
    duration_ms: number | null;
    edited: ColumnType<boolean, boolean | undefined, boolean>;
    renew_address: ColumnType<boolean, boolean | undefined, boolean>;
    created_at: Date;
    published_at: Date | null;
    deleted_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  video_edits: { id: Generated<number>; video_id: VideoId; at: Date; before: Json<VideoChange> };
  video_tags: { tag: string; published_at: Date; video_id: VideoId };
  tag_counts: { tag: string; key: string; videos: number };
  video_mentions: { video_id: VideoId; account_id: AccountId };
};
export type VideoRow = Selectable<PostsTables['videos']>;
