import { useSyncExternalStore } from 'react';
import { begin, edit, type History, redo, undo } from '../../../contract/edit-history.ts';
import type { Edit } from '../../../contract/edit-list.edits.ts';
import { readEditList } from '../../../contract/edit-list.rules.ts';
import type { EditClip, EditList, EditSound, EditSource } from '../../../contract/edit-list.ts';
import { editLimits, emptyEditList } from '../../../contract/edit-list.ts';
import { createStore } from '../../store.ts';
import type { Reel } from '../../studio/reels/reel.ts';
import { openStill } from '../../studio/reels/still.ts';
import { sweepStickers } from '../../studio/stickers/kept-stickers.ts';
import { isStray, type KeptDraft, type KeptTake, kept, type TemplateWish } from '../../studio/takes/kept.ts';
import { copyIn, keepForGood, newId, removeDraft, takeFile } from '../../studio/takes/takes.ts';
import { draftChanged } from './account/syncing.ts';
import { keepsToStitch } from './together.rules.ts';

/**
 * The draft this tab is working on: its edit list with undo, the sources it is made of, and whether all of it is on the
 * disk. Each change is saved by itself; nothing here waits for a button.
 */
export type Project = {
  draftId: string;
  history: History;
  reels: ReadonlyMap<string, Reel>;
  /** What the files of sounds were called. */
  names: ReadonlyMap<string, string>;
  /** Sources whose files are gone or cannot be read in this browser. */
  lost: readonly string[];
  /** Takes that something had cut off, found again when the draft was opened. */
  rescued: { takes: number; voices: number };
  template: TemplateWish;
  saved: 'saved' | 'saving' | 'failed';
};

const store = createStore<Project | null>(null);
let madeAt = 0;
const noneRescued = { takes: 0, voices: 0 };
const noTemplate: TemplateWish = { wanted: false, without: [] };

/** What reads media is three quarters of the studio's bytes: it comes when there is something to read. */
const openReel = async (file: Blob): Promise<Reel> =>
  (await import('../../studio/reels/reel.ts')).openReel(file);

export const useProject = () => useSyncExternalStore(store.subscribe, store.get, store.get);

function change(part: Partial<Project>): void {
  const now = store.get();
  if (now) store.set({ ...now, ...part });
}

