import { casefold, unspacedScripts } from '../../platform/casefold.ts';

/**
 * Muted words, pure. A word or phrase is found whole, in any case, width and composition; in scripts that put no space
 * between words it is found anywhere, since there a word has no edge that could be seen.
 */
export type MutedText = {
  caption: string;
  topics: readonly string[];
  tags: readonly string[];
  /** What is said in the video. */
  cues: readonly { text: string }[] | null;
  /** What is drawn into its picture. */
  pictureTexts: readonly string[];
  /** Said in other languages, and said or drawn in the videos whose picture it shows. */
  textsInside: readonly string[];
};

/** Points of Hebrew, Arabic's short vowels and its stretched line: people write the same word with and without. */
const points = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/g;

/** Nothing in it has another spelling. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const plain = /^[\x00-\x7f]*$/;

/**
 * What two spellings of one word have in common, as hashtags are canonical, and without points. Runs of white space
 * are one space.
 */
export function foldText(text: string): string {
  if (plain.test(text)) return text.toLowerCase().replace(/\s+/g, ' ').trim();
  return casefold(text).replace(points, '').replace(/\s+/g, ' ').trim();
}

const wordCharacter = /[\p{L}\p{M}\p{N}\p{Pc}]/u;
const mark = /\p{M}/u;
const hangul = /\p{scx=Hangul}/u;
const unspaced = new RegExp(`[${unspacedScripts}]`, 'u');

/** True: these two characters stand inside one word. */
function isOneWord(left: string, right: string): boolean {
  if (mark.test(right)) return true;
  if (!wordCharacter.test(left) || !wordCharacter.test(right)) return false;
  return !unspaced.test(left) && !unspaced.test(right);
}

/** Korean writes its particles right behind the word, so that there only its beginning is an edge. */
const endsInside = (left: string, right: string) =>
  isOneWord(left, right) && (mark.test(right) || !(hangul.test(left) && hangul.test(right)));

type Phrase = { text: string; first: string; last: string; joined: string; isWord: boolean };

/** Letters of one word, in scripts that put spaces between words. */
const wordRun = new RegExp(`[[\\p{L}\\p{M}\\p{N}\\p{Pc}]--[${unspacedScripts}]]+`, 'gv');
const isRun = (text: string) => text.match(wordRun)?.[0] === text;

const before = (text: string, at: number) => [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
const after = (text: string, at: number) => [...text.slice(at, at + 2)][0] ?? '';

function isIn(text: string, phrase: Phrase): boolean {
  for (let at = text.indexOf(phrase.text); at >= 0; at = text.indexOf(phrase.text, at + 1)) {
    const end = at + phrase.text.length;
    const left = before(text, at);
    const right = after(text, end);
    if ((!left || !isOneWord(left, phrase.first)) && (!right || !endsInside(phrase.last, right))) return true;
  }
  return false;
}

/** No word reaches from one part of a video's text into the next. */
const border = '\u0000';

/** So much of what is said is looked at, an hour of talking: a video's captions may be a megabyte of anything. */
const longestSpoken = 60_000;

type Read = { text: string; tags: ReadonlySet<string>; words: ReadonlySet<string> };
/** Folded once for each post: rooms hand out the same object until its row has changed. */
const folded = new WeakMap<MutedText, Read>();

function readText(post: MutedText): Read {
  const known = folded.get(post);
  if (known) return known;
  const tags = [...post.topics, ...post.tags].map(foldText);
  let spoken = '';
  for (const cue of post.cues ?? []) {
    // A sentence may go on in the next line of the captions.
    spoken += ` ${cue.text}`;
    if (spoken.length > longestSpoken) break;
  }
  const drawn = [...post.pictureTexts, ...post.textsInside].map(foldText);
  const text = [foldText(post.caption), foldText(spoken), ...drawn, ...tags].join(border);
  const read = { text, tags: new Set(tags), words: new Set(text.match(wordRun)) };
  folded.set(post, read);
  return read;
}

/** Says of a video's text whether one of the words or tags is in it. */
export function openMutes(mutedWords: readonly string[], mutedTags: Iterable<string>) {
  const tags = [...mutedTags].map(foldText).filter(Boolean);
  const phrases = mutedWords
    .map(foldText)
    .filter(Boolean)
    .map((text): Phrase => {
      const letters = [...text];
      // A phrase is written in one in hashtags. A word of a script with spaces is one of the text's words or is not in it.
      const isWord = isRun(text) && !hangul.test(letters.at(-1)!);
      return { text, first: letters[0]!, last: letters.at(-1)!, joined: text.replaceAll(' ', ''), isWord };
    });
  if (tags.length === 0 && phrases.length === 0) return () => false;
  return (post: MutedText): boolean => {
    const read = readText(post);
    return (
      tags.some((tag) => read.tags.has(tag)) ||
      phrases.some(
        (phrase) =>
          read.tags.has(phrase.joined) ||
          (phrase.isWord ? read.words.has(phrase.text) : isIn(read.text, phrase)),
      )
    );
  };
}
