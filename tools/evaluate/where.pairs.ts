/**
 * The order of pairs, part by part: day by day from 04-25 the graph puts each KuaiRand user's impressions in order before it
 * learns them, once as it serves and once under other weights. A pair is of one user and day, one watched long and one not.
 */
import {
  type ContentGraph,
  createContentGraph,
  TUNABLES,
  type Tunables,
} from '../../packages/content-graph/content-graph.ts';
import { createChance } from '../simulate/chance.ts';
import { adoptForecast, learnHistories, learnImpression } from './kuairand.graph.ts';
import { type Impressions, NO_SOUND, readHistories, readImpressions, readVideos } from './kuairand.reader.ts';
import { BARE } from './new-viewer.contenders.ts';

const RESAMPLED = 400;
const SLICES = ['creatorMet', 'creatorMetLong', 'soundMet', 'knownViewer', 'everything'] as const;
type Slice = (typeof SLICES)[number];
const HEADS = ['finish', 'skip'] as const;
type Head = (typeof HEADS)[number];
/** As the graph reads a view. */
const FINISHED_SHARE = 0.9;
const KNOWN_FROM = 40;

/** By user: weighted number of pairs, and of those in the right order. */
type Pairs = Map<number, { pairs: number; right: number }>;
export type Where = { name: string; tunables: Partial<Tunables> };
export type Brought = {
  pairs: number;
  users: number;
  share: number;
  less: number;
  low: number;
  high: number;
};

export async function measureWhere(variants: readonly Where[], folder?: string, oneIn = 4) {
  const [log, histories, videos] = [
    await readImpressions(folder),
    await readHistories(folder),
    readVideos(folder),
  ];
  const graph = createContentGraph({ seed: 1 });
  const tuned = variants.map(({ tunables }) =>
    graph.retuned({ seed: 1, tunables: { ...BARE, candidates: 5000, ...tunables } }),
  );
  const met = createMet(videos);
  learnHistories(graph, { histories, videos }, met.note);
  adoptForecast(graph);

  const sums = emptySums(variants.length);
  const losses = variants.map((): Record<Head, Pairs> => ({ finish: new Map(), skip: new Map() }));
  for (let from = 0; from < log.count; ) {
    let to = from;
    while (to < log.count && log.date[to] === log.date[from]) to++;
    for (const [user, rows] of byUser(log, from, to)) judgeDay(user, rows);
    for (let at = from; at < to; at++) learnImpression(graph, log, at, met.note);
    from = to;
  }

  /** How far off the promised chances were: what happened, in nats (log loss). */
  function noteLosses(
    user: number,
    page: ReturnType<typeof pageOf>,
    rows: readonly number[],
    into: Record<Head, Pairs>,
  ): void {
    for (const at of rows) {
      const heads = page.get(log.video[at]!)?.heads;
      if (!heads) continue;
      const [played, duration] = [log.playedMs[at]!, log.durationMs[at]!];
      const happened = {
        finish: duration > 0 && (played >= FINISHED_SHARE * duration || played >= TUNABLES.longMs.value),
        skip: played < TUNABLES.skipMs.value && played < TUNABLES.skipShare.value * duration,
      };
      for (const head of HEADS) {
        const chance = Math.min(1 - 1e-6, Math.max(1e-6, heads[head]));
        const sum = into[head].get(user) ?? { pairs: 0, right: 0 };
        sum.pairs++;
        sum.right += Math.log(happened[head] ? chance : 1 - chance);
        into[head].set(user, sum);
      }
    }
  }

  function judgeDay(user: number, rows: readonly number[]): void {
    const pool = new Map<number, number>();
    for (const at of rows) if (!pool.has(log.video[at]!)) pool.set(log.video[at]!, log.long[at]!);
    const unmet = [...pool.keys()].filter((video) => !met.video(user, video));
    const long = unmet.filter((video) => pool.get(video) === 1);
    const short = unmet.filter((video) => pool.get(video) === 0);
    if (long.length === 0 || short.length === 0) return;
    const marks = new Map(unmet.map((video) => [video, met.marks(user, video)]));
    const isSampled = user % oneIn === 0;
    if (!isSampled && ![...marks.values()].some((mark) => mark.creator || mark.sound)) return;
    const pages = tuned.map((one) => pageOf(one, user, log.atMs[rows[0]!]!, new Set(unmet)));
    if (isSampled) for (const [at, page] of pages.entries()) noteLosses(user, page, rows, losses[at]!);
    const scores = pages.map((page) => new Map([...page].map(([video, { score }]) => [video, score])));
    const views = met.views(user);
    const pairsAll = long.length * short.length;
    for (const a of long)
      for (const b of short) {
        const [one, other] = [marks.get(a)!, marks.get(b)!];
        const slices: Slice[] = [];
        if (one.creator || other.creator) slices.push('creatorMet');
        if (one.creatorLong || other.creatorLong) slices.push('creatorMetLong');
        if (one.sound || other.sound) slices.push('soundMet');
        if (isSampled) {
          slices.push('everything');
          if (views >= KNOWN_FROM) slices.push('knownViewer');
        }
        for (const slice of slices)
          for (const [at, score] of scores.entries()) {
            const [first, second] = [score.get(a), score.get(b)];
            if (first === undefined || second === undefined) continue;
            const sum = sums[slice][at]!.get(user) ?? { pairs: 0, right: 0 };
            // A day counts by its positives, whatever the number of pairs: as in GAUC.
            const weight = long.length / pairsAll;
            sum.pairs += weight;
            sum.right += weight * (first > second ? 1 : first === second ? 0.5 : 0);
            sums[slice][at]!.set(user, sum);
          }
      }
  }

  const where = variants.map(({ name }, at) => ({
    name,
    where: Object.fromEntries(
      SLICES.map((slice) => [slice, broughtBy(sums[slice][0]!, sums[slice][at]!)]),
    ) as Record<Slice, Brought>,
    promises: Object.fromEntries(HEADS.map((head) => [head, broughtBy(losses[0]![head], losses[at]![head])])),
  }));
  return {
    where,
    choose: (slice: Slice, among: readonly string[]) => chooseByHalves(sums[slice], variants, among),
  };
}

