import type { ColumnType } from 'kysely';
import type { MaterialFacts } from '../../../contract/drafts.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { AccountId, DraftId, TakeId } from '../../../contract/ids.ts';

type Json<Value> = ColumnType<Value, string, string>;

export type DraftTables = {
  drafts: {
    account_id: AccountId;
    id: DraftId;
    revision: number;
    list: Json<EditList>;
    needs: string[];
    duration_ms: number;
    clips: number;
    device: string | null;
    made_at: Date;
    changed_at: Date;
  };
  draft_materials: {
    folder: string;
    account_id: AccountId;
    draft_id: DraftId;
    take_id: TakeId;
    facts: Json<MaterialFacts>;
    mime: string;
    bytes: number;
    parts: string[];
    here: number[];
    bytes_here: number;
    announced_at: Date;
  };
};
