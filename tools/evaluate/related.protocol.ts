/**
 * More like this (protocol 11): the graph learns KuaiRand's histories before 04-25. Of each person the last video they
 * watched long is the one they look at; asked is whether what they watched long from 04-25 on, and had not met, stands among
 * the twenty related ones, and how many of the twenty are recognisably like it. For the viewer as the graph knows them,
 * and for a guest of whom nothing is known. Weights are chosen on one half of the people and reported on the other.
 * `node tools/evaluate/related.protocol.ts [folder] [one person in so many]` prints JSON.
 */
import {
  type ContentGraph,
  createContentGraph,
  fitForecast,
  TUNABLES,
  type Tunables,
} from '../../packages/content-graph/content-graph.ts';
import { createChance } from '../simulate/chance.ts';
import { NO_SOUND, readHistories, readImpressions, readVideos, usualWatchMs } from './kuairand.reader.ts';
import type { ProtocolResult } from './protocol.ts';
import { meanAndSpread } from './ranking.metrics.ts';

const PAGE = 20;
const AT_MS = Date.UTC(2022, 3, 24, 16);
const SPLITS = [1, 2, 3, 4, 5];
/** Five of six on a list are like what it is for: the bound under which the choice takes what finds most. */
const LEAST_ALIKE = 5 / 6;
/** Together more than by chance: valued by so many of the same people, and by half as many again as would be anyway. */
const SAME_PEOPLE = 3;
const OVER_CHANCE = 1.5;

const weights = (
  relatedTogether: number,
  relatedForecast: number,
  relatedPopular: number,
  relatedViewer: number,
) => ({ relatedTogether, relatedForecast, relatedPopular, relatedViewer });

/** What the choice is between; the first three say what the parts alone are worth. */
const SETS: Partial<Tunables>[] = [
  weights(0, 0, 0, 0),
  weights(12, 0, 0, 0),
  weights(12, 1, 0, 0),
  weights(12, 1, 2, 0),
  weights(6, 1, 2, 2),
  weights(12, 1, 1, 2),
  weights(12, 1, 2, 2),
  weights(12, 1, 3, 2),
  weights(24, 1, 2, 2),
  weights(12, 3, 2, 2),
  weights(12, 1, 2, 4),
  weights(12, 1, 2, 8),
];

type Case = { user: number; seed: number; wanted: ReadonlySet<number>; met: ReadonlySet<number> };
type Judged = { found: number; ofWanted: number; shares: number; together: number; alike: number };

