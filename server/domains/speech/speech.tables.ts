import type { ColumnType, Selectable } from 'kysely';
import type { AssetId, UploadId } from '../../../contract/ids.ts';
import type { Cue } from '../../../contract/videos.ts';

export type SpeechTables = {
  heard_speech: {
    asset_id: AssetId;
    upload_id: UploadId;
    state: 'waiting' | 'hearing' | 'done' | 'failed';
    progress: number;
    cues: ColumnType<Cue[] | null, string | null, string | null>;
    changed_at: Date;
  };
};
export type SpeechRow = Selectable<SpeechTables['heard_speech']>;
