/**
 * The parts of the graph (ablation): the graph learns KuaiRand until 04-26 and adopts a forecast of that; then it puts each
 * user's impressions of 04-27 and 04-28 in order, and is asked whether what they watched long there is among what it would
 * have shown of the whole catalogue. Once as it serves and once with each part taken out or changed. Days of validation:
 * the ones that protocols 1 and 2 measure on are not touched. Nothing is given away for exploring or variety.
 * `node tools/evaluate/parts.protocol.ts [folder] [one user in so many]` prints JSON.
 */
import {
  type ContentGraph,
  createContentGraph,
  TUNABLES,
  type Tunables,
} from '../../packages/content-graph/content-graph.ts';
import { adoptForecast, learnHistories, learnImpression } from './kuairand.graph.ts';
import { type Impressions, readHistories, readImpressions, readVideos } from './kuairand.reader.ts';
import { BARE, graphContender } from './new-viewer.contenders.ts';
import { measureInWorld } from './new-viewer.protocol.ts';
import type { ProtocolResult } from './protocol.ts';
import { orderWithinUsers } from './ranking.metrics.ts';

const LEARNED_UNTIL = 20_220_426;
const JUDGED_UNTIL = 20_220_428;
/** Users whose whole page is looked at; order is judged on all. */
const ASKED_TO_FIND = 600;
const RANK_AT_MS = Date.UTC(2022, 3, 26, 16);

const VARIANTS: { name: string; tunables: Partial<Tunables> }[] = [
  { name: 'as it serves', tunables: {} },
  { name: 'without the forecast', tunables: { forecastWeight: 0 } },
  { name: 'the forecast for candidates only', tunables: { forecastWeight: 1e-6 } },
  { name: 'the forecast half as strong', tunables: { forecastWeight: 1 } },
  { name: 'the forecast twice as strong', tunables: { forecastWeight: 4 } },
  { name: 'without the ranker', tunables: { rankerWeight: 0 } },
  { name: 'the ranker alone', tunables: { rankerWeight: 1 } },
  { name: 'without tags', tunables: { tagWeight: 0 } },
  { name: 'without creators', tunables: { creatorWeight: 0 } },
  { name: 'creators twice as strong', tunables: { creatorWeight: 1 } },
  { name: 'with sounds', tunables: { soundWeight: 0.4 } },
  { name: 'without item-to-item', tunables: { similarWeight: 0 } },
  { name: 'item-to-item five times as strong', tunables: { similarWeight: 1 } },
  { name: 'without popularity', tunables: { popularWeight: 0 } },
  { name: 'every account counts at once', tunables: { accountViews: 0.1 } },
  { name: '… and without the ranker', tunables: { accountViews: 0.1, rankerWeight: 0 } },
  { name: '… and without the forecast', tunables: { accountViews: 0.1, forecastWeight: 0 } },
];

type Data = {
  log: Impressions;
  histories: Awaited<ReturnType<typeof readHistories>>;
  videos: ReturnType<typeof readVideos>;
};

function learnAll({ log, histories, videos }: Data, accountViews: number | undefined) {
  const graph = createContentGraph({ seed: 1, tunables: accountViews ? { accountViews } : {} });
  learnHistories(graph, { histories, videos });
  for (let at = 0; at < log.count && log.date[at]! <= LEARNED_UNTIL; at++) learnImpression(graph, log, at);
  adoptForecast(graph);
  return graph;
}

/** By user: what they were shown on the days that are judged, and whether they watched it long. */
function poolsOf(log: Impressions, oneIn: number): Map<number, Map<string, number>> {
  const pools = new Map<number, Map<string, number>>();
  for (let at = 0; at < log.count; at++) {
    if (log.date[at]! <= LEARNED_UNTIL || log.date[at]! > JUDGED_UNTIL || log.user[at]! % oneIn > 0) continue;
    const pool = pools.get(log.user[at]!) ?? new Map<string, number>();
    pools.set(log.user[at]!, pool);
    if (!pool.has(`${log.video[at]}`)) pool.set(`${log.video[at]}`, log.long[at]!);
  }
  return pools;
}

