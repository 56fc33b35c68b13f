/**
 * Serving (protocol 9): pages of twenty from 10⁴, 10⁵ and 10⁶ items with 100,000 viewers, ranker and forecast as it serves,
 * each size in a process of its own so that memory is its own. `node tools/evaluate/serving.protocol.ts` prints JSON;
 * `bench/graph-size.ts` is one size and tells where it is.
 */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import type { GraphSize } from '../../bench/graph-size.ts';
import type { ProtocolResult } from './protocol.ts';

const bench = new URL('../../bench/graph-size.ts', import.meta.url).pathname;

export async function measureServing(
  options: { items?: number[]; viewers?: number } = {},
): Promise<ProtocolResult> {
  const { items = [10_000, 100_000, 1_000_000], viewers = 100_000 } = options;
  const rows: ProtocolResult['rows'] = [];
  let circumstances: Record<string, unknown> = {};
  for (const count of items) {
    const started = performance.now();
    const run = promisify(execFile)(
      process.execPath,
      ['--expose-gc', bench, '--items', `${count}`, '--viewers', `${viewers}`],
      { maxBuffer: 1e7 },
    );
    run.child.stderr?.pipe(process.stderr);
    const measured = JSON.parse((await run).stdout) as GraphSize;
    rows.push({
      name: `${count.toLocaleString('en')} items`,
      metrics: measured.metrics,
      seconds: Math.round((performance.now() - started) / 1000),
    });
    circumstances = measured.setup;
  }
  return {
    protocol: '9 serving',
    data: 'a synthetic catalogue: skewed topics, tags, creators and sounds',
    setup: {
      ...circumstances,
      viewers,
      cpu: cpus()[0]?.model,
      targets: { pageP99Ms: 10, megabytes: 1500, eventsPerSecond: 10_000 },
    },
    rows,
    differs: [
      'In process, one core at work; over HTTP see bench/feed.ts, and from event to page bench/event-to-page.ts.',
      'Milliseconds as a clock counts them are also those in which others had the machine; load is how many waited for its cores, Cpu what the thread itself took.',
      'A forecast knows at most 8,000 items; they are the ones that most valued. Its fit has a thread of its own, and residentMegabytesAtMost holds both.',
      'Nine of ten viewers have 10 views and one of ten has 40, as few viewers do most of the watching.',
      'Memory is the whole process after a collection: the state, the ids and their maps, and the bench’s own tables.',
    ],
  };
}

if (import.meta.main) console.log(JSON.stringify(await measureServing(), null, 2));
