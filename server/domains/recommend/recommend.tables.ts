import type { ColumnType, Generated } from 'kysely';

export type RecommendTables = {
  recommend_snapshots: {
    id: Generated<number>;
    library: string;
    last_seq: number;
    taken_at: ColumnType<Date, Date, never>;
    parts: number;
  };
  recommend_snapshot_parts: { snapshot_id: number; part: number; bytes: Buffer };
};
