/**
 * From the command to ready on this machine: the first start of a fresh home (which makes the database) and later
 * starts of a home that has been used; then the memory of the whole tree, server and Postgres, when nothing happens
 * (PSS: pages that processes share are divided among them). Reference in the same run: a Node process that does
 * nothing. node bench/start.ts [--times 5] [--idle-seconds 20]; prints JSON. Needs /proc for the memory.
 */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { memoryOf, treeOf } from '../e2e/processes.ts';
import { startServer } from '../e2e/stage.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '5' }, 'idle-seconds': { type: 'string', default: '20' } },
});
const times = Number(values.times);
const idleSeconds = Number(values['idle-seconds']);
const loadBefore = loadavg()[0]!;

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
const timed = async <T>(work: () => Promise<T> | T): Promise<[number, T]> => {
  const started = performance.now();
  const result = await work();
  return [Math.round(performance.now() - started), result];
};

const firstMs: number[] = [];
const laterMs: number[] = [];
const stopMs: number[] = [];
const nodeMs: number[] = [];
for (let at = 0; at < times; at++) {
  const [first, server] = await timed(() => startServer());
  firstMs.push(first);
  stopMs.push((await timed(() => server.stop()))[0]);
  laterMs.push((await timed(() => server.start()))[0]);
  await server.close();
  nodeMs.push((await timed(() => spawnSync(process.execPath, ['-e', '0'])))[0]);
}

const server = await startServer();
await pause(idleSeconds * 1000);
const tree = await treeOf(server.pid);
const postgres = tree.filter((one) => one.name === 'postgres');
const memory = {
  server: await memoryOf(tree.filter((one) => one.pid === server.pid)),
  postgres: await memoryOf(postgres),
  all: await memoryOf(tree),
};
await server.stop();
await rm(server.home, { recursive: true, force: true });

const mb = (bytes: number) => Math.round(bytes / 1e6);
console.log(
  JSON.stringify(
    {
      bench: 'start',
      cores: cpus().length,
      loadBefore,
      firstReadyMs: { median: median(firstMs), all: firstMs },
      laterReadyMs: { median: median(laterMs), all: laterMs },
      stopMs: { median: median(stopMs), all: stopMs },
      reference: { emptyNodeMs: median(nodeMs) },
      idle: {
        afterSeconds: idleSeconds,
        processes: tree.length,
        serverMb: mb(memory.server),
        postgresMb: mb(memory.postgres),
        allMb: mb(memory.all),
      },
    },
    null,
    2,
  ),
);
