/**
 * What pages and signals add to the sums of the feed's health. Pure. Each page and each signal adds the same whenever
 * and with whatever others it is counted, so the sums do not depend on how the log was cut into batches.
 */
export type Sums = Record<string, number>;

/** A page of For You, as the feed remembers it. */
export type TalliedPage = {
  viewerId: string;
  servedAtMs: number;
  videoIds: readonly string[];
  choices: readonly { exploration: boolean }[];
  /** `experiment:variant` */
  variants: readonly string[];
};

/** The page of a signal: what was predicted for each place, 0 … 99, and of which variants it was. */
export type SignalledPage = {
  viewerId: string;
  variants: readonly string[];
  predicted: readonly (number | null)[];
};

/** A signal of the log. */
export type TalliedSignal = {
  kind: string;
  authorId: string;
  happenedAtMs: number;
  watchedMs: number;
  addedMs: number;
  durationMs: number;
  position: number;
  source: string;
  exploration: boolean;
  saysNew: boolean;
};

export type SliceTally = {
  hourMs: number;
  slice: string;
  sums: Sums;
  videos: Set<string>;
  creators: Set<string>;
};
export const viewerSums = [
  'served',
  'seen',
  'watched_ms',
  'value',
  'skips',
  'likes',
  'shares',
  'follows',
  'hides',
] as const;
export type ViewerSum = (typeof viewerSums)[number];
export type ViewerTally = {
  experiment: string;
  variant: string;
  viewerId: string;
  sums: Record<ViewerSum, number>;
};
export type Tally = { slices: Map<string, SliceTally>; viewers: Map<string, ViewerTally> };

const hourMs = 3_600_000;
const skipMs = 3000;
const skipShare = 0.3;

export const openTally = (): Tally => ({ slices: new Map(), viewers: new Map() });

/** The share of a video that was watched; beyond its end it is whole. */
export function watchValue(watchedMs: number, durationMs: number): number {
  return durationMs > 0 ? Math.min(1, watchedMs / durationMs) : 0;
}

/** Left within three seconds, and before 30 % of a video shorter than ten. */
export function isSkip(watchedMs: number, durationMs: number): boolean {
  return watchedMs < skipMs && watchedMs < skipShare * durationMs;
}

export function addPage(tally: Tally, page: TalliedPage): void {
  const { videoIds, choices } = page;
  for (const slice of slicesAt(tally, page.servedAtMs, page.variants)) {
    add(slice.sums, 'pages', 1);
    add(slice.sums, 'served', videoIds.length);
    add(slice.sums, 'exploredServed', choices.filter((choice) => choice.exploration).length);
    for (const id of videoIds) slice.videos.add(id);
  }
  for (const viewer of viewersOf(tally, page)) viewer.sums.served += videoIds.length;
}

/**
 * `page` is null when it has been dropped since: then nobody knows its variant and what was predicted.
 * `isNew`: the creator was hardly watched by anybody before; `isNovel`: not by this viewer.
 */
export function addSignal(
  tally: Tally,
  signal: TalliedSignal,
  page: SignalledPage | null,
  creator: { isNew: boolean; isNovel: boolean },
): void {
  const slices = slicesAt(tally, signal.happenedAtMs, page?.variants ?? []);
  const viewers = page ? viewersOf(tally, page) : [];
  const both = (name: ViewerSum, by: number) => {
    for (const { sums } of slices) add(sums, name, by);
    for (const { sums } of viewers) sums[name] += by;
  };
  if (signal.kind !== 'view') {
    const name = deeds[signal.kind];
    if (name && signal.saysNew) both(name, signal.kind === 'unlike' ? -1 : 1);
    return;
  }
  const { watchedMs, addedMs, durationMs } = signal;
  // A report of nothing watched is no view; a later one of the same impression says how much was added.
  if (addedMs <= 0) return;
  const beforeMs = watchedMs - addedMs;
  const isFirst = beforeMs <= 0;
  const value = watchValue(watchedMs, durationMs) - (isFirst ? 0 : watchValue(beforeMs, durationMs));
  const skips = Number(isSkip(watchedMs, durationMs)) - (isFirst ? 0 : Number(isSkip(beforeMs, durationMs)));
  both('watched_ms', addedMs);
  both('value', value);
  both('skips', skips);
  both('seen', isFirst ? 1 : 0);
  const predicted = page?.predicted[signal.position] ?? null;
  for (const { sums, creators } of slices) {
    add(sums, `source.${signal.source}.value`, value);
    if (signal.exploration) add(sums, 'exploredValue', value);
    if (predicted !== null) add(sums, `bin.${binOf(predicted)}.watched`, value);
    if (!isFirst) continue;
    add(sums, `source.${signal.source}.seen`, 1);
    if (signal.exploration) add(sums, 'exploredSeen', 1);
    if (creator.isNew) add(sums, 'fresh', 1);
    if (creator.isNovel) add(sums, 'novel', 1);
    creators.add(signal.authorId);
    if (predicted === null) continue;
    add(sums, `bin.${binOf(predicted)}.seen`, 1);
    // The middle of the hundredth it was cut to.
    add(sums, `bin.${binOf(predicted)}.predicted`, (predicted + 0.5) / 100);
  }
}

/** True when this is the first that was heard of an impression being watched. */
export function isFirstView(signal: Pick<TalliedSignal, 'kind' | 'addedMs' | 'watchedMs'>): boolean {
  return signal.kind === 'view' && signal.addedMs > 0 && signal.addedMs >= signal.watchedMs;
}

export function addSums(into: Sums, sums: Sums): Sums {
  for (const [name, value] of Object.entries(sums)) add(into, name, value);
  return into;
}

const deeds: Record<string, ViewerSum | undefined> = {
  like: 'likes',
  unlike: 'likes',
  share: 'shares',
  follow: 'follows',
  not_interested: 'hides',
};

const binOf = (predicted: number) => Math.max(0, Math.min(9, Math.floor(predicted / 10)));

function add(sums: Sums, name: string, by: number): void {
  if (by !== 0) sums[name] = (sums[name] ?? 0) + by;
}

function slicesAt(tally: Tally, atMs: number, variants: readonly string[]): SliceTally[] {
  const hour = Math.floor(atMs / hourMs) * hourMs;
  return ['', ...variants].map((slice) => {
    const key = `${hour} ${slice}`;
    let found = tally.slices.get(key);
    if (!found) {
      found = { hourMs: hour, slice, sums: {}, videos: new Set(), creators: new Set() };
      tally.slices.set(key, found);
    }
    return found;
  });
}

/** The viewer the page was served to, in each experiment they took part in. */
function viewersOf(tally: Tally, page: Pick<TalliedPage, 'viewerId' | 'variants'>): ViewerTally[] {
  return page.variants.map((name) => {
    const key = `${name} ${page.viewerId}`;
    let found = tally.viewers.get(key);
    if (!found) {
      const [experiment = '', variant = ''] = name.split(':');
      const sums = Object.fromEntries(viewerSums.map((sum) => [sum, 0])) as Record<ViewerSum, number>;
      found = { experiment, variant, viewerId: page.viewerId, sums };
      tally.viewers.set(key, found);
    }
    return found;
  });
}
