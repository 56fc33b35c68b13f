import { Refusal } from '../../../contract/errors.ts';
import type { LeaningKind, TasteSettings } from '../../../contract/taste.ts';
import { foldText, type MutedText, openMutes } from './mutes.rules.ts';

/** What viewers say about their feed, and what follows from it. Pure. */
export type Said = Pick<TasteSettings, 'mutedWords' | 'mutedTags'> & {
  /** Null: never said. */
  profiling: boolean | null;
  learning: boolean | null;
  hideAiMade: boolean | null;
};
export type LeaningRow = { kind: LeaningKind; key: string; level: number };

export type Judged = MutedText & {
  authorId: string;
  soundId: string | null;
  disclosure: { aiMade: boolean };
};

export type Wishes = {
  settings: TasteSettings;
  /** Latest first; none has level 0. */
  leanings: readonly LeaningRow[];
  /** Never to be shown (level −2, muted hashtags), by canonical key. */
  never: Record<LeaningKind, ReadonlySet<string>>;
  /** False: `hides` is false for everything. */
  hidesSomething: boolean;
  /** Not to be shown whoever made it: muted, an unwanted topic or sound, or made by AI and that is not wanted. */
  hides(post: Judged): boolean;
  /** Has a muted word or hashtag in it. */
  mutes(text: MutedText): boolean;
};

const mostOf = { mutedWords: 200, mutedTags: 200 } as const;
export const mostLeanings = 500;

export function settingsOf(said: Said | null): TasteSettings {
  return {
    profiling: said?.profiling ?? true,
    learning: said?.learning ?? true,
    hideAiMade: said?.hideAiMade ?? false,
    mutedWords: said?.mutedWords ?? [],
    mutedTags: said?.mutedTags ?? [],
  };
}

export function wishesOf(said: Said | null, leanings: readonly LeaningRow[]): Wishes {
  const settings = settingsOf(said);
  const keysOf = (kind: LeaningKind) =>
    leanings.filter((one) => one.kind === kind && one.level <= -2).map((one) => one.key);
  const topics = [...keysOf('topic'), ...settings.mutedTags.map(foldText)];
  const never = {
    topic: new Set(topics),
    creator: new Set(keysOf('creator')),
    sound: new Set(keysOf('sound')),
  };
  const mutes = openMutes(settings.mutedWords, topics);
  const { hideAiMade } = settings;
  return {
    settings,
    leanings,
    never,
    hidesSomething: hideAiMade || settings.mutedWords.length > 0 || topics.length > 0 || never.sound.size > 0,
    hides: (post) =>
      (hideAiMade && post.disclosure.aiMade) ||
      (post.soundId !== null && never.sound.has(post.soundId)) ||
      mutes(post),
    mutes,
  };
}

export const isSaid = (said: Said, leanings: readonly LeaningRow[]): boolean =>
  leanings.length > 0 ||
  [said.profiling, said.learning, said.hideAiMade].some((one) => one !== null) ||
  said.mutedWords.length + said.mutedTags.length > 0;

/** In words and wishes. */
export const sizeOf = ({ settings, leanings }: Wishes): number =>
  1 + settings.mutedWords.length + settings.mutedTags.length + leanings.length;

/** A guest's word and a member's, when the guest turns out to be the member: the member's own holds where both spoke. */
export function joinSaid(member: Said, guest: Said): Said {
  return {
    profiling: member.profiling ?? guest.profiling,
    learning: member.learning ?? guest.learning,
    hideAiMade: member.hideAiMade ?? guest.hideAiMade,
    mutedWords: distinct([...member.mutedWords, ...guest.mutedWords]).slice(0, mostOf.mutedWords),
    mutedTags: distinct([...member.mutedTags, ...guest.mutedTags]).slice(0, mostOf.mutedTags),
  };
}

/** Words as they are kept. Throws invalid_input for one of which nothing is left to be looked for. */
export function cleanWords(words: readonly string[]): string[] {
  const clean = words.map((word, at) => {
    const kept = word
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
      .trim();
    if (!/[^\p{M}\s]/u.test(foldText(kept)))
      throw fault('body', `mutedWords.${at}`, 'has nothing to look for');
    return kept;
  });
  return distinct(clean);
}

export function cleanTags(tags: readonly string[]): string[] {
  return distinct(tags.map((tag, at) => topicOf(tag) ?? refuse('body', `mutedTags.${at}`)));
}

/** Throws invalid_input. */
export const cleanTopic = (key: string): string => topicOf(key) ?? refuse('path', 'key');

function topicOf(text: string): string | null {
  const tag = foldText(text.replace(/^\s*[#＃]+/, ''));
  return /[\p{L}\p{Nl}]/u.test(tag) && !/[\s\p{Cc}\p{Cs}]/u.test(tag) && tag.length <= 100 ? tag : null;
}

const refuse = (where: 'path' | 'body', path: string): never => {
  throw fault(where, path, 'is no topic or hashtag');
};
export const fault = (where: 'path' | 'body', path: string, message: string) =>
  new Refusal('invalid_input', { where, faults: [{ path, message }] });

function distinct(words: readonly string[]): string[] {
  const byFold = new Map<string, string>();
  for (const word of words) {
    const key = foldText(word);
    if (!byFold.has(key)) byFold.set(key, word);
  }
  return [...byFold.values()];
}
