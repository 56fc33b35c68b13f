import type { EditList } from '../../../../contract/edit-list.ts';

/**
 * Which drafts of this device are kept on which account, and what of them was there when this device looked last. In a
 * database of its own: the drafts themselves do not know of accounts.
 */
export type Copy = {
  accountId: string;
  draftId: string;
  /** What this device saw last; 0: nothing yet. */
  revision: number;
  /** The list of that revision; null before the first. */
  list: EditList | null;
  /** Sent, and no answer came: it may be there, and is sent again before anything newer. */
  tried: EditList | null;
  /** All bytes that it needs were there. */
  whole: boolean;
  /** Its bytes are sent over a line that costs money, too. */
  asked: boolean;
  /** Takes are on their way here; there is no draft of it on this device yet. */
  coming: boolean;
};

let opened: Promise<IDBDatabase> | null = null;
function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, lost) => {
    const request = indexedDB.open('kinora-drafts', 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore('copies', { keyPath: ['accountId', 'draftId'] });
    request.onsuccess = () => done(request.result);
    request.onerror = () => lost(request.error);
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

async function within<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const transaction = (await database()).transaction('copies', mode, { durability: 'strict' });
  const request = work(transaction.objectStore('copies'));
  return new Promise((done, lost) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => lost(transaction.error);
  });
}

const listeners = new Set<() => void>();
const changed = <Result>(result: Result): Result => {
  for (const listener of [...listeners]) listener();
  return result;
};

export const copies = {
  of: async (accountId: string): Promise<Copy[]> => {
    const range = IDBKeyRange.bound([accountId], [accountId, []]);
    return (await within('readonly', (store) => store.getAll(range))) as Copy[];
  },
  one: async (accountId: string, draftId: string): Promise<Copy | undefined> =>
    (await within('readonly', (store) => store.get([accountId, draftId]))) as Copy | undefined,
  put: async (copy: Copy) => changed(await within('readwrite', (store) => store.put(copy))),
  remove: async (accountId: string, draftId: string) =>
    changed(await within('readwrite', (store) => store.delete([accountId, draftId]) as IDBRequest)),
  /** Whatever is written by this tab. */
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

export const newCopy = (accountId: string, draftId: string): Copy => ({
  ...{ accountId, draftId, revision: 0, list: null, tried: null, whole: false, asked: false, coming: false },
});
