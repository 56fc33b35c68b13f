/**
 * A new viewer (protocol 6): what the next page is worth after 0, 5, 10, 20, 40 and 80 events of theirs.
 * On KuaiRand a user's past is hidden and revealed from its oldest event on, and each contender picks five of the user's
 * last ten impressions; on a world with hidden tastes each contender serves the viewer itself, page after page.
 * `node tools/evaluate/new-viewer.protocol.ts [folder]` prints JSON. Tunes nothing.
 */
import type { GraphItem } from '../../packages/content-graph/content-graph.ts';
import { createChance } from '../simulate/chance.ts';
import { readStatistics, syntheticStatistics, type WorldStatistics } from '../simulate/statistics.ts';
import { drawVideos, drawViewer, longChance, watch } from '../simulate/world.ts';
import { hasKuairand, readHistories, readImpressions, readVideos, usualWatchMs } from './kuairand.reader.ts';
import {
  BARE,
  type Contender,
  formulaContender,
  graphContender,
  itemToItemContender,
  popularityContender,
  rateContender,
  type View,
  WHOLE_CATALOGUE,
} from './new-viewer.contenders.ts';
import type { ProtocolResult } from './protocol.ts';

const STEPS = [0, 5, 10, 20, 40, 80];
const POOL = 10;
const PAGE = 5;
const CUT = 20_220_501;

const contenders = (): Contender[] => [
  graphContender('content graph, as served', WHOLE_CATALOGUE),
  graphContender('content graph, expected value alone', BARE),
  popularityContender(),
  rateContender(),
  formulaContender(),
  itemToItemContender(),
];

type Past = { user: string; views: View[]; pool: { item: string; isLong: boolean; atMs: number }[] };

/** Everybody's views in time order; those of `hidden` users apart, with their last ten impressions as the pool. */
async function readPasts(folder: string | undefined, most: number, everyOther: number) {
  const [log, histories, videos] = [
    await readImpressions(folder),
    await readHistories(folder),
    readVideos(folder),
  ];
  const byUser = new Map<number, View[]>();
  const lastDates = new Map<number, number>();
  const viewsOf = (user: number) => {
    const views = byUser.get(user) ?? [];
    byUser.set(user, views);
    return views;
  };
  for (const history of histories)
    for (const [at, video] of history.videos.entries()) {
      const isLong = history.long[at] === 1;
      viewsOf(history.user).push({
        user: `${history.user}`,
        item: `${video}`,
        atMs: history.lastMs - (history.videos.length - at) * 30_000,
        watchedMs: usualWatchMs(videos[video]?.durationMs ?? 0, isLong),
        isLong,
        deeds: history.liked[at] ? ['like'] : [],
      });
    }
  const late = new Map<number, number>();
  for (let at = 0; at < log.count; at++) {
    const user = log.user[at]!;
    const deeds: View['deeds'][number][] = [];
    if (log.liked[at]) deeds.push('like');
    if (log.shared[at]) deeds.push('share');
    if (log.followed[at]) deeds.push('follow');
    if (log.hated[at]) deeds.push('not-interested');
    viewsOf(user).push({
      user: `${user}`,
      item: `${log.video[at]}`,
      atMs: log.atMs[at]!,
      watchedMs: log.playedMs[at]!,
      isLong: log.long[at] === 1,
      deeds,
    });
    if (log.date[at]! >= CUT) late.set(user, (late.get(user) ?? 0) + 1);
    lastDates.set(user, log.date[at]!);
  }
  const cutMs = Date.UTC(2022, 3, 30, 16);
  const pasts: Past[] = [];
  const others: View[] = [];
  for (const [user, views] of byUser) {
    const pool = views.slice(-POOL);
    const before = views.slice(0, -POOL);
    // A video met before is no new video to anybody.
    const met = new Set(before.map((view) => view.item));
    const fresh = pool.filter((view) => !met.has(view.item));
    const isEvaluated =
      pasts.length < most && (late.get(user) ?? 0) >= POOL && before.length >= 40 && fresh.length === POOL;
    if (isEvaluated && new Set(fresh.map((view) => view.item)).size === POOL)
      pasts.push({ user: `${user}`, views: before, pool: fresh });
    else if (user % everyOther === 0) others.push(...views.filter((view) => view.atMs < cutMs));
  }
  others.sort((a, b) => a.atMs - b.atMs);
  const items = videos.flatMap((video, id): GraphItem[] =>
    video ? [{ ...itemOf(video), id: `${id}` }] : [],
  );
  return { pasts, others, items };
}

