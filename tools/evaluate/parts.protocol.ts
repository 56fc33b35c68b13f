/**
 * The parts of the graph (ablation): the graph learns KuaiRand until 04-26 and puts each user's impressions of 04-27 and
 * 04-28 in order, once as it serves and once with each part taken out or changed. Days of validation: the ones that
 * protocols 1 and 2 measure on are not touched. Nothing is given away for exploring or variety, as order is what is judged.
 * `node tools/evaluate/parts.protocol.ts [folder]` prints JSON.
 */
import {
  createContentGraph,
  type GraphEventKind,
  type Tunables,
} from '../../packages/content-graph/content-graph.ts';
import { type Impressions, readHistories, readImpressions, readVideos } from './kuairand.reader.ts';
import { BARE } from './new-viewer.contenders.ts';
import type { ProtocolResult } from './protocol.ts';
import { orderWithinUsers } from './ranking.metrics.ts';

const LEARNED_UNTIL = 20_220_426;
const JUDGED_UNTIL = 20_220_428;
const RANK_AT_MS = Date.UTC(2022, 3, 26, 16);

const VARIANTS: { name: string; tunables: Partial<Tunables> }[] = [
  { name: 'as it serves', tunables: {} },
  { name: 'without the ranker', tunables: { rankerWeight: 0 } },
  { name: 'the ranker alone', tunables: { rankerWeight: 1 } },
  { name: 'without tags', tunables: { tagWeight: 0 } },
  { name: 'without creators', tunables: { creatorWeight: 0 } },
  { name: 'without sounds', tunables: { soundWeight: 0 } },
  { name: 'without item-to-item', tunables: { similarWeight: 0 } },
  { name: 'item-to-item five times as strong', tunables: { similarWeight: 1 } },
  { name: 'without popularity', tunables: { popularWeight: 0 } },
  { name: 'every account counts at once', tunables: { accountViews: 0.1 } },
  { name: '… and without the ranker', tunables: { accountViews: 0.1, rankerWeight: 0 } },
];

type Data = {
  log: Impressions;
  histories: Awaited<ReturnType<typeof readHistories>>;
  videos: ReturnType<typeof readVideos>;
};

function learnAll({ log, histories, videos }: Data, tunables: Partial<Tunables>) {
  const graph = createContentGraph({ seed: 1, tunables: { ...BARE, candidates: 5000, ...tunables } });
  const learn = (user: number, video: number, atMs: number, kind: GraphEventKind, watchedMs?: number) =>
    graph.learn({
      user: `${user}`,
      item: `${video}`,
      atMs,
      kind,
      ...(watchedMs !== undefined && { watchedMs }),
    });
  for (const [id, video] of videos.entries())
    if (video) graph.putItem({ ...video, id: `${id}`, language: null });
  for (const { user, lastMs, videos: watched, long, liked } of histories)
    for (const [at, video] of watched.entries()) {
      const atMs = lastMs - (watched.length - at) * 30_000;
      // The sequences tell long watches from others and no times: a quarter stands for the others.
      learn(user, video, atMs, 'view', (videos[video]?.durationMs ?? 0) * (long[at] ? 1 : 0.25));
      if (liked[at]) learn(user, video, atMs, 'like');
    }
  for (let at = 0; at < log.count && log.date[at]! <= LEARNED_UNTIL; at++) {
    const [user, video, atMs] = [log.user[at]!, log.video[at]!, log.atMs[at]!];
    learn(user, video, atMs, 'view', log.playedMs[at]!);
    if (log.liked[at]) learn(user, video, atMs, 'like');
    if (log.shared[at]) learn(user, video, atMs, 'share');
    if (log.followed[at]) learn(user, video, atMs, 'follow');
    if (log.hated[at]) learn(user, video, atMs, 'not-interested');
  }
  return graph;
}

/** By user: what they were shown on the days that are judged, and whether they watched it long. */
function poolsOf(log: Impressions): Map<number, Map<string, number>> {
  const pools = new Map<number, Map<string, number>>();
  for (let at = 0; at < log.count; at++) {
    if (log.date[at]! <= LEARNED_UNTIL || log.date[at]! > JUDGED_UNTIL) continue;
    const pool = pools.get(log.user[at]!) ?? new Map<string, number>();
    pools.set(log.user[at]!, pool);
    if (!pool.has(`${log.video[at]}`)) pool.set(`${log.video[at]}`, log.long[at]!);
  }
  return pools;
}

function judge(data: Data, pools: ReturnType<typeof poolsOf>, tunables: Partial<Tunables>) {
  const graph = learnAll(data, tunables);
  const [users, labels, scores]: number[][] = [[], [], []];
  for (const [user, pool] of pools) {
    const page = graph.rank({ user: `${user}`, atMs: RANK_AT_MS, limit: 100, allow: (id) => pool.has(id) });
    for (const [place, { id }] of page.entries()) {
      users!.push(user);
      labels!.push(pool.get(id)!);
      scores!.push(-place);
    }
  }
  return orderWithinUsers(users!, labels!, scores!);
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

export async function measureParts(folder?: string): Promise<ProtocolResult> {
  const data: Data = {
    log: await readImpressions(folder),
    histories: await readHistories(folder),
    videos: readVideos(folder),
  };
  const pools = poolsOf(data.log);
  const rows = VARIANTS.map(({ name, tunables }) => {
    const started = performance.now();
    const { gauc, ndcg5, primary, users } = judge(data, pools, tunables);
    return {
      name,
      metrics: { primary: rounded(primary), gauc: rounded(gauc), ndcg5: rounded(ndcg5), users },
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  });
  return {
    protocol: '10 parts of the graph',
    data: 'KuaiRand-Pure, 04-27 and 04-28, after everything before',
    setup: { order: 'expected value alone', seed: 1 },
    rows,
    differs: [
      'Impressions a user had seen before are left out: the graph shows nothing twice.',
      'Another service chose the impressions, so a part that finds what nobody was shown gets no credit here.',
    ],
  };
}

if (import.meta.main) console.log(JSON.stringify(await measureParts(process.argv[2]), null, 2));
