/**
 * Whether an upload is on its way on this device, for who must know at the first screen without loading what sends it.
 * The files that are kept to go on after the page was closed have a line each, in local storage.
 */
import { createStore } from './store.ts';

const key = 'kinora.uploads';
/** What is needed to go on: the bytes lie beside it under the upload's id (`surfaces/upload/kept-files.ts`). */
export type KeptLine = { uploadId: string; accountId: string; name: string; type: string; size: number };

export function keptLines(): KeptLine[] {
  try {
    const lines: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(lines) ? (lines as KeptLine[]) : [];
  } catch {
    return []; // Unreadable or forbidden: as if nothing were kept.
  }
}

/** False when this device keeps nothing. */
export function writeLines(lines: readonly KeptLine[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(lines));
    return true;
  } catch {
    return false;
  }
}

/** True from the first byte to the last, in this tab or left over from an earlier one. */
export const uploading = createStore(typeof localStorage !== 'undefined' && keptLines().length > 0);
