/**
 * The words of the ranker: what is known before an item is shown, what came of it, what is expected. No behaviour.
 * Every id is a row of the caller's tables, 0 … 67,108,862; -1 stands for unknown. Times are Unix milliseconds.
 */
export type Showing = {
  user: number;
  /** Whatever else is known of the user and shared with others: market, age band, device. Keys of one space. */
  traits: ArrayLike<number>;
  item: number;
  creator: number;
  sound: number;
  language: number;
  /** Four are read. */
  tags: ArrayLike<number>;
  /** Where it is shown: a feed, a profile, a search. */
  surface: number;
  durationMs: number;
  publishedAtMs: number;
  atMs: number;
};

/**
 * `watch` is a quantile of watch time among items of that length; `typicalWatch` the same quantity, of which the median
 * is learned instead of the mean; `long` is a watch of eighteen seconds or to the end. The others are probabilities.
 */
export const HEADS = [
  'watch',
  'typicalWatch',
  'long',
  'finish',
  'skip',
  'like',
  'share',
  'follow',
  'hide',
] as const;
export type Head = (typeof HEADS)[number];
export const HEAD_COUNT = HEADS.length;
export const HEAD_AT = Object.fromEntries(HEADS.map((name, at) => [name, at])) as Record<Head, number>;

/** 0 … 1 each; what is not known is left out and teaches nothing. */
export type Outcome = Partial<Record<Exclude<Head, 'typicalWatch'>, number>>;
