/**
 * What a key means on the stage. Single letters can be switched off (WCAG 2.1.4): whoever speaks to their computer
 * must not like a video by accident. Pure, apart from the switch, which this device remembers.
 */
import { createStore } from '../../store.ts';

export type Deed =
  | 'next'
  | 'previous'
  | 'toggle'
  | 'mute'
  | 'like'
  | 'comments'
  | 'captions'
  | 'share'
  | 'why'
  | 'undo'
  | 'keys';

const letters: Record<string, Deed> = {
  j: 'next',
  k: 'previous',
  m: 'mute',
  l: 'like',
  c: 'comments',
  t: 'captions',
  s: 'share',
  w: 'why',
  '?': 'keys',
};
const others: Record<string, Deed> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  PageDown: 'next',
  PageUp: 'previous',
  ' ': 'toggle',
};

export type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'repeat'>;

export function deedOfKey(press: KeyPress, lettersOn: boolean): Deed | null {
  if ((press.ctrlKey || press.metaKey) && press.key.toLowerCase() === 'z' && !press.repeat) return 'undo';
  if (press.altKey || press.ctrlKey || press.metaKey) return null;
  const deed = others[press.key] ?? (lettersOn ? letters[press.key.toLowerCase()] : undefined) ?? null;
  // Held down, only moving on makes sense.
  return press.repeat && deed !== 'next' && deed !== 'previous' ? null : deed;
}

const storageKey = 'kinora.single-keys';
function remembered(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true; // No storage: the standard holds.
  }
}
export const singleKeys = createStore<boolean>(remembered());
export function setSingleKeys(on: boolean): void {
  singleKeys.set(on);
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // It holds for this page.
  }
}

/** Keys that belong to what has the focus: text fields, sliders, open dialogs, and space on a button. */
export function belongsToFocus(target: EventTarget | null, key: string): boolean {
  if (document.querySelector('dialog[open]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('input, textarea, select')) return true;
  if (target.closest('[role=tablist], [role=menu], [role=listbox]')) return true;
  return key === ' ' && target.matches('button, a, summary, [role=button]');
}
