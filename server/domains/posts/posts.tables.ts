import type { ColumnType, Generated, Selectable } from 'kysely';
import type { CreditKind } from '../../../contract/credits.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { AccountId, AssetId, SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import type {
  Audience,
  CaptionEntity,
  CommentsFrom,
  Cue,
  VideoChange,
  VideoStatus,
} from '../../../contract/videos.ts';

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
    /** What an earlier release reads instead of the next one. */
    comments_allowed: boolean;
    comments_from: ColumnType<CommentsFrom, CommentsFrom | undefined, CommentsFrom>;
    advertising: boolean;
    ai_made: boolean;
    demo: boolean;
    cues: JsonOrNull<Cue[]>;
    cues_language: string | null;
    caption_languages: string[];
    picture_texts: ColumnType<string[], string[] | undefined, string[]>;
    sound_id: SoundId | null;
    owns_sound: ColumnType<boolean, boolean | undefined, boolean>;
    sound_title: string | null;
    duration_ms: number | null;
    edited: ColumnType<boolean, boolean | undefined, boolean>;
    renew_address: ColumnType<boolean, boolean | undefined, boolean>;
    allow_duet: ColumnType<boolean, boolean | undefined, boolean>;
    allow_stitch: ColumnType<boolean, boolean | undefined, boolean>;
    allow_template: ColumnType<boolean, boolean | undefined, boolean>;
    allow_download: ColumnType<boolean, boolean | undefined, boolean>;
    credit_kind: CreditKind | null;
    origin_id: VideoId | null;
    root_id: VideoId | null;
    credit_depth: ColumnType<number, number | undefined, number>;
    pictures: ColumnType<VideoId[], VideoId[] | undefined, VideoId[]>;
    frame_cells: number | null;
    frame_cell: number | null;
    template_id: VideoId | null;
    took_back: ColumnType<boolean, boolean | undefined, boolean>;
    taken_back: ColumnType<boolean, boolean | undefined, boolean>;
    created_at: Date;
    published_at: Date | null;
    publish_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    deleted_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  video_edits: { id: Generated<number>; video_id: VideoId; at: Date; before: Json<VideoChange> };
  video_tags: { tag: string; published_at: Date; video_id: VideoId; topics: string[] };
  tag_counts: { tag: string; key: string; videos: number };
  video_captions: { video_id: VideoId; language: string; cues: Json<Cue[]>; changed_at: Date };
  tag_topics: { tag: string; topic: string; videos: number };
  video_mentions: { video_id: VideoId; account_id: AccountId };
  video_pictures: { picture_id: VideoId; video_id: VideoId };
  video_makings: { video_id: VideoId; makings: number };
  video_templates: { video_id: VideoId; list: Json<EditList> };
  commenting_defaults: { account_id: AccountId; comments_from: CommentsFrom };
  making_defaults: {
    account_id: AccountId;
    duet: boolean;
    stitch: boolean;
    template: boolean;
    download: boolean;
  };
};
export type VideoRow = Selectable<PostsTables['videos']>;
