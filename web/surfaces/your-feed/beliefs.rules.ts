/**
 * What was learned and what was said of one kind of thing, as one list. Pure.
 */
import type { Belief, Leaning, LeaningKind, Taste } from '../../../contract/taste.ts';
import type { Level } from '../../taste.ts';

export type Liked = {
  kind: LeaningKind;
  key: string;
  label: string | null;
  /** −1 to 1, against the strongest of all (or a strong one, when all are weak); null when nothing was learned. */
  strength: number | null;
  level: Level;
};

/** A weight is a share of a video's length watched more or less than usual; a quarter is a strong taste. */
const strong = 0.25;

/** Likes first, the strongest on top; then what was only said; dislikes last. */
export function likedOf(
  { beliefs, leanings }: Pick<Taste, 'beliefs' | 'leanings'>,
  kind: LeaningKind,
): Liked[] {
  const strongest = Math.max(
    strong,
    ...beliefs.map(({ weight }) => Math.abs(weight)).filter(Number.isFinite),
  );
  const found = new Map<string, Liked>();
  for (const { key, label, weight } of ofKind<Belief>(beliefs, kind)) {
    const strength = Number.isFinite(weight) ? weight / strongest : 0;
    found.set(key, { kind, key, label, strength, level: 0 });
  }
  for (const { key, label, level } of ofKind<Leaning>(leanings, kind))
    found.set(key, { kind, key, label, strength: null, ...found.get(key), level: level as Level });
  const place = ({ strength, level }: Liked) => strength ?? level / 1000;
  return [...found.values()].sort((a, b) => place(b) - place(a) || (a.key < b.key ? -1 : 1));
}

function ofKind<One extends { kind: LeaningKind }>(all: readonly One[], kind: LeaningKind): One[] {
  return all.filter((one) => one.kind === kind);
}

/** A word for the length of a bar. */
export function wordOf(strength: number): 'muchMore' | 'more' | 'little' | 'usual' | 'less' | 'muchLess' {
  if (strength >= 0.6) return 'muchMore';
  if (strength >= 0.25) return 'more';
  if (strength >= 0.08) return 'little';
  if (strength > -0.08) return 'usual';
  return strength > -0.4 ? 'less' : 'muchLess';
}
