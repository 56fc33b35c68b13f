import { readEditList } from '../../../contract/edit-list.rules.ts';
import {
  type EditLayout,
  type EditList,
  type EditSource,
  emptyEditList,
} from '../../../contract/edit-list.ts';
import type { Material, MaterialSource } from '../../../contract/making.ts';
import { api } from '../../api.ts';
import { problemCode } from '../../problem.ts';
import { kept } from '../../studio/takes/kept.ts';
import { copyFrom, keepForGood, newId, removeDraft, takeFile } from '../../studio/takes/takes.ts';
import { newProject, openProject } from './project.ts';
import { partsOf, type Wish, withSounds } from './together.rules.ts';

/**
 * Drafts that begin with other people's videos. What is needed of them is asked for once and copied: from then on the
 * draft stands on this device alone.
 */
export type Begun = 'begun' | { problem: string };
type Order = { signal: AbortSignal; onShare: (share: number) => void };

const whole = { x: 0, y: 0, width: 1, height: 1 };

/** Resolves to the code of the problem where something is in the way; then nothing is left of the draft. */
export async function beginWith({ kind, video }: Wish, { signal, onShare }: Order): Promise<Begun> {
  void keepForGood();
  const draft = { id: newId(), list: emptyEditList, madeAt: Date.now(), changedAt: Date.now() };
  try {
    const material = await api.videoMaterial(video, kind, signal);
    await kept.putDraft(draft);
    const list = await listFrom(material, { kind, video }, draft.id, { signal, onShare });
    const read = readEditList(list);
    if (!read.ok) throw Object.assign(new Error('unreadable'), { name: 'unreadable' });
    await kept.putDraft({ ...draft, list: read.list });
    signal.throwIfAborted();
    await openProject({ ...draft, list: read.list });
    return 'begun';
  } catch (error) {
    await removeDraft(draft.id).catch(() => {});
    const { name } = error as Error;
    const own = ['unreachable', 'unreadable', 'frame_full', 'QuotaExceededError'].includes(name);
    return { problem: own ? name : problemCode(error) };
  }
}

async function listFrom(material: Material, wish: Wish, draftId: string, order: Order): Promise<EditList> {
  const credit = { kind: wish.kind, video: wish.video };
  const needed = needs(material);
  const sources: Record<string, EditSource> = {};
  const idOf = new Map<string, string>();
  for (const [index, source] of needed.entries()) {
    const onShare = (share: number) => order.onShare((index + share) / needed.length);
    const [id, made] = await copied(source, draftId, { ...order, onShare });
    sources[id] = made;
    idOf.set(source.videoId, id);
  }
  const [first] = Object.keys(sources);
  if (material.template) return { ...(await withCopies(material.template.list, draftId, order)), credit };
  if (material.frame) {
    const { cells, free, parts } = material.frame;
    const mine = free[0];
    if (mine === undefined) throw Object.assign(new Error('frame_full'), { name: 'frame_full' });
    const others = partsOf(parts, ({ source }) => idOf.get(source.videoId)!);
    return { ...emptyEditList, sources, credit, layout: { name: 'grid', cells, mine, others } };
  }
  const beside: EditLayout = {
    ...{ name: 'side', cells: 2, mine: 0 },
    others: [{ cell: 1, source: first!, fromMs: 0, volume: 1, crop: whole }],
  };
  return { ...emptyEditList, sources, credit, layout: wish.kind === 'duet' ? beside : null };
}

/** Each video once, however many cells it fills. A template brings nothing of its maker's. */
function needs({ source, frame, template }: Material): MaterialSource[] {
  if (template) return [];
  const all = frame ? frame.parts.map((part) => part.source) : [source];
  return all.filter((one, index) => all.findIndex(({ videoId }) => videoId === one.videoId) === index);
}

async function copied(source: MaterialSource, draftId: string, order: Order): Promise<[string, EditSource]> {
  const id = await copyFrom(draftId, source.url, { ...order, madeAt: Date.now() });
  const file = await takeFile(id);
  if (!file) throw Object.assign(new Error('unreachable'), { name: 'unreachable' });
  const { openReel } = await import('../../studio/reels/reel.ts');
  const reel = await openReel(file);
  const { durationMs, width, height, hasSound } = reel;
  reel.close();
  return [id, { kind: 'video', of: source.videoId, durationMs, width, height, hasSound, beatsMs: [] }];
}

/** The sounds of a template, copied; one that may not be heard any more is left out. */
async function withCopies(list: EditList, draftId: string, order: Order): Promise<EditList> {
  const copies = new Map<string, string>();
  const [sounds, gone] = [Object.entries(list.sources).filter(([, { kind }]) => kind === 'sound'), new Set()];
  for (const [index, [id, { of }]] of sounds.entries()) {
    const onShare = (share: number) => order.onShare((index + share) / sounds.length);
    const { audioUrl } = await api.getSound(of!, order.signal);
    if (!audioUrl) gone.add(id);
    else copies.set(id, await copyFrom(draftId, audioUrl, { ...order, onShare, madeAt: Date.now() }));
  }
  const sources = Object.fromEntries(Object.entries(list.sources).filter(([id]) => !gone.has(id)));
  const heard = list.sounds.filter(({ source }) => !gone.has(source));
  return withSounds({ ...list, sources, sounds: heard }, copies);
}

/** A frame that others may join later: one's own cell is the first. */
export function newFrame(cells: number): void {
  newProject({ ...emptyEditList, layout: { name: 'grid', cells, mine: 0, others: [] } });
}
