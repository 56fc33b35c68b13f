/** What of a video a viewer can want more or less of. Pure. */
import type { Reason } from '../../../contract/feeds.ts';
import type { Video } from '../../../contract/videos.ts';
import type { Target } from '../../taste.ts';

/** A sheet is read at a glance; the causes come first, and the rest of a long row of hashtags is left out. */
const mostTopics = 3;

export function targetsOf(
  video: Pick<Video, 'topics' | 'entities' | 'author' | 'sound' | 'mine'>,
  because: readonly Reason[],
): Target[] {
  const keys = [
    ...because.flatMap(({ code, value }) => (code === 'topic' && value ? [value] : [])),
    ...video.topics,
    ...video.entities.flatMap(({ kind, value }) => (kind === 'hashtag' ? [value] : [])),
  ];
  const topics = [...new Set(keys)].slice(0, mostTopics);
  const { author, sound, mine } = video;
  return [
    ...topics.map((key): Target => ({ kind: 'topic', key, label: key })),
    // Nobody needs less of themselves: one's own videos come only to oneself.
    ...(mine ? [] : [{ kind: 'creator', key: author.id, label: author.handle } as const]),
    ...(sound ? [{ kind: 'sound', key: sound.id, label: sound.title } as const] : []),
  ];
}

/** Whether the video is of what the viewer said something about. Pure. */
export function isOf(
  { kind, key }: Pick<Target, 'kind' | 'key'>,
  { topics, entities, author, sound }: Pick<Video, 'topics' | 'entities' | 'author' | 'sound'>,
): boolean {
  if (kind === 'creator') return author.id === key;
  if (kind === 'sound') return sound?.id === key;
  return topics.includes(key) || entities.some((entity) => entity.kind === 'hashtag' && entity.value === key);
}
