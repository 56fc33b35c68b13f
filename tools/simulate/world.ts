/**
 * A world with hidden tastes: videos of one topic and a quality, viewers who love a few topics and turn away from others,
 * and what such a viewer does with such a video. Pure and seeded. Knows no server and no graph: whoever serves these
 * viewers sees of a taste only what they watch.
 */
import { below, type Chance, drawIndex, drawQuantile, drawSome, normal } from './chance.ts';
import type { WorldStatistics } from './statistics.ts';

export type WorldVideo = {
  /** Place among the videos of its world. */
  at: number;
  topic: number;
  tags: string[];
  creator: number;
  durationMs: number;
  publishedAtMs: number;
  /** Log odds on top of the topic's: what no tag tells. */
  quality: number;
};

export type WorldViewer = {
  loved: ReadonlySet<number>;
  disliked: ReadonlySet<number>;
  /** Log odds on top of everybody's. */
  mood: number;
};

export type Watched = {
  isLong: boolean;
  watchedMs: number;
  loops: number;
  deeds: ('like' | 'share' | 'follow' | 'not_interested')[];
};

/** Set, not measured (see statistics.ts): from three in ten to eight in ten, and to one in twelve. */
const LOVED = 2.3;
const DISLIKED = -1.6;
const LOVED_TOPICS = 2;
const DISLIKED_TOPICS = 3;
/** The rest of a creator's videos is of any topic, so that knowing the creator is not knowing the topic. */
const OWN_TOPIC_SHARE = 0.6;
const WEEKS_MS = 28 * 86_400_000;

export function drawVideos(
  statistics: WorldStatistics,
  chance: Chance,
  wish: { count: number; creators: number; atMs: number },
): WorldVideo[] {
  const shares = statistics.topics.map((topic) => topic.share);
  const own = Array.from({ length: wish.creators }, () => drawIndex(chance, shares));
  return Array.from({ length: wish.count }, (_, at) => {
    const creator = at < wish.creators ? at : below(chance, wish.creators);
    const topic = chance() < OWN_TOPIC_SHARE ? own[creator]! : drawIndex(chance, shares);
    return drawVideo(statistics, chance, { at, creator, topic, atMs: wish.atMs - chance() * WEEKS_MS });
  });
}

export function drawVideo(
  statistics: WorldStatistics,
  chance: Chance,
  wish: { at: number; creator: number; topic: number; atMs: number; quality?: number },
): WorldVideo {
  return {
    at: wish.at,
    topic: wish.topic,
    // The second tag is one of twenty that go across topics and say nothing.
    tags: [statistics.topics[wish.topic]!.tag, `mood${below(chance, 20)}`],
    creator: wish.creator,
    durationMs: Math.round(drawQuantile(chance, statistics.durationsMs)),
    publishedAtMs: Math.round(wish.atMs),
    quality: wish.quality ?? normal(chance) * statistics.qualitySpread,
  };
}

export function drawViewer(statistics: WorldStatistics, chance: Chance): WorldViewer {
  const weights = statistics.topics.map((topic) => topic.share * topic.longRate);
  const [...drawn] = drawSome(chance, weights, LOVED_TOPICS + DISLIKED_TOPICS);
  return {
    loved: new Set(drawn.slice(0, LOVED_TOPICS)),
    disliked: new Set(drawn.slice(LOVED_TOPICS)),
    mood: normal(chance) * statistics.moodSpread,
  };
}

/** The value of showing this video to this viewer: how likely it is watched long. */
export function longChance(statistics: WorldStatistics, viewer: WorldViewer, video: WorldVideo): number {
  const rate = statistics.topics[video.topic]!.longRate;
  const taste = viewer.loved.has(video.topic) ? LOVED : viewer.disliked.has(video.topic) ? DISLIKED : 0;
  const odds = Math.log(rate / (1 - rate)) + taste + video.quality + viewer.mood;
  return 1 / (1 + Math.exp(-odds));
}

export function watch(
  statistics: WorldStatistics,
  chance: Chance,
  viewer: WorldViewer,
  video: WorldVideo,
): Watched {
  const { rates } = statistics;
  const isLong = chance() < longChance(statistics, viewer, video);
  const share = drawQuantile(chance, isLong ? statistics.longShares : statistics.shortShares);
  const watchedMs = Math.round(share * video.durationMs);
  const deeds: Watched['deeds'] = [];
  if (isLong) {
    if (chance() < rates.like) deeds.push('like');
    if (chance() < rates.share) deeds.push('share');
    if (chance() < rates.follow) deeds.push('follow');
  } else if (viewer.disliked.has(video.topic) && chance() < rates.hide) deeds.push('not_interested');
  return { isLong, watchedMs, loops: Math.floor(share), deeds };
}
