/**
 * `npm run evaluate`: every protocol whose data is there, or any data with `--train --valid --test`. `--only 3,4` runs
 * some, `--json` prints JSON, `--write` puts the results into docs/measures.md beside the anchors.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type AnyDataOptions, measureAnyData } from './any-data.protocol.ts';
import { tableOf, writeMeasures } from './measures.ts';
import type { ProtocolResult } from './protocol.ts';
import { protocols } from './protocols.ts';

const USAGE = `npm run evaluate -- [--only 3,4] [--json] [--write]
npm run evaluate -- --train a.csv [--valid b.csv] --test c.csv [--item-features f.npy] [--items list]
                    [--protocol full-ranking] [--k 10,20] [--keep-seen] [--users n] [--seed n] [--no-baselines] [--json]`;

const OPTIONS = {
  train: { type: 'string' },
  valid: { type: 'string' },
  test: { type: 'string' },
  'item-features': { type: 'string' },
  items: { type: 'string' },
  protocol: { type: 'string' },
  k: { type: 'string' },
  'keep-seen': { type: 'boolean' },
  'no-baselines': { type: 'boolean' },
  users: { type: 'string' },
  seed: { type: 'string' },
  only: { type: 'string' },
  json: { type: 'boolean' },
  write: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];
let values: Values = {};

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} takes whole numbers from 1, not ${text}`);
  return number;
}

/** npm runs scripts in the folder of package.json; a path is meant from where the person stands. */
const path = (given: string) => resolve(process.env.INIT_CWD ?? process.cwd(), given);

function anyData(): AnyDataOptions {
  const { train, test, protocol } = values;
  if (!train || !test) throw new Error(`--train and --test belong together\n${USAGE}`);
  if (protocol !== undefined && protocol !== 'full-ranking')
    throw new Error(`the protocol for files is full-ranking, not ${protocol}`);
  return {
    train: path(train),
    test: path(test),
    valid: values.valid && path(values.valid),
    itemFeatures: values['item-features'] && path(values['item-features']),
    items: values.items && path(values.items),
    ks: values.k ? values.k.split(',').map((k) => wholeNumber('k', k)) : [10, 20],
    keepSeen: values['keep-seen'] ?? false,
    noBaselines: values['no-baselines'] ?? false,
    people: values.users ? wholeNumber('users', values.users) : undefined,
    seed: values.seed ? wholeNumber('seed', values.seed) : 1,
  };
}

function print(result: ProtocolResult) {
  if (!values.json) process.stdout.write(`${tableOf(result)}\n`);
}

async function main() {
  values = parseArgs({ options: OPTIONS }).values;
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const results: ProtocolResult[] = [];
  if (values.train !== undefined || values.test !== undefined) {
    results.push(await measureAnyData(anyData()));
    print(results[0]!);
  } else {
    const only = values.only?.split(',');
    for (const { number, name, isThere, measure } of protocols) {
      if (only && !only.includes(`${number}`)) continue;
      if (!isThere()) {
        process.stderr.write(`${number} ${name}: skipped, its data is not there\n`);
        continue;
      }
      process.stderr.write(`${number} ${name} …\n`);
      const result = await measure();
      results.push(result);
      print(result);
      if (values.write) writeMeasures(number, result);
    }
  }
  if (values.json)
    process.stdout.write(`${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
