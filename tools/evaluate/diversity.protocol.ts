/**
 * Diversity (protocol 8): how alike the twenty videos of a page are, how much of the catalogue is ever shown, and how evenly;
 * beside it how many of a page the viewer went on to watch long, since variety without aim is easy.
 * `node tools/evaluate/diversity.protocol.ts [folder]` prints JSON; a world with hidden tastes where the data is absent.
 */
import type { GraphItem } from '../../packages/content-graph/content-graph.ts';
import { createChance } from '../simulate/chance.ts';
import { syntheticStatistics } from '../simulate/statistics.ts';
import { drawVideos, drawViewer, longChance, watch } from '../simulate/world.ts';
import { hasKuairand, readHistories, readImpressions, readVideos, usualWatchMs } from './kuairand.reader.ts';
import {
  BARE,
  type Contender,
  formulaContender,
  graphContender,
  itemToItemContender,
  popularityContender,
  type View,
} from './new-viewer.contenders.ts';
import type { ProtocolResult } from './protocol.ts';

const PAGE = 20;
const ASKED = 1000;
const EARLY = 10;

type Ground = {
  items: GraphItem[];
  views: View[];
  asked: string[];
  nowMs: number;
  /** What showing this to this viewer is worth, where it is known. */
  worth: (user: string, item: string) => number;
  worthName: string;
};

async function kuairandGround(folder: string | undefined, oneIn: number): Promise<Ground> {
  const [all, log, videos] = [await readHistories(folder), await readImpressions(folder), readVideos(folder)];
  const histories = all.filter((one) => one.user % oneIn === 0);
  const views: View[] = histories.flatMap((history) =>
    Array.from(history.videos, (video, at) => ({
      user: `${history.user}`,
      item: `${video}`,
      atMs: history.lastMs - (history.videos.length - at) * 30_000,
      watchedMs: usualWatchMs(videos[video]?.durationMs ?? 0, history.long[at] === 1),
      isLong: history.long[at] === 1,
      deeds: history.liked[at] ? (['like'] as const) : [],
    })),
  );
  views.sort((a, b) => a.atMs - b.atMs);
  const later = new Set<string>();
  for (let at = 0; at < log.count; at++)
    if (log.date[at]! >= 20_220_501 && log.long[at]) later.add(`${log.user[at]} ${log.video[at]}`);
  const hasLater = new Set([...later].map((pair) => pair.split(' ')[0]!));
  const known = histories.filter((one) => one.videos.length >= 20 && hasLater.has(`${one.user}`));
  const step = Math.max(1, Math.floor(known.length / ASKED));
  return {
    items: videos.flatMap((video, id): GraphItem[] => {
      if (!video) return [];
      const { creator, sound, tags, durationMs, publishedAtMs } = video;
      return [{ id: `${id}`, creator, sound, tags, language: null, durationMs, publishedAtMs }];
    }),
    views,
    asked: known
      .filter((_, at) => at % step === 0)
      .map((one) => `${one.user}`)
      .slice(0, ASKED),
    nowMs: Date.UTC(2022, 4, 1),
    worth: (user, item) => (later.has(`${user} ${item}`) ? 1 : 0),
    worthName: 'laterWatchedLong',
  };
}

function worldGround(): Ground {
  const statistics = syntheticStatistics;
  const chance = createChance(1);
  const nowMs = Date.UTC(2026, 0, 1);
  const videos = drawVideos(statistics, chance, { count: 4000, creators: 600, atMs: nowMs });
  const people = Array.from({ length: 2000 }, () => drawViewer(statistics, chance));
  const views = people.flatMap((person, at) =>
    Array.from({ length: 50 }, (): View => {
      const video = videos[Math.floor(videos.length * chance() ** 1.5)]!;
      const watched = watch(statistics, chance, person, video);
      return {
        user: `${at}`,
        item: `${video.at}`,
        atMs: Math.round(nowMs - chance() * 7 * 86_400_000),
        watchedMs: watched.watchedMs,
        isLong: watched.isLong,
        deeds: watched.deeds.includes('like') ? ['like'] : [],
      };
    }),
  );
  views.sort((a, b) => a.atMs - b.atMs);
  return {
    items: videos.map((video) => ({
      id: `${video.at}`,
      creator: `creator-${video.creator}`,
      sound: null,
      tags: video.tags,
      language: 'en',
      durationMs: video.durationMs,
      publishedAtMs: video.publishedAtMs,
    })),
    views,
    asked: people.map((_, at) => `${at}`).slice(0, ASKED),
    nowMs,
    worth: (user, item) => longChance(statistics, people[Number(user)]!, videos[Number(item)]!),
    worthName: 'longChance',
  };
}

type Pages = { user: string; ids: string[]; explored: number | null }[];

/** Distance of two videos: 1 − half of shared creator − half of the shared part of their tags. */
function distance(a: GraphItem, b: GraphItem): number {
  const all = new Set([...a.tags, ...b.tags]);
  const shared = a.tags.filter((tag) => b.tags.includes(tag)).length;
  return 1 - (a.creator === b.creator ? 0.5 : 0) - (all.size > 0 ? (0.5 * shared) / all.size : 0);
}

