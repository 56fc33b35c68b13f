/**
 * What the studio keeps on this device, in IndexedDB: drafts (edit lists) and a line for each take. The bytes of takes
 * lie in the private file system. Every change is on the disk before its promise resolves.
 */
import type { EditList } from '../../../contract/edit-list.ts';

export type KeptDraft = {
  id: string;
  list: EditList;
  madeAt: number;
  changedAt: number;
  template?: TemplateWish;
};
/** Whether others may fill it, and which clips are left out for them. */
export type TemplateWish = { wanted: boolean; without: readonly string[] };
/** `entered` once it was in the list of its draft: a take that was not is what something cut off, and comes back. */
export type KeptTake = {
  id: string;
  draftId: string;
  /**
   * `sound`: chosen to be heard; `voice`: spoken over the video; neither has a picture. `video`: a published video of
   * somebody, copied for this draft.
   */
  kind: 'take' | 'file' | 'sound' | 'voice' | 'video';
  /** How it was recorded: 2 means that two seconds of it are one of the result. */
  speed: number;
  madeAt: number;
  entered: boolean;
  /** What its file was called, or the sound in the library. */
  name?: string;
  /**
   * Of a take filmed to a sound or beside a video: how much of it lies before the moment it belongs to. Of a voice:
   * before its place.
   */
  leadMs?: number;
  /** Of a take: its own sound is not heard. */
  quiet?: boolean;
  /** Of a voice: where in the result it begins. */
  atMs?: number;
};

type Stores = { drafts: KeptDraft; takes: KeptTake };

let opened: Promise<IDBDatabase> | null = null;
function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, lost) => {
    const request = indexedDB.open('kinora-studio', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('drafts', { keyPath: 'id' });
      request.result.createObjectStore('takes', { keyPath: 'id' }).createIndex('draftId', 'draftId');
    };
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
  work: (store: <Name extends keyof Stores>(name: Name) => IDBObjectStore) => IDBRequest<Result> | null,
): Promise<Result | undefined> {
  const transaction = (await database()).transaction(['drafts', 'takes'], mode, { durability: 'strict' });
  const request = work((name) => transaction.objectStore(name));
  return new Promise((done, lost) => {
    transaction.oncomplete = () => done(request?.result);
    transaction.onabort = () => lost(transaction.error);
  });
}

/**
 * A take that something cut off, to be added when its draft is opened. Not a sound that was only being chosen, which is
 * chosen again more easily than found where nobody put it; nor a copy of somebody's video that is in no list: it was on its
 * way into one, and is fetched again.
 */
export const isStray = ({ entered, kind }: KeptTake) => !entered && kind !== 'sound' && kind !== 'video';

export const kept = {
  putDraft: (draft: KeptDraft) => within('readwrite', (store) => store('drafts').put(draft)),
  putTake: (take: KeptTake) => within('readwrite', (store) => store('takes').put(take)),
  draft: (id: string) =>
    within<KeptDraft | undefined>('readonly', (store) => store('drafts').get(id)) as Promise<
      KeptDraft | undefined
    >,
  /** Newest first; `strays` counts the takes of each that were cut off and are added when it is opened. */
  async drafts(): Promise<(KeptDraft & { strays: number })[]> {
    const all = (await within<KeptDraft[]>('readonly', (store) => store('drafts').getAll())) ?? [];
    const takes = (await within<KeptTake[]>('readonly', (store) => store('takes').getAll())) ?? [];
    const strays = Map.groupBy(takes.filter(isStray), ({ draftId }) => draftId);
    return all
      .map((draft) => ({ ...draft, strays: strays.get(draft.id)?.length ?? 0 }))
      .sort((a, b) => b.changedAt - a.changedAt);
  },
  async takesOf(draftId: string): Promise<KeptTake[]> {
    const all = await within<KeptTake[]>('readonly', (store) =>
      store('takes').index('draftId').getAll(draftId),
    );
    return (all ?? []).sort((a, b) => a.madeAt - b.madeAt);
  },
  take: (id: string) =>
    within<KeptTake | undefined>('readonly', (store) => store('takes').get(id)) as Promise<
      KeptTake | undefined
    >,
  /** The line; the bytes are removed before. */
  removeTake: (id: string) => within('readwrite', (store) => store('takes').delete(id) as IDBRequest),
  /** What became known of a take after its first byte. */
  async note(id: string, facts: Pick<KeptTake, 'leadMs' | 'atMs'>): Promise<void> {
    const take = await within<KeptTake>('readonly', (store) => store('takes').get(id));
    if (take) await kept.putTake({ ...take, ...facts });
  },
  async enter(id: string): Promise<void> {
    const take = await within<KeptTake>('readonly', (store) => store('takes').get(id));
    if (take) await kept.putTake({ ...take, entered: true });
  },
  /** The lines; the bytes are removed by whoever wrote them. */
  async removeDraft(id: string): Promise<void> {
    const takes = await kept.takesOf(id);
    await within('readwrite', (store) => {
      for (const take of takes) store('takes').delete(take.id);
      return store('drafts').delete(id) as IDBRequest;
    });
  },
};
