import type { Allowed, NewCredit } from '../../../contract/credits.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { SoundId } from '../../../contract/ids.ts';
import type { Topic } from '../../../contract/topics.ts';
import type { Audience, CommentsFrom, Cue } from '../../../contract/videos.ts';

/**
 * The text and choices of a video that is not published yet, kept on this device under the id of its upload, so that
 * a reload, a crash or an empty battery loses nothing. The thirty newest are kept.
 */
export type Draft = {
  caption: string;
  topics: Topic[];
  audience: Audience;
  advertising: boolean;
  aiMade: boolean;
  soundTitle: string;
  /** Null: the server tells it from the words. */
  language: string | null;
  /** The sound of the library that it was made with. */
  soundId: SoundId | null;
  /** What is heard in the file goes: `soundId` comes in its place, or nothing. */
  replaceSound: boolean;
  /** The sound of the library that is heard in the file, when another has taken its place. */
  soundBefore: SoundId | null;
  /** The moment it goes out; null: as soon as it is ready; empty: later, and no time is chosen yet. */
  publishAt: string | null;
  /** The captions that came with it from the studio. */
  cues: Cue[] | null;
  /** The words that the studio drew into its picture. */
  pictureTexts: string[];
  /** What it is made with. */
  credit: NewCredit | null;
  /** What was said at this video; the rest comes from the account. */
  allowed: Partial<Allowed>;
  /** Who may comment; null: as the account says. */
  commentsFrom: CommentsFrom | null;
  /** An edit for others to fill. */
  template: EditList | null;
  /** The draft of the studio that it was made of. */
  studioDraft: string | null;
};

export const emptyDraft: Draft = {
  caption: '',
  topics: [],
  audience: 'everyone',
  advertising: false,
  aiMade: false,
  soundTitle: '',
  language: null,
  soundId: null,
  replaceSound: false,
  soundBefore: null,
  publishAt: null,
  cues: null,
  pictureTexts: [],
  credit: null,
  allowed: {},
  commentsFrom: null,
  template: null,
  studioDraft: null,
};

const storageKey = 'kinora.drafts';
const most = 30;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;
type Kept = [uploadId: string, draft: Draft][];

function all(storage: Storage): Kept {
  try {
    const kept: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? (kept as Kept) : [];
  } catch {
    return []; // Unreadable or forbidden: as if nothing had been written.
  }
}

function write(storage: Storage, kept: Kept): boolean {
  try {
    storage.setItem(storageKey, JSON.stringify(kept.slice(0, most)));
    return true;
  } catch {
    return false; // Full or forbidden: the caller tells the creator that the text is not kept.
  }
}

export function draftOf(uploadId: string, storage: Storage = localStorage): Draft | null {
  const found = all(storage).find(([id]) => id === uploadId)?.[1];
  return found ? { ...emptyDraft, ...found } : null;
}

export function keepDraft(uploadId: string, draft: Draft, storage: Storage = localStorage): boolean {
  return write(storage, [[uploadId, draft], ...all(storage).filter(([id]) => id !== uploadId)]);
}

export function dropDraft(uploadId: string, storage: Storage = localStorage): void {
  write(
    storage,
    all(storage).filter(([id]) => id !== uploadId),
  );
}
