import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';

/** Why a served video was chosen; the order is part of tokens already handed out, so new ones go to the end. */
export const impressionSources = [
  'interest',
  'similar',
  'creator',
  'sound',
  'tag',
  'fresh',
  'popular',
  'explore',
  'followed',
  'following',
  'again',
  'link',
  'at-profile',
  'at-tag',
  'at-sound',
  'at-playlist',
  'at-related',
  'at-discover',
] as const;
export type ImpressionSource = (typeof impressionSources)[number];

const unchosen: ReadonlySet<string> = new Set([
  'following',
  'link',
  'at-profile',
  'at-tag',
  'at-sound',
  'at-playlist',
  'at-related',
  'at-discover',
] satisfies ImpressionSource[]);
/** For You chose it. The rest came in order of time, or was opened by the viewer. */
export const isChosen = (source: string): boolean => !unchosen.has(source);

/** One video served to one viewer: all a signal needs to be checked and learned from without a query. */
export type Impression = {
  viewerId: ViewerId;
  videoId: VideoId;
  authorId: AccountId;
  servedAtMs: number;
  pageId: string;
  position: number;
  source: ImpressionSource;
  /** The slot was given away to learn something. */
  exploration: boolean;
  durationMs: number;
};

const digits = (value: number) => Math.max(0, Math.round(value)).toString(36);

/** About 110 letters; ids never hold a dot. */
export function packImpression(impression: Impression): string {
  return [
    impression.viewerId,
    impression.videoId,
    impression.authorId,
    digits(impression.servedAtMs),
    impression.pageId,
    digits(impression.position),
    digits(impressionSources.indexOf(impression.source) * 2 + (impression.exploration ? 1 : 0)),
    digits(impression.durationMs),
  ].join('.');
}

/** Null when the text is not one of ours. */
export function unpackImpression(text: string): Impression | null {
  const parts = text.split('.');
  if (parts.length !== 8) return null;
  const [viewer, video, author, servedAt, pageId, position, chosen, duration] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const numbers = [servedAt, position, chosen, duration].map((part) => Number.parseInt(part, 36));
  const source = impressionSources[numbers[2]! >> 1];
  if (!source || !numbers.every(Number.isSafeInteger)) return null;
  // What we signed ourselves had its form checked when it was made; the brands are given back here.
  return {
    viewerId: viewer as ViewerId,
    videoId: video as VideoId,
    authorId: author as AccountId,
    servedAtMs: numbers[0]!,
    pageId,
    position: numbers[1]!,
    source,
    exploration: (numbers[2]! & 1) === 1,
    durationMs: numbers[3]!,
  };
}

/** The UTC day that decides on the partition, like 2026-01-31. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
