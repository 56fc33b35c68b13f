/** What two spellings of one word have in common: close to NFKC_Casefold (Unicode, section 3.13). Pure. */
export function casefold(text: string): string {
  let folded = text;
  // Folding can make something that normalises once more; it settles at the second round.
  for (let round = 0; round < 4; round++) {
    const next = folded
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      // Upper and lower again folds what has no lower case of its own (ß); the final sigma depends on its place.
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .normalize('NFKC');
    if (next === folded) break;
    folded = next;
  }
  return folded;
}

/**
 * What is compared while somebody is still writing: casefolded, and taken apart, so that the half of a Korean syllable
 * begins the whole one and `cafe` finds `café`. Marks of other scripts are letters and stay. Postgres makes the same
 * of old rows in the migrations.
 */
export function searchKey(text: string): string {
  return casefold(text)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f]/g, '');
}

/** The first text in the order of bytes that begins with nothing of what begins with `key`. */
export const endOfPrefix = (key: string) => `${key}\u{10ffff}`;

/** Scripts that put no space between words, to stand inside the brackets of a regular expression. */
export const unspacedScripts =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}\\p{scx=Tibetan}';
