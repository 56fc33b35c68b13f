import { LRUCache } from 'lru-cache';
import type { UploadId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Log } from '../../platform/log.ts';
import type { UploadsStore } from './uploads.store.ts';

/**
 * What followers of an upload hear: at most four notes a second while it moves, and "look again" at each change of
 * state. Notes may be lost; the row is the truth and is written once a second. Real time on purpose: it spares work.
 */
export type Progress = {
  note(id: UploadId, note: ProgressNote): void;
  changed(id: UploadId): Promise<void>;
};
export type ProgressNote = { progress?: number; bytesReceived?: number };

export const topicOf = (id: UploadId) => `upload:${id}`;

export function createProgress(deps: { bus: Bus; store: UploadsStore; log: Log; now(): Date }): Progress {
  const noted = new LRUCache<UploadId, { busAt: number; rowAt: number }>({ max: 2000 });
  const lost = (error: unknown) => deps.log.debug({ err: error }, 'a progress note was lost');
  return {
    note(id, note) {
      const at = performance.now();
      const last = noted.get(id) ?? { busAt: -1000, rowAt: at };
      if (at - last.busAt >= 250) {
        last.busAt = at;
        deps.bus.publish(topicOf(id), note).catch(lost);
      }
      if (at - last.rowAt >= 1000) {
        last.rowAt = at;
        const { progress, bytesReceived } = note;
        if (progress !== undefined) deps.store.noteProgress(id, progress, deps.now()).catch(lost);
        if (bytesReceived !== undefined) deps.store.noteReceived(id, bytesReceived, deps.now()).catch(lost);
      }
      noted.set(id, last);
    },
    async changed(id) {
      noted.delete(id);
      await deps.bus.publish(topicOf(id), {});
    },
  };
}
