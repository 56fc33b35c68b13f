/**
 * Which drafts of the studio went out, and when: kept on this device, so that the list of drafts tells a finished one
 * from one that waits. A draft stays until its creator discards it. The hundred newest are known.
 */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const storageKey = 'kinora.published-drafts';
const most = 100;

function all(storage: Storage): [draftId: string, atMs: number][] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? (kept as [string, number][]) : [];
  } catch {
    return []; // Unreadable or forbidden: as if none had gone out.
  }
}

export function notePublished(draftId: string, atMs: number, storage: Storage = localStorage): void {
  const others = all(storage).filter(([id]) => id !== draftId);
  try {
    storage.setItem(storageKey, JSON.stringify([[draftId, atMs], ...others].slice(0, most)));
  } catch {
    // Full or forbidden: the draft is listed like any other.
  }
}

/** Milliseconds since 1970; null: not from this device, or long ago. */
export const publishedAtMs = (draftId: string, storage: Storage = localStorage): number | null =>
  all(storage).find(([id]) => id === draftId)?.[1] ?? null;
