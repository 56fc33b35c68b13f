import { useSyncExternalStore } from 'react';
import { begin, edit, type History, redo, undo } from '../../../contract/edit-history.ts';
import type { Edit } from '../../../contract/edit-list.edits.ts';
import { readEditList } from '../../../contract/edit-list.rules.ts';
import type { EditClip, EditList } from '../../../contract/edit-list.ts';
import { editLimits, emptyEditList } from '../../../contract/edit-list.ts';
import { createStore } from '../../store.ts';
import { openReel, type Reel } from '../../studio/reels/reel.ts';
import { openStill } from '../../studio/reels/still.ts';
import { sweepStickers } from '../../studio/stickers/kept-stickers.ts';
import { type KeptDraft, kept } from '../../studio/takes/kept.ts';
import { copyIn, keepForGood, newId, removeDraft, takeFile } from '../../studio/takes/takes.ts';
import { readyStickers } from './pack-stickers.ts';

/**
 * The draft this tab is working on: its edit list with undo, the sources it is made of, and whether all of it is on the
 * disk. Each change is saved by itself; nothing here waits for a button.
 */
export type Project = {
  draftId: string;
  history: History;
  reels: ReadonlyMap<string, Reel>;
  /** Sources whose files are gone or cannot be read in this browser. */
  lost: readonly string[];
  /** Takes that something had cut off, found again when the draft was opened. */
  rescued: number;
  saved: 'saved' | 'saving' | 'failed';
};

const store = createStore<Project | null>(null);
let madeAt = 0;

export const useProject = () => useSyncExternalStore(store.subscribe, store.get, store.get);

function change(part: Partial<Project>): void {
  const now = store.get();
  if (now) store.set({ ...now, ...part });
}

export function newProject(): void {
  leaveProject();
  madeAt = Date.now();
  void keepForGood();
  store.set({
    draftId: newId(),
    history: begin(emptyEditList),
    reels: new Map(),
    lost: [],
    rescued: 0,
    saved: 'saved',
  });
}

/**
 * Opens a draft with all that can be read of it; a take that was being recorded when the light went out is added. False
 * for a list that this version cannot read, such as one of a newer version: it stays as it is.
 */
export async function openProject(draft: KeptDraft): Promise<boolean> {
  const read = readEditList(draft.list);
  if (!read.ok) return false;
  leaveProject();
  madeAt = draft.madeAt;
  const { list } = read;
  const [reels, lost] = [new Map<string, Reel>(), [] as string[]];
  await readyStickers(list);
  const lines = await kept.takesOf(draft.id);
  for (const id of new Set([...Object.keys(list.sources), ...lines.map((line) => line.id)])) {
    const file = await takeFile(id);
    const open = list.sources[id]?.kind === 'picture' ? openStill : openReel;
    const reel = file && (await open(file).catch(() => null));
    if (reel) reels.set(id, reel);
    else if (id in list.sources) lost.push(id);
  }
  store.set({ draftId: draft.id, history: begin(list), reels, lost, rescued: 0, saved: 'saved' });
  const strays = lines.filter((line) => !line.entered && reels.has(line.id) && !(line.id in list.sources));
  for (const line of strays) await addSource(line.id, reels.get(line.id)!, line);
  if (strays.length > 0) change({ rescued: strays.length });
  return true;
}

/** What is worked on stays on the disk; only this tab lets go of it. */
export function leaveProject(): void {
  for (const reel of store.get()?.reels.values() ?? []) reel.close();
  store.set(null);
}

export async function throwAway(draftId: string): Promise<void> {
  if (store.get()?.draftId === draftId) leaveProject();
  await removeDraft(draftId);
  // Drawings that no draft names any more; what cannot be tidied up now is the next time.
  await sweepStickers(await kept.drafts()).catch(() => {});
}

/** One change. `joined`: changes by the same key (one drag) are undone together. False when it is not possible. */
export function make(order: Edit, joined?: string): boolean {
  const now = store.get();
  if (!now) return false;
  const result = edit(now.history, order, { joined });
  if (!result.ok) return false;
  become(result.history);
  return true;
}
export const undoOne = () => travel(undo);
export const redoOne = () => travel(redo);

function travel(step: (history: History) => History): void {
  const now = store.get();
  if (now) become(step(now.history));
}

function become(history: History): void {
  const now = store.get();
  if (!now || now.history === history) return;
  change({ history });
  if (now.history.now !== history.now) void save();
}

