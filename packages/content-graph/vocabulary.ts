/**
 * The words of the content graph: what goes in, what comes out. No behaviour.
 * Times are Unix milliseconds given by the caller; the library has no clock. Ids are opaque strings.
 */
import type { FittedForecast } from './forecast/forecast.ts';
import type { Lessons } from './forecast/lessons.ts';
import type { Tunables } from './tunables.ts';

export type ContentGraphOptions = {
  /** The same seed, state and request give the same page. */
  seed: number;
  tunables?: Partial<Tunables>;
};

export type GraphItem = {
  id: string;
  /** Null where items have none: one name for all of them would cap pages and teach nothing. */
  creator: string | null;
  sound: string | null;
  /** At most 16 are kept; order does not matter. */
  tags: string[];
  language: string | null;
  /** 0: unknown; watching for the tunable `longMs` counts as finishing then. */
  durationMs: number;
  /** An item is not ranked for a request whose `atMs` lies before this. */
  publishedAtMs: number;
};

export type GraphEventKind = 'view' | 'like' | 'unlike' | 'share' | 'follow' | 'not-interested' | 'report';

export type GraphEvent = {
  user: string;
  item: string;
  atMs: number;
  kind: GraphEventKind;
  /** View only: time watched in total, replays included. Missing counts as loops × duration, else 0. */
  watchedMs?: number;
  /** View only: how often the item ran through from start to end. */
  loops?: number;
  /** View only: overrides the item's own duration when the player knew better. */
  durationMs?: number;
  /**
   * The user came to the item by themselves (a link, a profile, a list of their own): it was not ranked for them. Teaches
   * their own taste as ever; what items are worth to everybody is learned from those whom they were shown to.
   */
  opened?: boolean;
};

/** `refused`: malformed (empty id, time that is no time, negative or non-finite number, unknown kind). */
export type LearnOutcome = 'learned' | 'unknown-item' | 'refused';

export type RankRequest = {
  user: string;
  atMs: number;
  /** 1 … 100; more is cut to 100. */
  limit: number;
  /** True: leave this item out (already on the viewer's screen, muted, …). */
  exclude?: (itemId: string) => boolean;
  /** False: leave this item out (whoever decides on visibility says no). */
  allow?: (itemId: string) => boolean;
  /**
   * On the user's screen already and not heard of yet: what a page is asked for before the last one was watched. Their
   * topics and creators count as met when topics are spanned. The latest 100 are read.
   */
  ahead?: readonly string[];
  /** Creators the user follows: one weak signal among many. */
  follows?: string[];
  /** Languages the user reads or hears; others are ranked lower, not removed. */
  languages?: string[];
  /** False: popular and fresh by language only; of the user's state only what was seen is used. */
  profiling?: boolean;
  /**
   * What the user asked for: by `tag:x`, `creator:x` or `sound:x` a log lift (−5 … 5) on top of what was learned. Above 0
   * the feature's items are candidates as well; below 0 what was learned in its favour does not count. At most 1,000 are read; not used without profiling.
   */
  lean?: ReadonlyMap<string, number>;
  /** Mixed into the graph's seed; the same request with another seed gives another draw. */
  seed?: number;
};

/** Whom more like this is for. Without profiling only what they have met and their languages count. */
export type RelatedViewer = Pick<
  RankRequest,
  'user' | 'profiling' | 'languages' | 'lean' | 'allow' | 'exclude'
>;

export type RankSource =
  | 'interest'
  | 'similar'
  | 'creator'
  | 'sound'
  | 'tag'
  | 'fresh'
  | 'popular'
  | 'explore'
  | 'followed';

/** Expected outcome of showing the item to this user: probabilities, and `watch` a quantile of watch time. */
export type Heads = {
  watch: number;
  finish: number;
  skip: number;
  like: number;
  share: number;
  follow: number;
  hide: number;
};

export type RankedItem = {
  id: string;
  /** Comparable within one page only. */
  score: number;
  source: RankSource;
  /** Why: item ids of the user's own history, `tag:x`, `creator:x`, `sound:x`, `language:x`, or `lean:tag:x` when asked for. */
  causes: string[];
  heads: Heads;
  /** True when the slot was given away to learn something, not because the item scored highest. */
  exploration: boolean;
  /** Probability in (0, 1] that this slot showed this item in this way, given the state. */
  propensity: number;
};

/** A weight is what the key adds to the worth of a view, 0 … 1, as far as it is believed: below 0 is dislike. */
export type TasteEntry = { key: string; weight: number };
export type Taste = {
  tags: TasteEntry[];
  creators: TasteEntry[];
  sounds: TasteEntry[];
  languages: TasteEntry[];
  /** Views it was learned from; they fade with time. */
  views: number;
};

export type GraphStats = {
  /** Items that can be ranked. */
  items: number;
  droppedItems: number;
  users: number;
  /** Distinct tags, creators, sounds and languages. */
  features: number;
  events: { learned: number; unknownItem: number; refused: number };
  /** Mean value of a view, 0 … 1. */
  meanValue: number;
  /** Bytes held in typed arrays; ids and their maps come on top (about 150 bytes an id). */
  bytes: number;
};

export type ContentGraph = {
  /** Inserts or replaces; brings a dropped item back with what was learned about it. Throws TypeError on malformed input. */
  putItem(item: GraphItem): void;
  /** Idempotent; the item is not ranked again until it is put again. */
  dropItem(id: string): void;
  /** Drops every item for which this is false. */
  retainItems(isKept: (id: string) => boolean): void;
  learn(event: GraphEvent): LearnOutcome;
  /** The user has met the item: it is not ranked for them again, and nothing else is learned. Again: the same. */
  see(user: string, item: string): LearnOutcome;
  /** Best first, no duplicates, nothing the user has viewed. Reads only: ranking changes no state. */
  rank(request: RankRequest): RankedItem[];
  /**
   * More like this, at most 100; for nobody in particular, or for a viewer: then what they have met comes last, and what
   * they turned away from not at all. Empty for an unknown item. Throws TypeError for a viewer that is no id.
   */
  related(item: string, limit: number, atMs: number, viewer?: RelatedViewer): RankedItem[];
  /** Moves taste, history and what was seen; `from` is forgotten. */
  mergeUser(from: string, into: string): void;
  /** Erases the user. With `keepSeen` only the taste goes: nothing repeats, and one account cannot count twice. */
  forgetUser(user: string, options?: { keepSeen?: boolean }): void;
  tasteOf(user: string): Taste;
  snapshot(): Uint8Array;
  /**
   * The same bytes in pieces of a few milliseconds: the state is copied at once, each `next()` writes a stretch, and
   * the last returns the whole. The graph may learn in between; what it learns is not in these bytes.
   */
  snapshotInSteps(): Generator<void, Uint8Array>;
  /** What `fitForecast` learns from, gathered in steps of a few milliseconds: plain columns for another thread. */
  lessonsInSteps(): Generator<void, Lessons>;
  /**
   * From the next request on, asks this forecast for candidates and lifts, instead of the one before; null: none. Items
   * the graph does not know are left out. Not in snapshots.
   */
  adopt(forecast: FittedForecast | null): void;
  /** The same graph (one memory, not a copy) under other tunables. */
  retuned(options: ContentGraphOptions): ContentGraph;
  stats(): GraphStats;
};
