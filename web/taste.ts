/**
 * What the viewer has said about their feed and what was learned of them, as the server has it. Changes show at once
 * and are taken back when the server refuses. `turns` counts the changes that the next page of a feed must obey;
 * whoever shows a feed watches it. It knows no surface.
 */
import { useSyncExternalStore } from 'react';
import type { LeaningKind, Taste, TasteSettings } from '../contract/taste.ts';
import { api } from './api.ts';
import { session } from './session.ts';
import { createStore } from './store.ts';
import { createWishes } from './wishes.ts';

export type Level = -2 | -1 | 0 | 1 | 2;
export type Target = { kind: LeaningKind; key: string; label: string | null };
export type KnownTaste = { taste: Taste | null; problem: unknown };

const nothingKnown: KnownTaste = { taste: null, problem: null };
const known = createStore<KnownTaste>(nothingKnown);
export const turns = createStore(0);
const turn = () => turns.set(turns.get() + 1);

/** Whether the past is used, as this device saw it last: the switch stands right before the server has answered. */
const hintKey = 'kinora.for-everyone';
function hint(): boolean {
  try {
    return localStorage.getItem(hintKey) === 'yes';
  } catch {
    return false; // No storage: the standard holds until the server has answered.
  }
}
export const forEveryone = createStore(hint());
known.subscribe(() => {
  const { taste } = known.get();
  if (taste) remember(!taste.settings.profiling);
});
function remember(everyone: boolean): void {
  forEveryone.set(everyone);
  try {
    if (everyone) localStorage.setItem(hintKey, 'yes');
    else localStorage.removeItem(hintKey);
  } catch {
    // It holds for this page.
  }
}

let asking: Promise<void> | null = null;
/** Changes so far: an answer that was asked for before one of them is older than what is on the screen. */
let changes = 0;
let viewer = session.get()?.viewerId ?? null;
let wish = createWishes();
session.subscribe(() => {
  const now = session.get()?.viewerId ?? null;
  if (viewer !== null && now !== viewer) {
    // Another viewer's taste is nobody else's business.
    asking = null;
    wish = createWishes();
    known.set(nothingKnown);
    remember(false);
  }
  viewer = now;
});

/** Asks the server, once at a time. A failure is in `problem`; what was known stays. */
export function readTaste(): Promise<void> {
  if (asking) return asking;
  const mine = ask().finally(() => {
    if (asking === mine) asking = null;
  });
  asking = mine;
  return mine;
}

async function ask(): Promise<void> {
  const whose = viewer;
  const asOf = changes;
  try {
    const taste = await api.getTaste();
    if (whose !== viewer) return undefined;
    if (asOf !== changes) return ask();
    known.set({ taste, problem: null });
  } catch (problem) {
    if (whose === viewer) known.change({ problem });
  }
  return undefined;
}

export function useTaste(): KnownTaste {
  return useSyncExternalStore(known.subscribe, known.get);
}

export const standardTaste: TasteSettings = {
  profiling: true,
  learning: true,
  hideAiMade: false,
  mutedWords: [],
  mutedTags: [],
};

/** One setting. Throws what the server answered, after the old value is back on the screen. */
export async function setTaste<Name extends keyof TasteSettings>(
  name: Name,
  wanted: TasteSettings[Name],
): Promise<void> {
  const now = known.get().taste?.settings ?? { ...standardTaste, profiling: !forEveryone.get() };
  await wish<TasteSettings[Name]>(name, {
    was: now[name],
    wanted,
    send: async (value) => (await api.changeTaste({ [name]: value }))[name],
    show(value) {
      const { taste } = known.get();
      if (taste) known.change({ taste: { ...taste, settings: { ...taste.settings, [name]: value } } });
      else if (name === 'profiling') remember(!value);
    },
  });
  changes += 1;
  if (name !== 'learning') turn();
}

export function levelOf({ kind, key }: Pick<Target, 'kind' | 'key'>): Level {
  const said = known.get().taste?.leanings.find((one) => one.kind === kind && one.key === key);
  return (said?.level ?? 0) as Level;
}

/** More, less or nothing of something; 0 takes it back. Throws as `setTaste` does. */
export async function leanTo(target: Target, level: Level): Promise<void> {
  const { kind, key, label } = target;
  await wish<Level>(`${kind} ${key}`, {
    was: levelOf(target),
    wanted: level,
    send: async (value) => (await api.lean(kind, key, value)).level as Level,
    show(value) {
      const { taste } = known.get();
      if (!taste) return;
      const others = taste.leanings.filter((one) => one.kind !== kind || one.key !== key);
      const leanings = value === 0 ? others : [...others, { kind, key, label, level: value }];
      known.change({ taste: { ...taste, leanings } });
    },
  });
  changes += 1;
  turn();
}

/** Exact, not optimistic: it cannot be taken back. Afterwards what the server has left is shown. */
export async function forgetTaste(): Promise<void> {
  await api.resetTaste();
  changes += 1;
  turn();
  await readTaste();
}
