import type { ColumnType, Generated } from 'kysely';
import type { AccountId, AssetId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { SoundLicence, SoundMood, WithdrawalReason } from '../../../contract/sounds.ts';

export type SoundsTables = {
  sounds: {
    id: SoundId;
    owner_id: AccountId | null;
    original: Generated<boolean>;
    title: string | null;
    artist: string | null;
    mood: SoundMood | null;
    licence: Generated<SoundLicence>;
    markets: string[] | null;
    markets_by_desk: ColumnType<boolean, boolean | undefined, boolean>;
    duration_ms: Generated<number>;
    tempo: number | null;
    beats_ms: Generated<number[]>;
    peaks: Generated<Buffer>;
    terms: Generated<string[]>;
    trend: Generated<number>;
    /** Written by Postgres. */
    no: ColumnType<number, never, never>;
    asset_id: AssetId | null;
    heard_at: Date | null;
    resembles: SoundId | null;
    withdrawn_at: Date | null;
    withdrawn_reason: WithdrawalReason | null;
    /** Written by Postgres. */
    listed: ColumnType<boolean, never, never>;
    demo: boolean;
    videos: number;
    uses: number;
    created_at: Date;
  };
  sound_uses: { video_id: VideoId; sound_id: SoundId; in_public: boolean; gone: boolean };
  sound_favourites: { account_id: AccountId; sound_id: SoundId; marked_at: Date };
  sound_users: { sound_id: SoundId; account_id: AccountId };
  sound_landmarks: { hash: number; sound_no: number; at: number };
  heard_uploads: { asset_id: AssetId; known: SoundId | null; done: boolean; changed_at: Date };
  sound_days: { sound_id: SoundId; day: string; people: number };
};
