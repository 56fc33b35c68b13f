/**
 * Whether people watch a video longer because of its creator or sound: of KuaiRand's impressions whose creator (or sound) the
 * user had watched before in another video, how many were watched long, and how many would be by everything else that is
 * known: rates of the video, the user and the tab, and how the user took its tags (logistic regression on all impressions,
 * with what came before each). Knows no graph.
 */
import { createChance } from '../simulate/chance.ts';
import { NO_SOUND, readHistories, readImpressions, readVideos } from './kuairand.reader.ts';

type Count = { n: number; sum: number };
type Counts = Map<string, Count>;
type Row = { user: number; long: number; known: number[]; creator: Count | null; sound: Count | null };
export type Lift = {
  name: string;
  impressions: number;
  users: number;
  observed: number;
  expected: number;
  lift: number;
  low: number;
  high: number;
};

const RESAMPLED = 1000;
/** Views before a rate of an item, a user and a tab is believed. */
const [ITEM, USER, TAB] = [8, 10, 20];
const TAG_SHRINKAGE = 3;

export async function measureLift(folder?: string): Promise<Lift[]> {
  const rows = await readRows(folder);
  const weights = fitLogistic(rows);
  const chances = rows.map(({ known }) => logistic(known, weights));
  const liftOf = (name: string, isIn: (row: Row) => boolean): Lift => {
    const byUser = new Map<number, { n: number; long: number; expected: number }>();
    for (const [at, row] of rows.entries()) {
      if (!isIn(row)) continue;
      const sum = byUser.get(row.user) ?? { n: 0, long: 0, expected: 0 };
      sum.n++;
      sum.long += row.long;
      sum.expected += chances[at]!;
      byUser.set(row.user, sum);
    }
    const users = [...byUser.values()];
    const total = (of: typeof users) =>
      of.reduce((sum, one) => ({
        n: sum.n + one.n,
        long: sum.long + one.long,
        expected: sum.expected + one.expected,
      }));
    const chance = createChance(1);
    const drawn = Array.from({ length: RESAMPLED }, () => {
      const { n, long, expected } = total(users.map(() => users[Math.floor(chance() * users.length)]!));
      return (long - expected) / n;
    }).sort((a, b) => a - b);
    const { n, long, expected } = total(users);
    return {
      name,
      impressions: n,
      users: users.length,
      observed: long / n,
      expected: expected / n,
      lift: (long - expected) / n,
      low: drawn[Math.floor(0.025 * RESAMPLED)]!,
      high: drawn[Math.floor(0.975 * RESAMPLED)]!,
    };
  };
  return [
    liftOf('of a creator watched long before', ({ creator }) => creator !== null && creator.sum > 0),
    liftOf('of a creator watched before, never long', ({ creator }) => creator !== null && creator.sum === 0),
    liftOf('with a sound watched long before', ({ sound }) => sound !== null && sound.sum > 0),
    liftOf('with a sound watched before, never long', ({ sound }) => sound !== null && sound.sum === 0),
  ];
}