export async function measureRelated(folder?: string, oneIn = 4): Promise<ProtocolResult> {
  const [histories, log, videos] = [
    await readHistories(folder),
    await readImpressions(folder),
    readVideos(folder),
  ];
  const events = histories.flatMap((history) =>
    Array.from(history.videos, (video, at) => ({
      user: history.user,
      video,
      isLong: history.long[at] === 1,
      isLiked: history.liked[at] === 1,
      atMs: history.lastMs - (history.videos.length - at) * 30_000,
    })),
  );
  events.sort((a, b) => a.atMs - b.atMs);
  const graph = createContentGraph({ seed: 1 });
  for (const [id, video] of videos.entries())
    if (video) graph.putItem({ ...video, id: `${id}`, language: null });
  for (const { user, video, isLong, isLiked, atMs } of events) {
    const event = { user: `${user}`, item: `${video}`, atMs };
    const watchedMs = usualWatchMs(videos[video]?.durationMs ?? 0, isLong);
    graph.learn({ ...event, kind: 'view', watchedMs });
    if (isLiked) graph.learn({ ...event, kind: 'like' });
  }
  adoptForecast(graph);

  const valued = new Map(
    histories.map((one) => [one.user, new Set(one.videos.filter((_, at) => one.long[at] === 1))]),
  );
  const likeness = createLikeness([...valued.values()], videos);
  const later = new Map<number, Set<number>>();
  for (let at = 0; at < log.count; at++) {
    if (!log.long[at]) continue;
    const of = later.get(log.user[at]!) ?? new Set();
    later.set(log.user[at]!, of.add(log.video[at]!));
  }
  const cases = histories.flatMap((one): Case[] => {
    const seed = one.videos.findLast((_, at) => one.long[at] === 1);
    const met = new Set(one.videos);
    const wanted = new Set([...(later.get(one.user) ?? [])].filter((video) => !met.has(video)));
    return seed === undefined || wanted.size === 0 ? [] : [{ user: one.user, seed, wanted, met }];
  });
  const asked = cases.filter((_, at) => at % oneIn === 0);

  const judge = ({ seed, wanted }: Case, page: readonly number[]): Judged => {
    const hits = page.filter((video) => wanted.has(video)).length;
    const like = page.map((video) => likeness(seed, video));
    const share = (is: (one: (typeof like)[number]) => boolean) =>
      like.filter(is).length / Math.max(1, page.length);
    return {
      found: hits > 0 ? 1 : 0,
      ofWanted: hits / wanted.size,
      shares: share((one) => one.shares),
      together: share((one) => one.together),
      alike: share((one) => one.shares || one.together),
    };
  };
  const judged = (pageOf: (one: Case) => readonly number[]) => asked.map((one) => judge(one, pageOf(one)));
  const relatedUnder = (tunables: Partial<Tunables>, isKnown: boolean) => {
    const tuned = graph.retuned({ seed: 1, tunables });
    return judged(({ user, seed }) =>
      tuned
        .related(`${seed}`, PAGE, AT_MS, isKnown ? { user: `${user}` } : undefined)
        .map(({ id }) => Number(id)),
    );
  };
  const byPopularity = popularity([...valued.values()]);
  const popular = (isKnown: boolean) =>
    judged(({ seed, met }) => {
      const page: number[] = [];
      for (const video of byPopularity) {
        if (page.length === PAGE) break;
        if (video !== seed && !(isKnown && met.has(video))) page.push(video);
      }
      return page;
    });

  const sets = SETS.map((set) => ({
    set,
    viewer: relatedUnder(set, true),
    guest: relatedUnder(set, false),
  }));
  const halves = SPLITS.map((seed) => {
    const chance = createChance(seed);
    const isChosenOn = asked.map(() => chance() < 0.5);
    return { on: rowsWhere(isChosenOn, true), reported: rowsWhere(isChosenOn, false) };
  });
  const chosen = halves.map(({ on }) => chooseOn(sets, on));
  const serving = Object.fromEntries(Object.keys(SETS[0]!).map(standardOf)) as Partial<Tunables>;
  const served = { viewer: relatedUnder(serving, true), guest: relatedUnder(serving, false) };
  const rowOf = (name: string, of: (half: number) => Judged[]) => {
    const means = halves.map(({ reported }, half) => meanOf(of(half), reported));
    const names = Object.keys(means[0]!) as (keyof Judged)[];
    const spreads = names.map((key) => [key, meanAndSpread(means.map((mean) => mean[key]))] as const);
    return {
      name,
      metrics: Object.fromEntries(spreads.map(([key, { mean }]) => [key, rounded(mean)])),
      spread: Object.fromEntries(spreads.map(([key, { spread }]) => [key, rounded(spread)])),
    };
  };
  const rows = (['viewer', 'guest'] as const).flatMap((who) => {
    const popularPages = popular(who === 'viewer');
    return [
      rowOf(`${who}: popularity (number of long watches)`, () => popularPages),
      rowOf(`${who}: what shares tags, creator or sound`, () => sets[0]![who]),
      rowOf(`${who}: and what the same people valued`, () => sets[1]![who]),
      rowOf(`${who}: and the forecast of this video alone`, () => sets[2]![who]),
      rowOf(`${who}: and popularity among the like`, () => sets[3]![who]),
      rowOf(`${who}: weights chosen on the other half`, (half) => chosen[half]![who]),
      rowOf(`${who}: as it serves`, () => served[who]),
    ];
  });
  return {
    protocol: '11 more like this',
    data: 'KuaiRand-Pure: histories before 04-25, long watches from then on',
    setup: {
      people: asked.length,
      oneIn,
      page: PAGE,
      leastAlike: rounded(LEAST_ALIKE),
      served: serving,
      chosen: chosen.map(({ set }) => set),
      spread: 'standard deviation over five splits of the people',
    },
    rows,
    differs: [
      'found: the share of people of whose later long watches one or more stands on the list; ofWanted: the share of those watches.',
      'alike: of a list, what shares a tag, the creator or the sound (shares), or was watched long by three people or more who watched both and by half as many again as would be by chance (together).',
      'What was watched later was chosen by another service, which shows what is popular: finding it says less of likeness than of demand, and 43 coarse tags make sharing one easy.',
      'A guest here has no history at all; what the person had met is left out for viewers only, by popularity too.',
    ],
  };
}

