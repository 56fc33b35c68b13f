/**
 * The hashtag or mention that is being written: what stands between its mark and the caret, and what becomes of the
 * text when one is chosen. Pure; offsets are UTF-16, as a text field counts.
 */
export type Token = { kind: 'hashtag' | 'mention'; start: number; end: number; query: string };

const unspaced =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}';
const written = '[\\p{L}\\p{N}\\p{M}_\\u00b7\\u30fb\\u200c\\u200d]';
/** Not in the middle of a word, but for scripts that put no space between words; not in an address. */
const token = new RegExp(
  `(?:(?<![\\p{L}\\p{N}\\p{M}_#＃@＠&/])|(?<=[${unspaced}]))(?:[#＃](?<tag>${written}*)|[@＠](?<name>(?:${written}|\\.)*))$`,
  'u',
);
const rest = new RegExp(`^${written}*`, 'u');
/** Longer ones are written to their end by themselves. */
const longest = 60;

export function tokenAt(text: string, caret: number): Token | null {
  const match = token.exec(text.slice(Math.max(0, caret - longest), caret));
  const query = match?.groups?.tag ?? match?.groups?.name;
  if (!match || query === undefined) return null;
  const end = caret + (rest.exec(text.slice(caret))?.[0].length ?? 0);
  const kind = match.groups?.tag === undefined ? 'mention' : 'hashtag';
  return { kind, start: caret - match[0].length, end, query };
}

/** What is written in place of the token; one space after it, so that writing goes on. */
export function completed(text: string, at: Token, value: string): { insert: string; end: number } {
  const insert = `${at.kind === 'hashtag' ? '#' : '@'}${value} `;
  // A space that is there already is the one.
  return { insert, end: text[at.end] === ' ' ? at.end + 1 : at.end };
}