export function newProject(list: EditList = emptyEditList): void {
  leaveProject();
  madeAt = Date.now();
  void keepForGood();
  store.set({
    draftId: newId(),
    history: begin(list),
    reels: new Map(),
    names: new Map(),
    lost: [],
    rescued: noneRescued,
    template: noTemplate,
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
  if (list.stickers.length > 0) await (await import('./pack-stickers.ts')).readyStickers(list);
  const lines = await kept.takesOf(draft.id);
  for (const id of new Set([...Object.keys(list.sources), ...lines.map((line) => line.id)])) {
    const file = await takeFile(id);
    const open = list.sources[id]?.kind === 'picture' ? openStill : openReel;
    const reel = file && (await open(file).catch(() => null));
    if (reel) reels.set(id, reel);
    else if (id in list.sources && list.sources[id]!.kind !== 'slot') lost.push(id);
  }
  const names = new Map(lines.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
  store.set({
    ...{ draftId: draft.id, history: begin(list), reels, names, lost, saved: 'saved' },
    ...{ rescued: noneRescued, template: draft.template ?? noTemplate },
  });
  const strays = lines.filter((line) => isStray(line) && reels.has(line.id) && !(line.id in list.sources));
  for (const line of strays)
    if (line.kind === 'voice') await addVoice(line.id, { atMs: line.atMs ?? 0, leadMs: line.leadMs ?? 0 });
    else await addSource(line.id, reels.get(line.id)!, line);
  const voices = strays.filter(({ kind }) => kind === 'voice').length;
  if (strays.length > 0) change({ rescued: { voices, takes: strays.length - voices } });
  return true;
}

/** The draft that an address names, as it is on the disk; nothing where there is none, or none that can be read. */
export async function reopenProject(id: string, left: AbortSignal): Promise<void> {
  const draft = await kept.draft(id).catch(() => null);
  if (!draft || left.aborted) return;
  await openProject(draft).catch(() => false);
  // Whoever has gone on meanwhile is not to find it open elsewhere.
  if (left.aborted && store.get()?.draftId === id) leaveProject();
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
  if (!result.ok || !keepsToStitch(now.history.now, result.history.now)) return false;
  become(result.history);
  return true;
}
/** Kept with the draft, beside its list: it is no part of the video, and nothing that is undone. */
export function wishTemplate(part: Partial<TemplateWish>): void {
  const now = store.get();
  if (!now) return;
  change({ template: { ...now.template, ...part } });
  void save();
}

/** The clip that was filmed last goes; the sound it was filmed to stays. */
export function removeLast(): void {
  const last = store.get()?.history.now.clips.at(-1);
  if (last) make({ kind: 'removeClip', id: last.id });
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
  if (now) {
    const { draftId: id, template } = now;
    newest = { id, list: now.history.now, madeAt, changedAt: Date.now(), template };
  }
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
      void draftChanged(draft.id);
    }
    change({ saved: 'saved' });
  } catch {
    change({ saved: 'failed' });
  }
}

/** Before the first byte of a take: a draft that is not on the disk could not be found again. */
export const keepDraft = save;

/** A recorded take becomes the last clip. Returns false when nothing of it can be read. */
export async function addTake(id: string, facts: ClipFacts): Promise<boolean> {
  const file = await takeFile(id);
  const reel = file && (await openReel(file).catch(() => null));
  if (!reel) return false;
  if (reel.durationMs - (facts.leadMs ?? 0) < leastMs) {
    reel.close();
    // Not to come back as a take that something cut off.
    await kept.enter(id);
    return false;
  }
  await addSource(id, reel, facts);
  return true;
}

export type Brought = 'added' | 'unreadable' | 'not_kept' | 'too_short' | 'too_long';

/** Why a file cannot be a clip; null: it can. */
async function faultOf(file: Blob): Promise<'unreadable' | 'too_long' | null> {
  const looked = await openReel(file).catch(() => null);
  looked?.close();
  if (!looked || looked.width === 0) return 'unreadable';
  return looked.durationMs > editLimits.durationMs ? 'too_long' : null;
}

/** A draft of a file: the file is copied first, so that the draft stands on its own. */
export async function bring(file: Blob): Promise<Brought> {
  const fault = await faultOf(file);
  if (fault) return fault;
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
  change({ rescued: noneRescued });
  return 'added';
}

/** A file becomes the last clip of this draft. */
export async function addFile(file: Blob): Promise<Brought> {
  const draftId = store.get()?.draftId;
  const fault = await faultOf(file);
  if (!draftId || fault) return fault ?? 'unreadable';
  try {
    const id = await copyIn(draftId, file, Date.now());
    if (!(await addTake(id, { kind: 'file', speed: 1 }))) return 'unreadable';
    const isIn = store.get()?.history.now.clips.some(({ source }) => source === id);
    return isIn ? 'added' : 'too_long';
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

/** A take or file comes into the place of a slot. False when it is shorter than the slot, or cannot be read. */
export async function fillSlot(slotId: string, takeId: string, facts: ClipFacts): Promise<boolean> {
  const file = await takeFile(takeId);
  const reel = file && (await openReel(file).catch(() => null));
  const now = store.get();
  const slot = now?.history.now.sources[slotId];
  const fromMs = Math.max(0, Math.round(facts.leadMs ?? 0));
  if (!reel || !now || !slot || reel.durationMs < fromMs + slot.durationMs) {
    reel?.close();
    return false;
  }
  const { durationMs, width, height, hasSound } = reel;
  change({ reels: new Map(now.reels).set(takeId, reel) });
  const joined = `source-${takeId}`;
  const kind = facts.kind === 'file' ? 'file' : 'take';
  const source = { kind, of: null, durationMs, width, height, hasSound, beatsMs: [] } as const;
  const isIn =
    make({ kind: 'addSource', id: takeId, source: { ...source, beatsMs: [] } }, joined) &&
    make({ kind: 'fillSlot', id: slotId, source: takeId, fromMs }, joined);
  await save();
  await kept.enter(takeId);
  return isIn;
}

export async function fillWithFile(slotId: string, file: Blob): Promise<Brought> {
  const draftId = store.get()?.draftId;
  const fault = await faultOf(file);
  if (!draftId || fault) return fault ?? 'unreadable';
  try {
    const id = await copyIn(draftId, file, Date.now());
    if (await fillSlot(slotId, id, { kind: 'file', speed: 1 })) return 'added';
    await kept.enter(id);
    return 'too_short';
  } catch {
    return 'not_kept';
  }
}

/** Less of a take is no picture of anything. */
const leastMs = 50;

/**
 * `leadMs` of a take lie before its beginning; a quiet one does not let its own sound be heard; no more of it than there
 * was room for is seen.
 */
type ClipFacts = Pick<KeptTake, 'kind' | 'speed' | 'leadMs' | 'quiet'> & { roomMs?: number };

async function addSource(id: string, reel: Reel, facts: ClipFacts): Promise<void> {
  const { speed, leadMs = 0, quiet = false, roomMs = Number.POSITIVE_INFINITY } = facts;
  const kind = facts.kind === 'file' ? 'file' : 'take';
  const now = store.get();
  if (!now || reel.durationMs < 1 || reel.width === 0) return;
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
  const fromMs = Math.min(leadMs, durationMs - 1);
  const clip: EditClip = {
    id: newId(),
    source: id,
    fromMs,
    toMs: Math.max(fromMs + 1, Math.min(durationMs, Math.round(fromMs + roomMs * speed))),
    speed,
    reversed: false,
    volume: quiet ? 0 : 1,
    look: null,
    transition: null,
    backdrop: null,
  };
  make({ kind: 'addClip', clip, index: now.history.now.clips.length }, joined);
  await save();
  await kept.enter(id);
}

/** A sound that was chosen becomes a source and is heard; as one step of undo. Its id; null when it cannot be read. */
export async function addSound(
  id: string,
  { name, of, beatsMs, sound }: { name: string; of: string | null; beatsMs: number[]; sound: SoundFacts },
): Promise<string | null> {
  const file = await takeFile(id);
  const reel = file && (await openReel(file).catch(() => null));
  const now = store.get();
  if (!reel || !now) return null;
  const added = await enterSound(id, reel, { kind: of ? 'sound' : 'file', of, beatsMs }, sound);
  if (added) change({ names: new Map(store.get()?.names).set(id, name) });
  return added;
}
type SoundFacts = Omit<EditSound, 'id' | 'source' | 'forMs'>;

/** What was said over the video, where it was said. Null when nothing of it can be read. */
export async function addVoice(
  id: string,
  { atMs, leadMs }: { atMs: number; leadMs: number },
): Promise<string | null> {
  const file = await takeFile(id);
  const reel = file && (await openReel(file).catch(() => null));
  if (!reel || reel.durationMs <= leadMs + 1) return null;
  const sound = { ...voiceAsSpoken, atMs, fromMs: leadMs };
  return enterSound(id, reel, { kind: 'take', of: null, beatsMs: [] }, sound);
}
const voiceAsSpoken = { volume: 1, fadeInMs: 0, fadeOutMs: 0, ducks: false, voice: true };

async function enterSound(
  id: string,
  reel: Reel,
  { kind, of, beatsMs }: Pick<EditSource, 'kind' | 'of' | 'beatsMs'>,
  sound: SoundFacts,
): Promise<string | null> {
  const now = store.get();
  const { durationMs, hasSound } = reel;
  if (!now || !hasSound || durationMs <= sound.fromMs) return null;
  change({ reels: new Map(now.reels).set(id, reel) });
  const joined = `source-${id}`;
  const source: EditSource = { kind, of, durationMs, width: 0, height: 0, hasSound, beatsMs };
  const thing: EditSound = { ...sound, id: newId(), source: id, forMs: durationMs - sound.fromMs };
  const isIn =
    make({ kind: 'addSource', id, source }, joined) && make({ kind: 'put', part: 'sounds', thing }, joined);
  await save();
  await kept.enter(id);
  return isIn ? thing.id : null;
}

export const listOf = (current: Project): EditList => current.history.now;
