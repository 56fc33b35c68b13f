import type { ColumnType } from 'kysely';
import type { Experiment, Variant } from '../../../contract/experiments.ts';

type Time = ColumnType<Date, Date, Date>;
type TimeOrNull = ColumnType<Date | null, Date | null, Date | null>;

export type ExperimentTables = {
  experiments: {
    key: string;
    question: string;
    state: Experiment['state'];
    variants: ColumnType<Variant[], string, never>;
    created_at: Time;
    created_by: string;
    started_at: TimeOrNull;
    started_by: string | null;
    stopped_at: TimeOrNull;
    stopped_by: string | null;
  };
};
