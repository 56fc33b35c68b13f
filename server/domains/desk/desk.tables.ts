import type { ColumnType } from 'kysely';
import type { Sums } from './tally.rules.ts';

type Time = ColumnType<Date, Date, Date>;

export type DeskTables = {
  health_cursor: {
    one: ColumnType<boolean, boolean | undefined, never>;
    seq: number;
    counted_at: ColumnType<Date | null, Date | null, Date | null>;
  };
  health_hours: {
    hour: Time;
    slice: string;
    sums: ColumnType<Sums, string, string>;
    videos: Buffer;
    creators: Buffer;
  };
  health_creators: { author_id: string; views: number };
  health_viewers: { viewer_id: string; creators: Buffer };
  experiment_viewers: {
    experiment: string;
    variant: string;
    viewer_id: string;
    served: number;
    seen: number;
    watched_ms: number;
    value: number;
    skips: number;
    likes: number;
    shares: number;
    follows: number;
    hides: number;
  };
};
