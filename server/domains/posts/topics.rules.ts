import { type Topic, topics } from '../../../contract/topics.ts';
import { casefold } from '../../platform/casefold.ts';
import { canonicalTag } from './caption.rules.ts';
import { topicWords } from './topics.words.ts';

/** Which topics a caption may be about, pure: what people chose beside its tags on this server, and lists of words. */

export type TagTopics = { tag: string; topic: string; videos: number };

/** As many as are worth reading; the writer chooses. */
const most = 3;
/** Below this one word, seen rarely, speaks for too much. */
const enough = 0.5;
/** A word is said in passing, a hashtag is meant. */
const weightOf = { tag: 1, word: 0.7 } as const;
/** So many videos must agree before what was chosen here counts as much as a word of the list. */
const trustedFrom = 3;

type Lookup = { whole: Map<string, Topic[]>; stems: Map<string, Topic[]> };
const lookups = Object.fromEntries(
  Object.entries(topicWords).map(([language, lists]) => {
    const lookup: Lookup = { whole: new Map(), stems: new Map() };
    for (const topic of topics) {
      for (const word of lists[topic].split(' ')) {
        const map = word.endsWith('*') ? lookup.stems : lookup.whole;
        const key = casefold(word.replace('*', ''));
        map.set(key, [...(map.get(key) ?? []), topic]);
      }
    }
    return [language, lookup];
  }),
) as Record<keyof typeof topicWords, Lookup>;

/** The topics of one casefolded word, in the lists of these languages. */
function listed(word: string, languages: readonly (keyof typeof topicWords)[]): Set<Topic> {
  const found = new Set<Topic>();
  for (const language of languages) {
    const { whole, stems } = lookups[language];
    for (const topic of whole.get(word) ?? []) found.add(topic);
    for (let end = 2; end <= word.length; end++)
      for (const topic of stems.get(word.slice(0, end)) ?? []) found.add(topic);
  }
  return found;
}

/** The caption's words as they may stand among tags; at most so many, from its beginning. */
export function wordsOf(prose: string): string[] {
  const words = prose.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => [...word].length >= 2);
  return [...new Set(words.map(canonicalTag))].slice(0, 60);
}

export function suggestTopics(
  said: { tags: readonly string[]; words: readonly string[]; language: string | null },
  counts: readonly TagTopics[],
): Topic[] {
  const scores = new Map<Topic, number>();
  const add = (topic: string, by: number) => {
    if (topics.includes(topic as Topic)) scores.set(topic as Topic, (scores.get(topic as Topic) ?? 0) + by);
  };
  const both = ['en', 'de'] as const;
  // The language is told from the words; tags are often of another.
  const ofWords = both.filter((language) => language === said.language);
  const weigh = (text: string, weight: number, languages: readonly (keyof typeof topicWords)[]) => {
    for (const topic of listed(text, languages)) add(topic, weight);
    const rows = counts.filter((row) => row.tag === text);
    const total = rows.reduce((sum, row) => sum + row.videos, 0);
    for (const row of rows) add(row.topic, (weight * row.videos) / Math.max(total, trustedFrom));
  };
  for (const tag of said.tags) weigh(tag, weightOf.tag, both);
  for (const word of said.words) {
    if (!said.tags.includes(word)) weigh(word, weightOf.word, ofWords.length > 0 ? ofWords : both);
  }
  return [...scores]
    .filter(([, score]) => score >= enough)
    .sort(([a, x], [b, y]) => y - x || topics.indexOf(a) - topics.indexOf(b))
    .slice(0, most)
    .map(([topic]) => topic);
}
