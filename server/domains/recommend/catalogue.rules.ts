import type { PostFacts } from '../../../contract/events.ts';
import type { GraphItem } from '../../../packages/content-graph/content-graph.ts';

/** For You holds what everybody may see; everything else is reached through its author. */
export const isForEverybody = (facts: PostFacts): boolean => facts.audience === 'everyone';

/** Topics and hashtags are one vocabulary: a video tagged #cooking and one filed under cooking are alike. */
export function itemOf(facts: PostFacts): GraphItem & { creator: string } {
  return {
    id: facts.videoId,
    creator: facts.authorId,
    sound: facts.soundId,
    tags: [...new Set([...facts.topics, ...facts.tags])],
    language: facts.language,
    durationMs: facts.durationMs,
    publishedAtMs: Date.parse(facts.publishedAt),
  };
}