function judgeOrder(learned: ContentGraph, pools: ReturnType<typeof poolsOf>, tunables: Partial<Tunables>) {
  const graph = learned.retuned({ seed: 1, tunables: { ...BARE, candidates: 5000, ...tunables } });
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

/** Of what a user had not met and then watched long: the share among all candidates, and among the hundred best. */
function judgeFinding(learned: ContentGraph, pools: ReturnType<typeof poolsOf>, tunables: Partial<Tunables>) {
  const { candidates, sweep } = TUNABLES;
  const bounds = { candidates: candidates.value, sweep: sweep.value };
  const graph = learned.retuned({ seed: 1, tunables: { ...BARE, ...bounds, ...tunables } });
  const whole = learned.retuned({ seed: 1, tunables: { ...BARE, candidates: 5000 } });
  const sums = { found: 0, in100: 0, in20: 0, candidates: 0, users: 0 };
  for (const [user, pool] of pools) {
    if (sums.users === ASKED_TO_FIND) break;
    const open = new Set<string>();
    const request = { user: `${user}`, atMs: RANK_AT_MS, limit: 100 };
    // A page that looks through everything holds all of the pool that the user had not met.
    const unmet = whole.rank({ ...request, allow: (id) => pool.has(id) }).map(({ id }) => id);
    const wanted = unmet.filter((id) => pool.get(id) === 1);
    if (wanted.length === 0) continue;
    const page = graph.rank({
      ...request,
      allow: (id) => {
        open.add(id);
        return true;
      },
    });
    const share = (ids: ReadonlySet<string>) => wanted.filter((id) => ids.has(id)).length / wanted.length;
    sums.found += share(open);
    sums.in100 += share(new Set(page.map(({ id }) => id)));
    sums.in20 += share(new Set(page.slice(0, 20).map(({ id }) => id)));
    sums.candidates += open.size;
    sums.users++;
  }
  const mean = (sum: number) => rounded(sum / Math.max(1, sums.users));
  return {
    found: mean(sums.found),
    in100: mean(sums.in100),
    in20: mean(sums.in20),
    candidates: Math.round(mean(sums.candidates)),
  };
}

/** In the world of protocol 6 a page is worth what its viewer's hidden taste says. There, too few watch for a forecast. */
export async function judgeInWorld(folder?: string): Promise<Map<string, Record<string, number>>> {
  const rows = await measureInWorld(
    () =>
      VARIANTS.filter(({ tunables }) => tunables.forecastWeight === undefined).map(({ name, tunables }) =>
        graphContender(name, { ...BARE, ...tunables }),
      ),
    folder,
  );
  return new Map(
    rows.map(({ name, metrics }) => [
      name,
      {
        worldAfter20: metrics.after20 ?? 0,
        worldAfter80: metrics.after80 ?? 0,
        worldHeldBack80: metrics['heldBack.after80'] ?? 0,
      },
    ]),
  );
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

export async function measureParts(folder?: string, oneIn = 1): Promise<ProtocolResult> {
  const data: Data = {
    log: await readImpressions(folder),
    histories: await readHistories(folder),
    videos: readVideos(folder),
  };
  const pools = poolsOf(data.log, oneIn);
  // What is learned depends on one of the tunables only; the others read the same memory in another way.
  const learned = new Map<number | undefined, ContentGraph>();
  const inWorld = await judgeInWorld(folder);
  const rows = VARIANTS.map(({ name, tunables }) => {
    const started = performance.now();
    const { accountViews } = tunables;
    const graph = learned.get(accountViews) ?? learnAll(data, accountViews);
    learned.set(accountViews, graph);
    const { gauc, ndcg5, primary, users } = judgeOrder(graph, pools, tunables);
    const order = { primary: rounded(primary), gauc: rounded(gauc), ndcg5: rounded(ndcg5), users };
    return {
      name,
      metrics: { ...order, ...judgeFinding(graph, pools, tunables), ...inWorld.get(name) },
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  });
  return {
    protocol: '10 parts of the graph',
    data: 'KuaiRand-Pure, 04-27 and 04-28, after everything before',
    setup: { order: 'expected value alone', seed: 1, oneUserIn: oneIn },
    rows,
    differs: [
      'Impressions a user had seen before are left out: the graph shows nothing twice.',
      'Another service chose the impressions, so a part that finds what nobody was shown gets no credit here.',
      'world*: pages after 20 and 80 events in the world of protocol 6, and after 80 among videos never shown; standard error about .013. Its videos have topics and creators of mixed topics, and no sounds.',
      'found, in100 and in20 say how much of what that service showed and was watched long would have been found: not how good the rest is.',
    ],
  };
}

if (import.meta.main) {
  const [folder, oneIn = '1'] = process.argv.slice(2);
  console.log(JSON.stringify(await measureParts(folder || undefined, Number(oneIn)), null, 2));
}