const itemOf = ({ creator, sound, tags, durationMs, publishedAtMs }: Omit<GraphItem, 'id' | 'language'>) => ({
  creator,
  sound,
  tags,
  durationMs,
  publishedAtMs,
  language: null,
});

async function onKuairand(folder: string | undefined, most: number, everyOther: number) {
  const { pasts, others, items } = await readPasts(folder, most, everyOther);
  const long = pasts.filter((past) => past.views.length >= 80);
  const rows: ProtocolResult['rows'] = [];
  for (const contender of contenders()) {
    const started = performance.now();
    for (const item of items) contender.put(item);
    for (const view of others) contender.learn(view);
    const values = new Map<string, number[]>();
    const note = (name: string, value: number) => values.set(name, [...(values.get(name) ?? []), value]);
    for (const past of pasts) {
      const nowMs = Math.min(...past.pool.map((one) => one.atMs));
      const worth = new Map(past.pool.map((one) => [one.item, one.isLong ? 1 : 0]));
      const among = [...worth.keys()];
      const value = () => {
        const page = contender.page({ user: past.user, atMs: nowMs, limit: PAGE, among });
        return page.reduce((sum, id) => sum + worth.get(id)!, 0) / PAGE;
      };
      let told = 0;
      for (const step of STEPS) {
        if (step > past.views.length) break;
        for (; told < step; told++) contender.learn(past.views[told]!);
        const got = value();
        note(`after${step}`, got);
        if (long.includes(past)) note(`long.after${step}`, got);
      }
      for (; told < past.views.length; told++) contender.learn(past.views[told]!);
      note('all', value());
      if (long.includes(past)) note('long.all', value());
    }
    rows.push({ ...row(contender.name, values), seconds: seconds(started) });
  }
  const chances = pasts.map((past) => past.pool.filter((one) => one.isLong).length / POOL);
  const bests = pasts.map((past) => Math.min(PAGE, past.pool.filter((one) => one.isLong).length) / PAGE);
  rows.push({ name: 'random', metrics: { all: rounded(mean(chances)) } });
  rows.push({ name: 'best there is', metrics: { all: rounded(mean(bests)) } });
  return { rows, users: pasts.length, longUsers: long.length, othersViews: others.length };
}

