/**
 * Drawings of stickers on this device, beside the drafts: one that uses a sticker needs nobody else any more. A database
 * of its own, since they belong to no single draft; what a key stands for never changes.
 */
export type KeptSticker = { key: string; names: Record<string, string>; svg: string };

let opened: Promise<IDBDatabase> | null = null;
function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('kinora-stickers', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('stickers', { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = null; // The disk may have room the next time.
    throw error;
  });
  return opened;
}

async function ask<Answer>(
  mode: IDBTransactionMode,
  question: (store: IDBObjectStore) => IDBRequest<Answer>,
): Promise<Answer> {
  const transaction = (await database()).transaction('stickers', mode);
  const request = question(transaction.objectStore('stickers'));
  return new Promise((resolve, reject) => {
    // Only a transaction that is complete is on the disk.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
  });
}

export const keptSticker = async (key: string): Promise<KeptSticker | null> =>
  (await ask<KeptSticker | undefined>('readonly', (store) => store.get(key))) ?? null;

export const keepSticker = async (sticker: KeptSticker): Promise<void> => {
  await ask('readwrite', (store) => store.put(sticker));
};

/** Those that none of the lists names go: a key is looked for as text, so that lists of any version count. */
export async function sweepStickers(lists: readonly unknown[]): Promise<void> {
  const text = JSON.stringify(lists);
  const keys = await ask<IDBValidKey[]>('readonly', (store) => store.getAllKeys());
  for (const key of keys)
    if (!text.includes(`"${String(key)}"`)) await ask('readwrite', (store) => store.delete(key));
}
