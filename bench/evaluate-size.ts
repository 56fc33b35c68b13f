/**
 * How much `npm run evaluate` on files takes when they are large: writes rows of random walks through topics to a
 * temporary file, runs the command in a process of its own with a heap of 2.5 GB, and prints JSON with its seconds and
 * its largest resident memory. Reference in the same run: a tenth of the rows.
 * node bench/evaluate-size.ts [--rows 10000000] [--people 500]
 */
import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { createChance } from '../packages/content-graph/chance.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000000' }, people: { type: 'string', default: '500' } },
});
const TOPICS = 200;
const ITEMS_A_TOPIC = 250;
const EVENTS_A_USER = 40;

/** Strings as ids, a time on nine rows of ten. */
function write(path: string, rows: number, isTest: boolean): void {
  const chance = createChance(1);
  const file = openSync(path, 'w');
  let lines = ['user,item,timestamp'];
  const users = Math.ceil(rows / EVENTS_A_USER);
  for (let user = 0; user < users; user++) {
    const topic = Math.floor(chance() * TOPICS);
    let place = Math.floor(chance() * ITEMS_A_TOPIC);
    for (let event = 0; event <= EVENTS_A_USER; event++) {
      place = (place + 1 + Math.floor(chance() ** 3 * 20)) % ITEMS_A_TOPIC;
      if (isTest !== (event === EVENTS_A_USER)) continue;
      const at = event % 10 === 3 ? '' : `${1_600_000_000 + user + event * 60}`;
      lines.push(`viewer-${user},video-${topic}-${place},${at}`);
    }
    if (lines.length < 50_000) continue;
    writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  }
  writeSync(file, `${lines.join('\n')}\n`);
  closeSync(file);
}

async function measure(folder: string, rows: number) {
  const [train, test] = [join(folder, 'train.csv'), join(folder, 'test.csv')];
  write(train, rows, false);
  write(test, rows, true);
  const main = new URL('../tools/evaluate/main.ts', import.meta.url).pathname;
  const started = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=2500', main, '--train', train, '--test', test, '--users', values.people, '--json'],
    { maxBuffer: 1e7 },
  );
  const { setup, rows: results } = JSON.parse(stdout);
  return {
    rows,
    fileMb: Math.round(statSync(train).size / 1e6),
    seconds: Math.round((performance.now() - started) / 1000),
    readSeconds: setup.readSeconds,
    memoryMb: setup.memoryMb,
    people: setup.peopleAsked,
    results: results.map((row: { name: string; seconds: number; metrics: Record<string, number> }) => ({
      name: row.name,
      fitSeconds: row.seconds,
      recall20: row.metrics['recall@20'],
    })),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'evaluate-size-'));
try {
  const rows = Number(values.rows);
  const reference = await measure(folder, Math.ceil(rows / 10));
  const whole = await measure(folder, rows);
  console.log(JSON.stringify({ limitMb: 4096, whole, reference, cpu: cpus()[0]?.model, load: loadavg()[0] }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