let saving: Promise<void> | null = null;
/** Taken when it was wished: by the time it is written, this tab may have left the draft. */
let newest: KeptDraft | null = null;
/** The newest state, one write at a time; resolves when it is on the disk, or `saved` says that it is not. */
function save(): Promise<void> {
  const now = store.get();
  if (now) newest = { id: now.draftId, list: now.history.now, madeAt, changedAt: Date.now() };
  saving ??= writeNewest().finally(() => {
    saving = null;
  });
  return saving;
}

async function writeNewest(): Promise<void> {
  change({ saved: 'saving' });
  try {
    while (newest) {
      const draft = newest;
      newest = null;
      await kept.putDraft(draft);
    }
    change({ saved: 'saved' });
  } catch {
    change({ saved: 'failed' });
  }
}

/** Before the first byte of a take: a draft that is not on the disk could not be found again. */
export const keepDraft = save;

/** A recorded take becomes the last clip. Returns false when nothing of it can be read. */
export async function addTake(id: string, facts: { kind: 'take' | 'file'; speed: number }): Promise<boolean> {
  const file = await takeFile(id);
  const reel = file && (await openReel(file).catch(() => null));
  if (!reel) return false;
  await addSource(id, reel, facts);
  return true;
}

const canShow = async (file: Blob): Promise<boolean> => {
  const looked = await openReel(file).catch(() => null);
  looked?.close();
  return looked !== null && looked.width > 0;
};

export type Brought = 'added' | 'unreadable' | 'not_kept';

/** A draft of a file: the file is copied first, so that the draft stands on its own. */
export async function bring(file: Blob): Promise<Brought> {
  if (!(await canShow(file))) return 'unreadable';
  const now = Date.now();
  const draft: KeptDraft = { id: newId(), list: emptyEditList, madeAt: now, changedAt: now };
  try {
    await kept.putDraft(draft);
    await copyIn(draft.id, file, now);
  } catch {
    await removeDraft(draft.id).catch(() => {});
    return 'not_kept';
  }
  await openProject(draft);
  change({ rescued: 0 });
  return 'added';
}

/** A file becomes the last clip of this draft. */
export async function addFile(file: Blob): Promise<Brought> {
  const draftId = store.get()?.draftId;
  if (!draftId || !(await canShow(file))) return 'unreadable';
  try {
    const id = await copyIn(draftId, file, Date.now());
    return (await addTake(id, { kind: 'file', speed: 1 })) ? 'added' : 'unreadable';
  } catch {
    return 'not_kept';
  }
}

/** A picture or a video to be seen behind somebody: a source without a clip. Its id, or why not. */
export async function addBackdrop(file: Blob): Promise<string | 'unreadable' | 'not_kept'> {
  const draftId = store.get()?.draftId;
  const opened = await openReel(file).catch(() => openStill(file).catch(() => null));
  const isSeen = opened !== null && opened.width > 0;
  const kind = opened?.durationMs === editLimits.durationMs ? 'picture' : 'file';
  opened?.close();
  if (!draftId || !isSeen) return 'unreadable';
  try {
    const id = await copyIn(draftId, file, Date.now());
    const copied = await takeFile(id);
    const reel = copied && (await (kind === 'picture' ? openStill : openReel)(copied).catch(() => null));
    const now = store.get();
    if (!reel || now?.draftId !== draftId) return 'unreadable';
    const { durationMs, width, height, hasSound } = reel;
    change({ reels: new Map(now.reels).set(id, reel) });
    const source = { kind, of: null, durationMs, width, height, hasSound, beatsMs: [] } as const;
    make({ kind: 'addSource', id, source: { ...source, beatsMs: [] } });
    await save();
    await kept.enter(id);
    return id;
  } catch {
    return 'not_kept';
  }
}

async function addSource(
  id: string,
  reel: Reel,
  { kind, speed }: { kind: 'take' | 'file'; speed: number },
): Promise<void> {
  const now = store.get();
  if (!now || reel.durationMs < 1) return;
  const { durationMs, width, height, hasSound } = reel;
  change({ reels: new Map(now.reels).set(id, reel) });
  const joined = `source-${id}`;
  make(
    {
      kind: 'addSource',
      id,
      source: { kind, of: null, durationMs, width, height, hasSound, beatsMs: [] },
    },
    joined,
  );
  const clip: EditClip = {
    id: newId(),
    source: id,
    fromMs: 0,
    toMs: durationMs,
    speed,
    reversed: false,
    volume: 1,
    look: null,
    transition: null,
    backdrop: null,
  };
  make({ kind: 'addClip', clip, index: now.history.now.clips.length }, joined);
  await save();
  await kept.enter(id);
}

export const listOf = (current: Project): EditList => current.history.now;
