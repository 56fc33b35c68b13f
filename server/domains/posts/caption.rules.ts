import type { CaptionEntity } from '../../../contract/videos.ts';
import { casefold, unspacedScripts } from '../../platform/casefold.ts';

/**
 * Captions, pure: cleaning, hashtags and mentions in every script. Hashtags follow UAX #31 (R8, hashtag identifiers)
 * without its emoji: an emoji ends a tag. Offsets are UTF-16, as browsers count.
 */
export const captionLength = 2200;

/** Code points, since that is what people count as characters more than UTF-16 units are. */
export const lengthOf = (text: string) => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** Control characters and overrides of the writing direction; marks and isolates are needed and stay. */
const unwanted = /[\p{Cc}\p{Cs}\u202d\u202e\ufeff]/gu;

export function cleanCaption(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(unwanted, (mark) => (mark === '\n' ? '\n' : mark === '\t' ? ' ' : ''))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** So much of it is kept; a picture that is read holds far less. */
const pictureTextsLength = 20_000;

/** Cleaned as captions are; what is empty, or beyond the length, is left out. */
export function cleanPictureTexts(texts: readonly string[]): string[] {
  let room = pictureTextsLength;
  return texts.flatMap((text) => {
    const clean = cleanCaption(text.slice(0, room));
    room -= clean.length;
    return clean ? [clean] : [];
  });
}

/** Two spellings of one tag are one tag. */
export const canonicalTag = casefold;

/** There a tag may begin right after a letter. */
const unspacedLetter = new RegExp(`[${unspacedScripts}]`, 'u');
const wordCharacter = /[\p{XID_Continue}]/u;
const tagRun = /[\p{XID_Continue}\u00b7\u30fb\u200c\u200d]+/uy;
const url = /(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)[^\s<>"']+/giu;
const latinHandle = /[\p{Script=Latin}\p{M}\p{Nd}_.]+/uy;
const otherHandle = /[\p{L}\p{M}\p{Nd}_.]+/uy;
/** As many units as the address of a tag's page may have. */
const tagLength = 100;

/** Hashtags, and what looks like a mention: whether the person exists is not known here. In order, never overlapping. */
export function captionEntities(caption: string): CaptionEntity[] {
  const links = [...caption.matchAll(url)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const entities: CaptionEntity[] = [];
  for (const { index } of caption.matchAll(/[#＃@＠]/gu)) {
    const previous = entities.at(-1);
    if (previous && index < previous.end) continue;
    if (links.some(([from, to]) => index >= from && index < to)) continue;
    if (!mayBegin(caption, index, previous?.kind === 'hashtag' ? previous.end : -1)) continue;
    const isTag = caption[index] === '#' || caption[index] === '＃';
    const found = isTag ? tagAt(caption, index + 1) : handleAt(caption, index + 1);
    if (!found) continue;
    entities.push({ kind: isTag ? 'hashtag' : 'mention', start: index, ...found });
  }
  return entities;
}

function mayBegin(caption: string, index: number, tagEnd: number): boolean {
  if (index === 0 || index === tagEnd) return true;
  const before = [...caption.slice(Math.max(0, index - 2), index)].at(-1)!;
  if (before === '/' || before === '&' || before === '@' || before === '＠') return false;
  // Selectors and joiners belong to an emoji, after which a tag may begin.
  if (/\p{Default_Ignorable_Code_Point}/u.test(before)) return true;
  return !wordCharacter.test(before) || unspacedLetter.test(before);
}

function tagAt(caption: string, from: number): { end: number; value: string } | null {
  tagRun.lastIndex = from;
  const run = tagRun.exec(caption)?.[0];
  // A mark at the beginning sits on the # itself (the keycap emoji is made so).
  if (!run || /^\p{M}/u.test(run)) return null;
  const text = run.replace(/[\p{Default_Ignorable_Code_Point}\u00b7\u30fb]+$/u, '');
  const value = canonicalTag(text);
  if (!/[\p{L}\p{Nl}]/u.test(value) || value.length > tagLength) return null;
  return { end: from + text.length, value };
}

function handleAt(caption: string, from: number): { end: number; value: string } | null {
  // A handle has one script: `@annaさん` speaks of anna.
  const kind = /^[\p{Script=Latin}\p{Nd}_]/u.test(caption.slice(from, from + 2)) ? latinHandle : otherHandle;
  kind.lastIndex = from;
  const value = kind.exec(caption)?.[0].replace(/\.+$/, '');
  if (!value || lengthOf(value) < 2 || lengthOf(value) > 30) return null;
  return { end: from + value.length, value };
}

/** The caption's distinct tags in order; what is beyond thirty is spam and not indexed. */
export function tagsOf(entities: readonly CaptionEntity[]): string[] {
  const tags = entities.filter((entity) => entity.kind === 'hashtag').map((entity) => entity.value);
  return [...new Set(tags)].slice(0, 30);
}

/** What is left for telling the language: no addresses, tags, mentions, signs or pictures. */
export function prose(caption: string): string {
  const holes = captionEntities(caption);
  let text = '';
  let at = 0;
  for (const { start, end } of holes) {
    text += `${caption.slice(at, start)} `;
    at = end;
  }
  return (text + caption.slice(at))
    .replace(url, ' ')
    .replace(/[^\p{L}\p{M}\p{Zs}\n'’-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Below this a guess is noise. One character of a script without an alphabet says more than a letter does. */
export function longEnoughToTell(text: string): boolean {
  let weight = 0;
  for (const letter of text) {
    if (/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u.test(letter)) weight += 3;
    else if (/\p{L}/u.test(letter)) weight += 1;
  }
  return weight >= 12;
}
