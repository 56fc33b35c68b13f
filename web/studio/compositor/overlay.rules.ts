import type { EditText } from '../../../contract/edit-list.ts';
import { graphemes } from './text-lines.ts';

/** When what is laid over the picture is seen, and how much of it. Pure: a time gives the same picture every time. */
type Timed = { atMs: number; forMs: number };

export const present = ({ atMs, forMs }: Timed, nowMs: number): boolean =>
  nowMs >= atMs && nowMs < atMs + forMs;

const fadeMs = 120;

/** How long it takes to be there in full. */
const comesFor = ({ atMs, forMs }: Timed): number => (atMs === 0 ? 0 : Math.min(fadeMs, forMs / 2));

/** From when on it is there in full; whoever works on it sees it then. */
export const fullFrom = (thing: Timed): number => thing.atMs + comesFor(thing);

/** Things come softly. What is there from the very start does not: its first frame is often the cover. */
export function opacity(thing: Timed, nowMs: number): number {
  if (thing.atMs === 0) return 1;
  const share = Math.min(1, Math.max(0, (nowMs - thing.atMs) / comesFor(thing)));
  return share * share * (3 - 2 * share);
}

/** A quick typist; a text that would not be read in its time is typed faster. */
const msPerLetter = 65;
const mostOfItsTime = 0.6;

/** How many letters (as people count them) of a text stand there; null is all of them. */
export function lettersShown(text: EditText, nowMs: number): number | null {
  if (text.style !== 'type') return null;
  const all = graphemes(text.text).length;
  const typingMs = Math.min(all * msPerLetter, text.forMs * mostOfItsTime);
  const shown = 1 + Math.floor((Math.max(0, nowMs - text.atMs) / typingMs) * all);
  return shown >= all ? null : shown;
}
