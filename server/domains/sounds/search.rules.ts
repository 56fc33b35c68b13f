import { casefold, unspacedScripts } from '../../platform/casefold.ts';

/**
 * Searching in every script without asking Postgres for an extension: a sound is kept with the beginnings of its
 * words, and where a script puts no space between words, with its letters and pairs of letters.
 */
const longest = 12;
const unspaced = new RegExp(`[${unspacedScripts}]+`, 'gu');
/** Accents over Latin, Greek and Cyrillic letters; vowel signs of other scripts are letters and stay. */
const accents = /[\u0300-\u036f]/gu;

/** What a sound of these texts is found by. */
export function termsOf(texts: readonly (string | null)[]): string[] {
  const terms = new Set<string>();
  for (const { text, spaced } of texts.flatMap(partsOf)) {
    const letters = [...text];
    if (spaced)
      for (let end = 1; end <= letters.length && end <= longest; end++)
        terms.add(letters.slice(0, end).join(''));
    else for (const [i, letter] of letters.entries()) terms.add(letter).add(letter + (letters[i + 1] ?? ''));
  }
  return [...terms];
}

/** What a sound must have all of to be found by what somebody typed; empty: everything is found. */
export function wantedTerms(search: string): string[] {
  const wanted = partsOf(search).flatMap(({ text, spaced }) => {
    const letters = [...text];
    if (spaced) return letters.slice(0, longest).join('');
    return letters.length === 1 ? letters : letters.slice(1).map((letter, i) => letters[i]! + letter);
  });
  return [...new Set(wanted)].slice(0, 40);
}

function partsOf(text: string | null): { text: string; spaced: boolean }[] {
  const plain = casefold(text ?? '')
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC');
  const words = plain.replace(unspaced, ' ').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const runs = plain.match(unspaced) ?? [];
  return [
    ...words.map((word) => ({ text: word, spaced: true })),
    ...runs.map((run) => ({ text: run, spaced: false })),
  ];
}
