/**
 * Every number that shapes the feed, with its range and its reason. Nothing else in the package holds a weight.
 * `resolveTunables` refuses what lies outside a range, so a desk can offer these as settings.
 */
type Tunable = { value: number; min: number; max: number; reason: string };

export const TUNABLES = {
  skipMs: { value: 3000, min: 500, max: 10_000, reason: 'left within 3 s is a skip' },
  skipShare: { value: 0.3, min: 0, max: 1, reason: 'unless 30 % of a very short item was watched by then' },
  longMs: {
    value: 20_000,
    min: 3000,
    max: 600_000,
    reason:
      'watched so long, a longer item counts as finished: it says as much as a short one watched to its end',
  },
  quantileShare: {
    value: 0.6,
    min: 0,
    max: 1,
    reason:
      'value of a view: quantile within the duration bucket (D2Q); the rest is the plain watch share, which holds when everybody finishes everything',
  },
  likeReward: { value: 0.8, min: 0, max: 5, reason: 'added to what the view was worth' },
  shareReward: { value: 1, min: 0, max: 5, reason: 'rarer and costlier than a like' },
  followReward: { value: 1, min: 0, max: 5, reason: 'counts for the creator before all' },
  hideReward: { value: -2, min: -20, max: 0, reason: 'not interested outweighs two finished views' },
  reportReward: { value: -3, min: -20, max: 0, reason: 'stronger than not interested' },
  userShrinkage: {
    value: 10,
    min: 0.1,
    max: 1000,
    reason: 'views before a user’s own mean outweighs everybody’s',
  },
  featureShrinkage: {
    value: 3,
    min: 0.1,
    max: 1000,
    reason: 'views before a tag is believed, until it is learned how much tags tell',
  },
  itemShrinkage: {
    value: 8,
    min: 0.1,
    max: 1000,
    reason: 'views before an item’s own rate outweighs everybody’s',
  },
  groundShrinkage: {
    value: 30,
    min: 0.1,
    max: 10_000,
    reason:
      'views before what a tag, creator or sound is worth to everybody stands behind an item that few have seen',
  },
  rareShrinkage: {
    value: 50,
    min: 0.1,
    max: 10_000,
    reason:
      'views before an item’s like, share, follow or hide rate is believed: one account decides nothing',
  },
  similarShrinkage: {
    value: 3,
    min: 0,
    max: 1000,
    reason: 'people on top of those who valued an item, before the share who valued another too is believed',
  },
  pairShrinkage: {
    value: 10,
    min: 0.1,
    max: 1000,
    reason: 'users who valued two items before going together is more than chance',
  },
  tasteHalfLifeDays: { value: 45, min: 1, max: 3650, reason: 'tastes fade over weeks' },
  coHalfLifeDays: { value: 60, min: 1, max: 3650, reason: 'what goes together moves slowly' },
  popularHalfLifeDays: { value: 7, min: 0.1, max: 3650, reason: 'popular means popular this week' },
  freshHalfLifeDays: { value: 3, min: 0.1, max: 3650, reason: 'how long being new helps the score' },
  accountViews: {
    value: 12,
    min: 0.1,
    max: 1000,
    reason: 'items an account has met before it counts half at an item: accounts made for one item do not',
  },
  openedShare: {
    value: 0.05,
    min: 0,
    max: 1,
    reason:
      'views by those who opened an item by themselves count up to this share of the views by those it was shown to: however many accounts are sent to an item, they lift it no further',
  },
  dailyBudget: {
    value: 600,
    min: 10,
    max: 100_000,
    reason: 'views a day one account counts fully; beyond, each counts less',
  },
  historyLength: { value: 200, min: 20, max: 5000, reason: 'events kept for a user' },
  tasteLength: { value: 160, min: 16, max: 5000, reason: 'features kept for a user' },
  neighbours: { value: 50, min: 4, max: 500, reason: 'neighbours kept for an item' },
  pairHistory: {
    value: 20,
    min: 1,
    max: 200,
    reason: 'earlier liked items that a liked item is paired with',
  },
  similarHistory: { value: 30, min: 1, max: 500, reason: 'liked items whose neighbours become candidates' },
  candidates: { value: 900, min: 50, max: 5000, reason: 'scored for one page: bounds the work' },
  sweep: {
    value: 2500,
    min: 100,
    max: 100_000,
    reason: 'catalogue entries looked at when the sources run dry',
  },
  tagWeight: { value: 1.5, min: 0, max: 10, reason: 'log-lift weight of tags' },
  creatorWeight: {
    value: 0.5,
    min: 0,
    max: 10,
    reason:
      'log-lift weight of the creator; twice as much puts what a viewer meets of one creator in a worse order',
  },
  soundWeight: {
    value: 0,
    min: 0,
    max: 10,
    reason:
      'log-lift weight of the sound: nobody is seen to watch a video longer for its sound; who asks for one gets it',
  },
  languageWeight: { value: 0.5, min: 0, max: 10, reason: 'learned languages' },
  similarWeight: { value: 0.2, min: 0, max: 10, reason: 'log-lift weight of item-to-item' },
  forecastWeight: {
    value: 2,
    min: 0,
    max: 10,
    reason: 'log-lift weight of the forecast, in units of its learned trust; 0: not asked',
  },
  forecastCandidates: { value: 200, min: 0, max: 5000, reason: 'likeliest items that become candidates' },
  relatedTogether: {
    value: 12,
    min: 0,
    max: 1000,
    reason:
      'more like this: the share of those who valued the item and valued the other too, beside all tags shared, which weigh 1',
  },
  relatedForecast: {
    value: 1,
    min: 0,
    max: 100,
    reason: 'more like this: the forecast’s word for who liked this one alone, beside all tags shared',
  },
  relatedPopular: {
    value: 2,
    min: 0,
    max: 100,
    reason:
      'more like this: popularity this week, beside all tags shared: among the like, what most would watch',
  },
  relatedViewer: {
    value: 2,
    min: 0,
    max: 100,
    reason: 'more like this: what the forecast expects this viewer to want after it, beside all tags shared',
  },
  followedWeight: { value: 0.25, min: 0, max: 10, reason: 'a follow is one weak signal among many' },
  foreignLanguage: { value: 0.4, min: 0, max: 1, reason: 'factor for a language the user did not name' },
  freshWeight: { value: 0.1, min: 0, max: 5, reason: 'score share of being new' },
  popularWeight: { value: 0.1, min: 0, max: 5, reason: 'score share of being popular this week' },
  finishWeight: {
    value: 1,
    min: -5,
    max: 5,
    reason: 'a long watch beside one longer than those of others',
  },
  likeWeight: { value: 0.5, min: -5, max: 5, reason: 'beside watch' },
  shareWeight: { value: 0.6, min: -5, max: 5, reason: 'beside watch' },
  followWeight: { value: 0.6, min: -5, max: 5, reason: 'beside watch' },
  rankerWeight: {
    value: 0.15,
    min: 0,
    max: 1,
    reason: 'the learned ranker’s share in what a showing is expected to give; the rest is rates and taste',
  },
  rankerDoubt: {
    value: 5000,
    min: 0,
    max: 10_000_000,
    reason: 'views before the learned ranker has half of its share',
  },
  ranked: {
    value: 30,
    min: 0,
    max: 5000,
    reason: 'candidates that the learned ranker looks at, the best by rates and taste',
  },
  deedsMost: {
    value: 0.15,
    min: 0,
    max: 5,
    reason:
      'the most that likes, shares and follows together add: they are cheap to make, and watching is not',
  },
  skipWeight: { value: -0.3, min: -5, max: 5, reason: 'beside watch' },
  hideWeight: { value: -4, min: -100, max: 0, reason: 'one hide costs the value of several views' },
  thompson: { value: 0.3, min: 0, max: 3, reason: 'spread of the posterior draw; 0 ranks by the mean' },
  exploration: { value: 0.09, min: 0, max: 0.5, reason: '5–10 % of slots go to new items' },
  newcomerViews: { value: 100, min: 1, max: 100_000, reason: 'first traffic pool' },
  newcomerDays: { value: 30, min: 0.1, max: 3650, reason: 'after that an item had its chance' },
  newViewerViews: {
    value: 3,
    min: 0,
    max: 100,
    reason:
      'half way of the hand-over from spanning to taste: what is found out after that costs more than it brings',
  },
  novelty: {
    value: 0.5,
    min: 0,
    max: 10,
    reason: 'when spanning: what a topic never met is worth beside the score of a good item',
  },
  similarity: {
    value: 0.15,
    min: 0,
    max: 5,
    reason:
      'MMR penalty of the same again, in units of how far the scores of what could stand on the page lie apart',
  },
  tagShareEarly: {
    value: 0.5,
    min: 0.05,
    max: 1,
    reason: 'one tag’s share of a page; early exploitation of 30–50 % (WWW 2024 audit)',
  },
  tagShareLate: { value: 0.7, min: 0.05, max: 1, reason: 'with 200 views the taste is known' },
  creatorShare: { value: 0.2, min: 0.01, max: 1, reason: 'one creator’s share of a page' },
  soundShare: { value: 0.2, min: 0.01, max: 1, reason: 'one sound’s share of a page' },
} as const satisfies Record<string, Tunable>;

export type Tunables = { -readonly [name in keyof typeof TUNABLES]: number };

/** Defaults with the given ones on top. Throws RangeError for an unknown name or a value outside its range. */
export function resolveTunables(given: Partial<Tunables> = {}): Tunables {
  const resolved = Object.fromEntries(
    Object.entries(TUNABLES).map(([name, tunable]) => [name, tunable.value]),
  ) as Tunables;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(TUNABLES, name)) throw new RangeError(`no tunable named ${name}`);
    const { min, max } = TUNABLES[name as keyof Tunables];
    if (!(value >= min && value <= max)) throw new RangeError(`${name} must lie within ${min} … ${max}`);
    resolved[name as keyof Tunables] = value;
  }
  return resolved;
}