function describe(ground: Ground, pages: Pages): Record<string, number> {
  const itemOf = new Map(ground.items.map((item) => [item.id, item]));
  const shown = new Map<string, number>(ground.items.map((item) => [item.id, 0]));
  const valued = new Map<string, Set<string>>();
  const asked = new Set(ground.asked);
  for (const { user, item, isLong } of ground.views) {
    const facts = itemOf.get(item);
    if (!isLong || !facts || !asked.has(user)) continue;
    const own = valued.get(user) ?? new Set();
    valued.set(user, own);
    own.add(facts.creator!);
    for (const tag of facts.tags) own.add(tag);
  }
  const sums = { apart: 0, creators: 0, tags: 0, known: 0, worth: 0, explored: 0 };
  for (const { user, ids, explored } of pages) {
    const items = ids.map((id) => itemOf.get(id)!);
    let apart = 0;
    for (const [at, item] of items.entries())
      for (let other = 0; other < at; other++) apart += distance(item, items[other]!);
    sums.apart += apart / Math.max(1, (items.length * (items.length - 1)) / 2);
    sums.creators += new Set(items.map((item) => item.creator)).size;
    sums.tags += new Set(items.flatMap((item) => item.tags)).size;
    const own = valued.get(user);
    const isKnown = (item: GraphItem) => own?.has(item.creator!) || item.tags.some((tag) => own?.has(tag));
    sums.known += items.filter(isKnown).length / Math.max(1, items.length);
    sums.worth += ids.reduce((sum, id) => sum + ground.worth(user, id), 0);
    sums.explored += explored ?? 0;
    for (const id of ids) shown.set(id, shown.get(id)! + 1);
  }
  const counts = [...shown.values()].sort((a, b) => a - b);
  const all = counts.reduce((sum, one) => sum + one, 0);
  const weighted = counts.reduce((sum, one, at) => sum + one * (2 * (at + 1) - counts.length - 1), 0);
  const per = (sum: number) => rounded(sum / pages.length);
  return {
    intraListDistance: per(sums.apart),
    creatorsPer20: per(sums.creators),
    tagsPer20: per(sums.tags),
    catalogueCoverage: rounded(counts.filter((one) => one > 0).length / counts.length),
    gini: rounded(weighted / (counts.length * all)),
    ofAKnownInterest: per(sums.known),
    [ground.worthName]: per(sums.worth),
    ...(pages[0]!.explored !== null && { exploitation: rounded(1 - sums.explored / all) }),
  };
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

function ask(contender: Contender & Partial<ReturnType<typeof graphContender>>, ground: Ground): Pages {
  return ground.asked.map((user) => {
    const wish = { user, atMs: ground.nowMs, limit: PAGE };
    if (!contender.graph) return { user, ids: contender.page(wish), explored: null };
    const ranked = contender.graph.rank(wish);
    const explored = ranked.filter((one) => one.exploration).length;
    return { user, ids: ranked.map((one) => one.id), explored };
  });
}

export async function measureDiversity(
  options: { folder?: string; oneIn?: number } = {},
): Promise<ProtocolResult> {
  const { folder, oneIn = 1 } = options;
  const isThere = hasKuairand(folder);
  const ground = isThere ? await kuairandGround(folder, oneIn) : worldGround();
  const contenders: Contender[] = [
    graphContender('content graph, as served'),
    graphContender('content graph, expected value alone', BARE),
    popularityContender(),
    itemToItemContender(),
    formulaContender(),
  ];
  const rows: ProtocolResult['rows'] = [];
  for (const contender of contenders) {
    const started = performance.now();
    for (const item of ground.items) contender.put(item);
    for (const view of ground.views) contender.learn(view);
    const metrics = describe(ground, ask(contender, ground));
    rows.push({
      name: contender.name,
      metrics,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    });
  }
  // The same viewers as if they had only just come: the rest of the community is known.
  const early = graphContender(`content graph, viewers of ${EARLY} views`);
  const asked = new Set(ground.asked);
  const told = new Map<string, number>();
  for (const item of ground.items) early.put(item);
  for (const view of ground.views) {
    const views = told.get(view.user) ?? 0;
    if (asked.has(view.user) && views >= EARLY) continue;
    told.set(view.user, views + 1);
    early.learn(view);
  }
  rows.push({ name: early.name, metrics: describe(ground, ask(early, ground)) });
  return {
    protocol: '8 diversity',
    data: isThere ? 'KuaiRand-Pure, histories before 2022-04-25, pages of 2022-05-01' : 'a synthetic world',
    setup: {
      items: ground.items.length,
      ofTheUsersOneIn: oneIn,
      views: ground.views.length,
      pages: ground.asked.length,
      page: PAGE,
      distance: '1 − half for a shared creator − half of the shared part of the tags',
      [ground.worthName]: 'videos of a page',
    },
    rows,
    differs: [
      'Most creators of KuaiRand-Pure have one video in it and most videos one of 43 coarse tags: distances are near their ends, and "of a known interest" is easy to be.',
      'What the audit of a large service calls exploitation is what "ofAKnownInterest" of early viewers comes nearest to; its interests were finer.',
      ...(isThere
        ? [
            'Later long watches are few and were chosen by another service: a video not shown counts as nothing.',
          ]
        : []),
    ],
  };
}

if (import.meta.main)
  console.log(JSON.stringify(await measureDiversity({ folder: process.argv[2] }), null, 2));