/** Each contender serves each new viewer by itself, in a community that has been watching. */
function onWorld(
  statistics: WorldStatistics,
  size: { videos: number; people: number; viewers: number },
  seeds: number[],
  contenders: () => Contender[],
) {
  const perName = new Map<string, Map<string, number[]>>();
  const ideal = new Map<string, number[]>();
  const times = new Map<string, number>();
  for (const seed of seeds) {
    const chance = createChance(seed);
    const nowMs = Date.UTC(2026, 0, 1);
    const videos = drawVideos(statistics, chance, {
      count: size.videos,
      creators: size.videos / 8,
      atMs: nowMs,
    });
    const people = Array.from({ length: size.people }, () => drawViewer(statistics, chance));
    const viewers = Array.from({ length: size.viewers }, () => drawViewer(statistics, chance));
    // The community found its videos by chance, popular ones more often: the same views for every contender.
    const crowd = people.flatMap((person, at) =>
      Array.from({ length: 40 }, () => {
        const video = videos[Math.floor(videos.length * chance() ** 1.5)]!;
        return viewOf(
          `person-${at}`,
          video.at,
          nowMs - chance() * 7 * 86_400_000,
          watch(statistics, chance, person, video),
        );
      }),
    );
    crowd.sort((a, b) => a.atMs - b.atMs);
    for (const viewer of viewers) {
      const worths = videos.map((video) => longChance(statistics, viewer, video)).sort((a, b) => b - a);
      push(ideal, 'all', mean(worths.slice(0, PAGE)));
    }
    for (const contender of contenders()) {
      const started = performance.now();
      const values = perName.get(contender.name) ?? new Map<string, number[]>();
      perName.set(contender.name, values);
      for (const video of videos)
        contender.put({
          id: `${video.at}`,
          creator: `creator-${video.creator}`,
          sound: null,
          tags: video.tags,
          language: 'en',
          durationMs: video.durationMs,
          publishedAtMs: video.publishedAtMs,
        });
      for (const view of crowd) contender.learn(view);
      for (const [at, viewer] of viewers.entries()) {
        // What happens when this viewer meets this video is one fact, whoever brings them together.
        const meet = (video: number) =>
          watch(statistics, createChance(seed * 7919 + at * 104_729 + video * 31), viewer, videos[video]!);
        // Whoever knows everything has seen it: held against each other are pages of the half that nobody showed them.
        const isHeldBack = (video: number) => (video * 7 + at) % 2 === 0;
        const idsOf = (are: boolean) =>
          videos.filter((video) => isHeldBack(video.at) === are).map((video) => `${video.at}`);
        const [among, told] = [idsOf(true), idsOf(false)];
        const worthOf = (page: string[]) =>
          mean(page.map((id) => longChance(statistics, viewer, videos[Number(id)]!)));
        let atMs = nowMs + 60_000;
        const live = (
          user: string,
          shown: string[] | undefined,
          note: (events: number, page: string[]) => void,
        ) => {
          for (let events = 0; ; ) {
            const page = contender.page({ user, atMs, limit: PAGE, ...(shown && { among: shown }) });
            if (STEPS.includes(events)) note(events, page);
            if (events >= STEPS.at(-1)! || page.length === 0) return;
            for (const id of page) {
              const watched = meet(Number(id));
              atMs += watched.watchedMs + 500;
              contender.learn(viewOf(user, Number(id), atMs, watched));
              events++;
            }
          }
        };
        live(`viewer-${at}`, undefined, (events, page) => push(values, `after${events}`, worthOf(page)));
        // Once more on the told half alone: who has used up the best of the other half could not be compared there.
        const again = `again-${at}`;
        live(again, told, (events) =>
          push(
            values,
            `heldBack.after${events}`,
            worthOf(contender.page({ user: again, atMs, limit: PAGE, among })),
          ),
        );
        // Knows everything: the same viewer under another name, of whom every view of the told half is known.
        const twin = `twin-${at}`;
        for (const video of videos) {
          if (isHeldBack(video.at)) continue;
          atMs += 1000;
          contender.learn(viewOf(twin, video.at, atMs, meet(video.at)));
        }
        push(values, 'heldBack.all', worthOf(contender.page({ user: twin, atMs, limit: PAGE, among })));
      }
      times.set(contender.name, (times.get(contender.name) ?? 0) + seconds(started));
    }
  }
  const rows = [...perName].map(([name, values]) => ({ ...row(name, values), seconds: times.get(name)! }));
  rows.push({ ...row('best there is', ideal), seconds: 0 });
  return rows;
}

const viewOf = (user: string, video: number, atMs: number, watched: ReturnType<typeof watch>): View => ({
  user,
  item: `${video}`,
  atMs: Math.round(atMs),
  watchedMs: watched.watchedMs,
  isLong: watched.isLong,
  deeds: watched.deeds.map((deed) => (deed === 'not_interested' ? 'not-interested' : deed)),
});

