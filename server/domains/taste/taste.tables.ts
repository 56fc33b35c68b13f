import type { LeaningKind } from '../../../contract/taste.ts';

export type TasteTables = {
  taste_settings: {
    viewer_id: string;
    profiling: boolean | null;
    learning: boolean | null;
    hide_ai_made: boolean | null;
    muted_words: string[];
    muted_tags: string[];
  };
  taste_leanings: { viewer_id: string; kind: LeaningKind; key: string; level: number; said_at: Date };
};