function standardOf(name: string): [string, number] {
  return [name, TUNABLES[name as keyof Tunables].value];
}

function adoptForecast(graph: ContentGraph): void {
  const steps = graph.lessonsInSteps();
  let step = steps.next();
  while (!step.done) step = steps.next();
  graph.adopt(fitForecast(step.value, { seed: 1 }));
}

function popularity(valued: readonly ReadonlySet<number>[]): number[] {
  const count = new Map<number, number>();
  for (const videos of valued) for (const video of videos) count.set(video, (count.get(video) ?? 0) + 1);
  return [...count.keys()].sort((a, b) => count.get(b)! - count.get(a)! || a - b);
}

/** From the histories themselves, and not from what the graph keeps of them. */
function createLikeness(
  valued: readonly ReadonlySet<number>[],
  videos: ReturnType<typeof readVideos>,
): (a: number, b: number) => { shares: boolean; together: boolean } {
  const peopleOf = new Map<number, Set<number>>();
  for (const [person, of] of valued.entries())
    for (const video of of) peopleOf.set(video, (peopleOf.get(video) ?? new Set()).add(person));
  const nobody: ReadonlySet<number> = new Set();
  return (a, b) => {
    const [one, other] = [videos[a]!, videos[b]!];
    const shares =
      one.creator === other.creator ||
      (one.sound !== null && one.sound !== NO_SOUND && one.sound === other.sound) ||
      one.tags.some((tag) => other.tags.includes(tag));
    const [here, there] = [peopleOf.get(a) ?? nobody, peopleOf.get(b) ?? nobody];
    const [few, many] = here.size < there.size ? [here, there] : [there, here];
    let same = 0;
    for (const person of few) if (many.has(person)) same++;
    const byChance = (here.size * there.size) / valued.length;
    return { shares, together: same >= SAME_PEOPLE && same > OVER_CHANCE * byChance };
  };
}

function rowsWhere(marks: readonly boolean[], mark: boolean): number[] {
  return marks.flatMap((one, row) => (one === mark ? [row] : []));
}

function meanOf(judged: readonly Judged[], rows: readonly number[]): Judged {
  const mean = { found: 0, ofWanted: 0, shares: 0, together: 0, alike: 0 };
  for (const row of rows)
    for (const key of Object.keys(mean) as (keyof Judged)[]) mean[key] += judged[row]![key] / rows.length;
  return mean;
}

/** Of the sets whose lists are alike enough for viewers and guests, the one that finds most for both. */
function chooseOn<Set extends { viewer: Judged[]; guest: Judged[] }>(
  sets: readonly Set[],
  rows: number[],
): Set {
  const means = sets.map((one) => ({
    one,
    viewer: meanOf(one.viewer, rows),
    guest: meanOf(one.guest, rows),
  }));
  const fit = means.filter(({ viewer, guest }) => Math.min(viewer.alike, guest.alike) >= LEAST_ALIKE);
  const both = ({ viewer, guest }: (typeof means)[number]) => viewer.found + guest.found;
  return fit.reduce((best, one) => (both(one) > both(best) ? one : best)).one;
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

if (import.meta.main) {
  const [folder, oneIn = '4'] = process.argv.slice(2);
  console.log(JSON.stringify(await measureRelated(folder || undefined, Number(oneIn)), null, 2));
}