/** Means, their standard errors, and what of the value of knowing everything is there after 80 events. */
function row(name: string, values: ReadonlyMap<string, readonly number[]>) {
  const metrics = Object.fromEntries([...values].map(([key, list]) => [key, rounded(mean(list))]));
  const spread = Object.fromEntries([...values].map(([key, list]) => [key, rounded(standardError(list))]));
  const late = metrics['long.after80'] ?? metrics['heldBack.after80'];
  const all = metrics['long.all'] ?? metrics['heldBack.all'];
  if (late !== undefined && all) metrics.shareOfAllAfter80 = rounded(late / all);
  return { name, metrics, spread };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
const standardError = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((one) => (one - middle) ** 2)) / Math.max(1, values.length));
};
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
const seconds = (started: number) => Math.round((performance.now() - started) / 100) / 10;
const push = (lists: Map<string, number[]>, name: string, value: number) => {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
};

/** The world alone, for other contenders than those of this protocol: each must be new whenever it is asked for. */
export async function measureInWorld(contenders: () => Contender[], folder?: string) {
  const statistics = hasKuairand(folder) ? await readStatistics(folder) : syntheticStatistics;
  return onWorld(statistics, { ...WORLD, viewers: VIEWERS }, SEEDS, contenders);
}

const WORLD = { videos: 1600, people: 300 };
const VIEWERS = 40;
const SEEDS = [1, 2, 3, 4, 5];

export async function measureNewViewer(
  options: { folder?: string; users?: number; everyOther?: number; seeds?: number[]; viewers?: number } = {},
): Promise<ProtocolResult> {
  const { folder, users = 1500, everyOther = 1, seeds = SEEDS, viewers = VIEWERS } = options;
  const isThere = hasKuairand(folder);
  const size = { ...WORLD, viewers };
  const statistics = isThere ? await readStatistics(folder) : syntheticStatistics;
  const world = onWorld(statistics, size, seeds, contenders).map((one) => ({
    ...one,
    name: `world: ${one.name}`,
  }));
  const kuairand = isThere ? await onKuairand(folder, users, everyOther) : null;
  return {
    protocol: '6 new viewer',
    data: kuairand
      ? 'KuaiRand-Pure, and a world with hidden tastes drawn from its statistics'
      : 'a synthetic world',
    setup: {
      steps: STEPS,
      page: PAGE,
      ...(kuairand && {
        kuairand: {
          pool: POOL,
          users: kuairand.users,
          usersWith80Events: kuairand.longUsers,
          ofTheOthersOneIn: everyOther,
          viewsOfOthersLearnedBefore: kuairand.othersViews,
        },
      }),
      world: { ...size, seeds, topics: statistics.topics.length, statistics: statistics.source },
      spread: 'standard error over users',
    },
    rows: [...(kuairand?.rows ?? []).map((one) => ({ ...one, name: `KuaiRand: ${one.name}` })), ...world],
    differs: [
      'KuaiRand: the ten impressions a contender picks five from were chosen by another service for this very user, so every order of them is decent, differences are small, and a page found in the whole catalogue cannot be judged.',
      'KuaiRand: few users have 80 events before their last ten impressions; figures after 80 are theirs (long.*), the others of all users. The videos of histories have no times, and no watch times either: what such watches usually took stands for them.',
      'KuaiRand: item counts take in what is revealed of the evaluated users, for all contenders alike.',
      'World: heldBack.* are pages of the half of the videos that this viewer was never shown: those after so many events by a viewer who was served from the other half, those of all by one who watched all of the other half.',
      'World: how strongly viewers love a topic is set, not measured; contenders learn from their own pages, so exploring costs and pays as it would.',
      'The formula is our reading of published weights, not the other program.',
    ],
  };
}

if (import.meta.main)
  console.log(JSON.stringify(await measureNewViewer({ folder: process.argv[2] }), null, 2));
