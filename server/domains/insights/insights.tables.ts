import type { ColumnType } from 'kysely';
import type { Crowds, Sums } from './rollup.rules.ts';

/** Days travel as text (2026-01-31): a Date would be shifted by the time zone of the process. */
type Day = ColumnType<Date, string, string>;
type Json<T> = ColumnType<T, string, string>;

export type InsightTables = {
  insight_cursor: {
    one: ColumnType<boolean, boolean | undefined, never>;
    seq: number;
    counted_at: ColumnType<Date | null, Date | null, Date | null>;
  };
  insight_days: {
    subject: string;
    day: Day;
    author_id: string;
    views: number;
    sums: Json<Sums>;
    hours: ColumnType<Sums | null, string | null, string | null>;
    crowds: Json<Crowds>;
    viewers: Buffer;
  };
  insight_followers: { account_id: string; day: Day; before: number; followers: number };
};