/** Five times, which of the variants orders a slice best for one half of the users, and what each does for the other half. */
function chooseByHalves(sums: readonly Pairs[], variants: readonly Where[], among: readonly string[]) {
  const open = variants.flatMap(({ name }, at) => (among.includes(name) ? [{ name, pairs: sums[at]! }] : []));
  const shareOf = (pairs: Pairs, isIn: (user: number) => boolean) => {
    const of = [...pairs].flatMap(([user, sum]) => (isIn(user) ? [sum] : []));
    const total = (key: 'pairs' | 'right') => of.reduce((sum, one) => sum + one[key], 0);
    return total('right') / total('pairs');
  };
  return [1, 2, 3, 4, 5].map((seed) => {
    const chance = createChance(seed);
    const half = new Map(
      [...open[0]!.pairs.keys()].sort((a, b) => a - b).map((user) => [user, chance() < 0.5]),
    );
    const on = open.map(({ pairs }) => shareOf(pairs, (user) => half.get(user)!));
    const reported = open.map(
      ({ name, pairs }) => [name, shareOf(pairs, (user) => !half.get(user)!)] as const,
    );
    return { chosen: open[on.indexOf(Math.max(...on))]!.name, reported: Object.fromEntries(reported) };
  });
}

function pageOf(graph: ContentGraph, user: number, atMs: number, pool: ReadonlySet<number>) {
  const page = graph.rank({ user: `${user}`, atMs, limit: 100, allow: (id) => pool.has(Number(id)) });
  return new Map(page.map((one) => [Number(one.id), one]));
}

/** What a variant lacks of the first one, on the same pairs: users drawn again and again. */
function broughtBy(whole: Pairs, variant: Pairs): Brought {
  const users = [...whole.keys()];
  const difference = (drawn: readonly number[]) => {
    let [pairs, less] = [0, 0];
    for (const user of drawn) {
      pairs += whole.get(user)!.pairs;
      less += whole.get(user)!.right - variant.get(user)!.right;
    }
    return pairs > 0 ? less / pairs : 0;
  };
  const chance = createChance(1);
  const drawn = Array.from({ length: RESAMPLED }, () =>
    difference(users.map(() => users[Math.floor(chance() * users.length)]!)),
  ).sort((a, b) => a - b);
  const total = (key: 'pairs' | 'right') => [...variant.values()].reduce((sum, one) => sum + one[key], 0);
  return {
    pairs: Math.round(total('pairs')),
    users: users.length,
    share: total('right') / Math.max(1e-9, total('pairs')),
    less: difference(users),
    low: drawn[Math.floor(0.025 * RESAMPLED)]!,
    high: drawn[Math.floor(0.975 * RESAMPLED)]!,
  };
}

/** Which creators and sounds a user has watched, by any video but the one asked about. */
function createMet(videos: ReturnType<typeof readVideos>) {
  const seen = new Map<number, Set<number>>();
  const features = new Map<string, { long: boolean }>();
  const namesOf = (user: number, video: number) => {
    const { creator, sound } = videos[video]!;
    return {
      creator: `${user} creator ${creator}`,
      sound: sound === null || sound === NO_SOUND ? null : `${user} sound ${sound}`,
    };
  };
  return {
    note(user: number, video: number, isLong: boolean) {
      seen.set(user, (seen.get(user) ?? new Set()).add(video));
      for (const name of Object.values(namesOf(user, video)))
        if (name !== null) features.set(name, { long: isLong || (features.get(name)?.long ?? false) });
    },
    video: (user: number, video: number) => seen.get(user)?.has(video) ?? false,
    views: (user: number) => seen.get(user)?.size ?? 0,
    marks(user: number, video: number) {
      const { creator, sound } = namesOf(user, video);
      const known = features.get(creator);
      return {
        creator: known !== undefined,
        creatorLong: known?.long ?? false,
        sound: sound !== null && features.has(sound),
      };
    },
  };
}

function byUser(log: Impressions, from: number, to: number): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let at = from; at < to; at++) {
    const of = rows.get(log.user[at]!);
    if (of) of.push(at);
    else rows.set(log.user[at]!, [at]);
  }
  return rows;
}

function emptySums(variants: number): Record<Slice, Pairs[]> {
  return Object.fromEntries(
    SLICES.map((slice) => [slice, Array.from({ length: variants }, (): Pairs => new Map())]),
  ) as Record<Slice, Pairs[]>;
}
