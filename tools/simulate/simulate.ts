/**
 * `node tools/simulate/simulate.ts [--viewers 200] [--days 3] [--videos 800] [--pages 5] [--seed 1] [--data folder]` lets
 * viewers with hidden tastes live on a real server over HTTP and prints as JSON what became of their feeds, of new videos
 * and of new creators. `--data none` takes the synthetic statistics even where KuaiRand is there.
 */
import { parseArgs } from 'node:util';
import openPostgres from '../../server/testing/postgres.setup.ts';
import { judge } from './judge.ts';
import { live } from './life.ts';
import { readStatistics, syntheticStatistics } from './statistics.ts';

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '200' },
    days: { type: 'string', default: '3' },
    videos: { type: 'string', default: '800' },
    pages: { type: 'string', default: '5' },
    pairs: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string' },
  },
});
const statistics = values.data === 'none' ? syntheticStatistics : await readStatistics(values.data);
const closePostgres = await openPostgres();
const started = performance.now();
const days = Number(values.days);
const life = await live({
  statistics,
  seed: Number(values.seed),
  viewers: Number(values.viewers),
  memberEvery: 10,
  videos: Number(values.videos),
  creators: Math.ceil(Number(values.videos) / 8),
  days,
  pagesPerVisit: Number(values.pages),
  page: 8,
  returning: 0.8,
  arrivals: { pairs: Number(values.pairs), day: Math.min(1, days - 1) },
});
const seconds = Math.round((performance.now() - started) / 1000);
await closePostgres();
const { statistics: _, ...plan } = life.plan;
console.log(
  JSON.stringify(
    { statistics: statistics.source, topics: statistics.topics.length, ...plan, seconds, ...judge(life) },
    null,
    2,
  ),
);
