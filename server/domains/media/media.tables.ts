import type { ColumnType, Selectable } from 'kysely';
import type { RefusalCode } from '../../../contract/errors.ts';
import type { AccountId, AssetId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { MediaFacts, UploadState } from '../../../contract/uploads.ts';
import type { Rendition } from '../../platform/media-engine/engine.types.ts';

export type MediaTables = {
  uploads: {
    id: UploadId;
    owner_id: AccountId;
    state: UploadState;
    file_name: string | null;
    file_type: string | null;
    bytes_total: number;
    bytes_received: ColumnType<number, number | undefined, number>;
    progress: ColumnType<number, number | undefined, number>;
    sha256: string | null;
    facts: ColumnType<MediaFacts | null, string | null, string | null>;
    findings: ColumnType<Findings | null, string | null | undefined, string | null>;
    refusal_code: RefusalCode | null;
    refusal_details: ColumnType<Record<string, unknown> | null, string | null, string | null>;
    asset_id: AssetId | null;
    video_id: VideoId | null;
    import_key: string | null;
    sound_due: ColumnType<string | null, string | null | undefined, string | null>;
    going_at: Date | null;
    created_at: Date;
    changed_at: Date;
  };
  assets: {
    id: AssetId;
    upload_id: UploadId;
    owner_id: AccountId;
    address: string | null;
    sha256: string;
    duration_ms: number;
    width: number;
    height: number;
    has_sound: boolean;
    thumbhash: string | null;
    storyboard_count: ColumnType<number, number | undefined, number>;
    cover_at_ms: number | null;
    improved_at: Date | null;
    silenced_at: Date | null;
    sound_no: ColumnType<number, number | undefined, number>;
    created_at: Date;
  };
  asset_files: {
    asset_id: AssetId;
    name: string;
    kind: FileKind;
    bytes: number;
    tag: string;
    rendition: ColumnType<StoredRendition | null, string | null, string | null>;
  };
  asset_videos: {
    video_id: VideoId;
    asset_id: AssetId;
    views: ColumnType<number, number | undefined, number>;
    av1_ordered_at: Date | null;
  };
  tracks: { id: string; address: string | null; bytes: number; tag: string };
};

/** What the engine measured while it made stage A; shares of the duration, of the height or width for bars. */
export type Findings = {
  blackShare: number;
  stillShare: number;
  barShare: number;
  silentShare: number | null;
  integratedLufs: number | null;
};

/** The one file of a track. */
export const trackFile = 'sound.m4a';

export type FileKind = 'rendition' | 'poster' | 'preview' | 'storyboard' | 'hls' | 'sound';
/** What the engine said of an encoded file, without the path it had while it was made. */
export type StoredRendition = Omit<Rendition, 'path'>;

export type UploadRow = Selectable<MediaTables['uploads']>;
export type AssetRow = Selectable<MediaTables['assets']>;
export type FileRow = Selectable<MediaTables['asset_files']>;
