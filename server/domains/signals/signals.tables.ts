import type { ColumnType } from 'kysely';
import type { SignalKind } from '../../../contract/signals.ts';
import type { ImpressionSource } from './impressions.rules.ts';

/** Days travel as text (2026-01-31): a Date would be shifted by the time zone of the process. */
type Day = ColumnType<Date, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;

export type SignalTables = {
  signals: {
    served_on: Day;
    id: string;
    seq: number;
    kind: SignalKind;
    viewer_id: string;
    served_to: string;
    video_id: string;
    author_id: string;
    page_id: string;
    position: number;
    source: ImpressionSource;
    exploration: boolean;
    duration_ms: number;
    happened_at: Time;
    stored_at: Time;
    watched_ms: number;
    loops: number;
    added_ms: number;
    says_new: boolean;
    teaches: boolean;
    counts_view: boolean;
    counts_share: boolean;
    pauses: number | null;
    seeks: number | null;
    muted: boolean | null;
    first_frame_ms: number | null;
    stalled_ms: number | null;
    own: boolean;
    locale: string | null;
  };
  viewer_changes: {
    seq: number;
    viewer_id: string;
    into_viewer_id: string | null;
    changed_at: Time;
    keeps_seen: boolean;
  };
  view_counts: { video_id: string; views: number; shares: number };
  view_days: { day: Day; views: number };
};
