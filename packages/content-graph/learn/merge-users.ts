/** One user becomes another (a guest signs up): taste adds up, histories interleave, what was seen stays seen. */
import type { Ranker } from '../models/ranker/ranker.ts';
import type { GraphState } from '../state/graph-state.ts';
import { append, clearList, offsetOf, sizeOf } from '../state/lists.ts';
import { eachSeen, findUser, flagsOf, removeUser, setFlags, userFor } from '../state/users.ts';
import type { Tunables } from '../tunables.ts';
import { addTaste, fadeTaste } from './taste.ts';

export function mergeUsers(
  state: GraphState,
  fromId: string,
  intoId: string,
  tunables: Tunables,
  ranker: Ranker,
): void {
  const { users } = state;
  const from = findUser(users, fromId);
  if (from < 0 || fromId === intoId) return;
  const into = userFor(users, intoId);
  const now = Math.max(users.decayedAt[from]!, users.decayedAt[into]!);
  fadeTaste(state, from, now, tunables);
  fadeTaste(state, into, now, tunables);
  users.views[into]! += users.views[from]!;
  users.value[into]! += users.value[from]!;
  users.level[into]! += users.level[from]!;
  const { taste } = users;
  for (let index = 0; index < sizeOf(taste, from); index++) {
    const at = offsetOf(taste, from) + index * 3;
    addTaste(state, into, taste.words[at]!, taste.floats[at + 1]!, taste.floats[at + 2]!, tunables);
  }
  mergeHistories(state, from, into, tunables.historyLength);
  eachSeen(users, from, (item, flags) => setFlags(users, into, item, flags | flagsOf(users, into, item)));
  if (users.day[from]! === users.day[into]!) users.dayViews[into]! += users.dayViews[from]!;
  else if (users.day[from]! > users.day[into]!) {
    users.day[into] = users.day[from]!;
    users.dayViews[into] = users.dayViews[from]!;
  }
  ranker.mergeUser(from, into);
  removeUser(users, from);
}

type Memory = { item: number; value: number; seconds: number };

function readHistory(state: GraphState, user: number): Memory[] {
  const { history } = state.users;
  const from = offsetOf(history, user);
  return Array.from({ length: sizeOf(history, user) }, (_, index) => ({
    item: history.words[from + index * 3]!,
    value: history.floats[from + index * 3 + 1]!,
    seconds: history.words[from + index * 3 + 2]! >>> 0,
  }));
}

function mergeHistories(state: GraphState, from: number, into: number, most: number): void {
  const byItem = new Map<number, Memory>();
  for (const memory of [...readHistory(state, into), ...readHistory(state, from)]) {
    const known = byItem.get(memory.item);
    byItem.set(memory.item, {
      item: memory.item,
      value: Math.max(memory.value, known?.value ?? 0),
      seconds: Math.max(memory.seconds, known?.seconds ?? 0),
    });
  }
  const merged = [...byItem.values()].sort((a, b) => a.seconds - b.seconds).slice(-most);
  const { history } = state.users;
  clearList(history, into);
  for (const { item, value, seconds } of merged) {
    const at = append(history, into);
    history.words[at] = item;
    history.floats[at + 1] = value;
    history.words[at + 2] = seconds;
  }
}
