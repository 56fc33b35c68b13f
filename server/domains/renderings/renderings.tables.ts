import type { Selectable } from 'kysely';
import type { AccountId, DraftId, UploadId } from '../../../contract/ids.ts';
import type { DraftRendering } from '../../../contract/rendering.ts';

export type RenderingTables = {
  renderings: {
    account_id: AccountId;
    draft_id: DraftId;
    revision: number;
    state: 'waiting' | 'making' | 'ready' | 'failed';
    progress: number;
    fault: NonNullable<DraftRendering['fault']> | null;
    upload_id: UploadId;
    wished_at: Date;
    changed_at: Date;
  };
};
export type RenderingRow = Selectable<RenderingTables['renderings']>;
