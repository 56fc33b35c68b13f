import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';

export type SoundsTables = {
  sounds: {
    id: SoundId;
    owner_id: AccountId;
    title: string | null;
    demo: boolean;
    videos: number;
    uses: number;
    created_at: Date;
  };
  sound_uses: { video_id: VideoId; sound_id: SoundId; in_public: boolean; gone: boolean };
};
