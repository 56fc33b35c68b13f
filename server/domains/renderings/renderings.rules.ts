import type { UploadId } from '../../../contract/ids.ts';
import type { DraftRendering } from '../../../contract/rendering.ts';
import type { RenderFault } from '../../platform/rendering/rendering.types.ts';
import type { RenderingRow } from './renderings.tables.ts';

/** Pure: what a row says to its owner, and what becomes of an attempt that failed. */

export const noRendering = (draftId: DraftRendering['draftId']): DraftRendering => ({
  ...{ draftId, state: 'none', revision: 0, progress: 0, ahead: 0, uploadId: null, fault: null },
});

/** `unused`: uploads that are there and are no video yet. What was published or thrown away is no news any more. */
export function presentRendering(
  row: RenderingRow,
  { ahead, unused }: { ahead: number; unused: ReadonlySet<UploadId> },
): DraftRendering {
  if (row.state === 'ready' && !unused.has(row.upload_id)) return noRendering(row.draft_id);
  return {
    draftId: row.draft_id,
    state: row.state,
    revision: row.revision,
    progress: row.progress,
    ahead: row.state === 'waiting' ? ahead : 0,
    uploadId: row.state === 'ready' ? row.upload_id : null,
    fault: row.fault,
  };
}

/** What may go well another time; the rest comes to the same end. */
export const isWorthAnother = ({ code }: RenderFault): boolean =>
  ['timed_out', 'out_of_memory', 'crashed'].includes(code);

export const faultCode = ({ code }: RenderFault): NonNullable<DraftRendering['fault']> =>
  code === 'unavailable' ? 'rendering_off' : code;