/** Impressions of videos that the user had not met, each with what was known before it. */
async function readRows(folder?: string): Promise<Row[]> {
  const [histories, log, videos] = [
    await readHistories(folder),
    await readImpressions(folder),
    readVideos(folder),
  ];
  const before = { items: new Map(), users: new Map() } as Record<'items' | 'users', Counts>;
  const now = { items: new Map(), users: new Map(), tabs: new Map() } as Record<
    'items' | 'users' | 'tabs',
    Counts
  >;
  const past = { n: 0, sum: 0 };
  const all = { n: 0, sum: 0 };
  for (const { user, videos: watched, long } of histories)
    for (const [at, video] of watched.entries()) {
      add(before.items, `${video}`, long[at]!);
      add(before.users, `${user}`, long[at]!);
      past.n++;
      past.sum += long[at]!;
    }
  const pastMean = past.sum / past.n;
  /** By user and tag, what watching it was beyond what video and user would give. */
  const tags: Counts = new Map();
  const met = { creators: new Map() as Counts, sounds: new Map() as Counts, videos: new Set<string>() };
  const note = (user: number, video: number, long: number, expected: number) => {
    const { creator, sound, tags: own } = videos[video]!;
    met.videos.add(`${user} ${video}`);
    for (const tag of own) add(tags, `${user} ${tag}`, long - expected);
    add(met.creators, `${user} ${creator}`, long);
    if (sound !== null && sound !== NO_SOUND) add(met.sounds, `${user} ${sound}`, long);
  };
  for (const { user, videos: watched, long } of histories) {
    const last = new Map(Array.from(watched, (video, at) => [video, at]));
    for (const [video, at] of last) {
      const [item, own] = [
        rateOf(before.items, `${video}`, pastMean, ITEM),
        rateOf(before.users, `${user}`, pastMean, USER),
      ];
      note(user, video, long[at]!, 1 / (1 + Math.exp(-(logit(item) + logit(own) - logit(pastMean)))));
    }
  }
  const rows: Row[] = [];
  for (let at = 0; at < log.count; at++) {
    const [user, video, long] = [log.user[at]!, log.video[at]!, log.long[at]!];
    const mean = all.n > 100 ? all.sum / all.n : pastMean;
    const item = logit(rateOf(now.items, `${video}`, mean, ITEM));
    const own = logit(rateOf(now.users, `${user}`, mean, USER));
    const { creator, sound, tags: shown } = videos[video]!;
    const isNew = !met.videos.has(`${user} ${video}`);
    if (isNew) {
      const tagged = shown.reduce((sum, tag) => {
        const of = tags.get(`${user} ${tag}`);
        return sum + (of ? of.sum / (of.n + TAG_SHRINKAGE) : 0);
      }, 0);
      rows.push({
        user,
        long,
        known: [
          1,
          item,
          logit(rateOf(before.items, `${video}`, pastMean, ITEM)),
          own,
          logit(rateOf(before.users, `${user}`, pastMean, USER)),
          logit(rateOf(now.tabs, `${log.tab[at]}`, mean, TAB)),
          tagged,
          Math.log1p(before.users.get(`${user}`)?.n ?? 0),
        ],
        creator: copied(met.creators.get(`${user} ${creator}`)),
        sound: sound === null ? null : copied(met.sounds.get(`${user} ${sound}`)),
      });
      note(user, video, long, 1 / (1 + Math.exp(-(item + own - logit(mean)))));
    }
    add(now.items, `${video}`, long);
    add(now.users, `${user}`, long);
    add(now.tabs, `${log.tab[at]}`, long);
    all.n++;
    all.sum += long;
  }
  return rows;
}

const copied = (count: Count | undefined): Count | null => (count ? { ...count } : null);
const logit = (rate: number) => Math.log(rate / (1 - rate));

function add(counts: Counts, name: string, amount: number): void {
  const count = counts.get(name) ?? { n: 0, sum: 0 };
  count.n++;
  count.sum += amount;
  counts.set(name, count);
}

function rateOf(counts: Counts, name: string, mean: number, shrinkage: number): number {
  const { n, sum } = counts.get(name) ?? { n: 0, sum: 0 };
  return (sum + shrinkage * mean) / (n + shrinkage);
}

function logistic(known: readonly number[], weights: readonly number[]): number {
  return 1 / (1 + Math.exp(-known.reduce((sum, value, at) => sum + value * weights[at]!, 0)));
}

/** Newton’s steps (iteratively reweighted least squares): eight converge for these. */
function fitLogistic(rows: readonly Row[]): number[] {
  const width = rows[0]!.known.length;
  const weights = new Array<number>(width).fill(0);
  for (let step = 0; step < 8; step++) {
    const system = Array.from({ length: width }, (_, at) => {
      const line = new Array<number>(width + 1).fill(0);
      line[at] = 1e-3;
      return line;
    });
    for (const { known, long } of rows) {
      const chance = logistic(known, weights);
      for (let a = 0; a < width; a++) {
        system[a]![width]! += (long - chance) * known[a]!;
        for (let b = 0; b < width; b++) system[a]![b]! += chance * (1 - chance) * known[a]! * known[b]!;
      }
    }
    for (const [at, change] of solve(system).entries()) weights[at]! += change;
  }
  return weights;
}

/** Gauss and Jordan, in place; the last column is the right side. */
function solve(system: number[][]): number[] {
  for (const [at, line] of system.entries()) {
    const pivot = line[at]!;
    for (let column = at; column < line.length; column++) line[column]! /= pivot;
    for (const other of system) {
      const factor = other[at]!;
      if (other !== line)
        for (let column = at; column < line.length; column++) other[column]! -= factor * line[column]!;
    }
  }
  return system.map((line) => line.at(-1)!);
}
