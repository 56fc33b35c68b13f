/**
 * Any data (protocol 5): files of user, item and perhaps time and value; trains, learns the blend on the validation
 * file, ranks the whole catalogue for everyone in the test file, beside popularity, item-kNN and EASE. Knows files and
 * figures; the models know neither.
 */
import { readFileSync } from 'node:fs';
import type { HeldOut } from '../../packages/content-graph/models/retrieval/blend.ts';
import type { ItemContent } from '../../packages/content-graph/models/retrieval/content.ts';
import {
  type Interactions,
  interactionsOf,
} from '../../packages/content-graph/models/retrieval/interactions.ts';
import { PART_NAMES, type PartName } from '../../packages/content-graph/models/retrieval/parts.ts';
import { trainRetrieval } from '../../packages/content-graph/models/retrieval/retrieval.ts';
import { ease, itemKnn, ownMostOften, popularity, popularityLately, type Scorer } from './baselines.ts';
import { byRetrieval, byScorer, type Case, type Contender, judge, timed } from './full-ranking.ts';
import { createIds, type Ids } from './ids.ts';
import type { ProtocolResult } from './protocol.ts';
import { readTable, type Table } from './table.reader.ts';
import { readVectors } from './vectors.reader.ts';

export type AnyDataOptions = {
  train: string;
  valid?: string;
  test: string;
  itemFeatures?: string;
  /** Ids in the order of the rows of the features; without it row n belongs to the item with the id n. */
  items?: string;
  ks?: readonly number[];
  keepSeen?: boolean;
  seed?: number;
  /** At most this many people of the test file, evenly taken; everyone by default. */
  people?: number;
  /** Head of the catalogue that EASE is fitted on; 0 leaves it out. */
  head?: number;
  /** Only the model, for very large data. */
  noBaselines?: boolean;
  without?: readonly PartName[];
};

/** Rows of this many users of valid are looked at; weights are few and need no more. */
const MOST_HELD_OUT = 50_000;
/** Above this many events all-pairs baselines would take longer than everything else. */
const BASELINE_EVENTS = 3_000_000;

export async function measureAnyData(options: AnyDataOptions): Promise<ProtocolResult> {
  const { ks = [10, 20], keepSeen = false, seed = 1, head = 2000, without } = options;
  const users = createIds();
  const items = createIds();
  const read = timed(() => ({
    train: readTable(options.train, users, items),
    valid: options.valid ? readTable(options.valid, users, items) : null,
  }));
  const { train, valid } = read.made;
  if (train.rows === 0) throw new Error(`${options.train} has no row with a user and an item`);
  const catalogue = items.count;
  const known = users.count;
  const test = readTable(options.test, users, items);
  const content = options.itemFeatures
    ? contentOf(options.itemFeatures, options.items, items, catalogue)
    : null;
  const scale = meanOf(train.value);
  const log = logOf([train], known, catalogue, scale);
  const whole = valid && valid.rows > 0 ? logOf([train, valid], known, catalogue, scale) : log;
  const heldOut = valid && valid.rows > 0 ? heldOutOf(log, valid, keepSeen) : undefined;
  const { cases, unreachable, repeated } = casesOf(whole, known, catalogue, test, keepSeen, options.people);
  if (cases.length === 0)
    throw new Error(
      repeated > 0
        ? `nothing is left to find: all ${repeated} rows of ${options.test} name what the person had met before (--keep-seen ranks that too)`
        : `${options.test} has no row with a user and an item`,
    );
  const judging = { items: catalogue, ks, keepSeen };
  const contenders: Contender[] = [fittedAs('popularity', () => popularity(whole))];
  if (whole.at) contenders.push(fittedAs('popularity, last tenth', () => popularityLately(whole)));
  if (keepSeen) contenders.push(fittedAs('their own most often', () => ownMostOften(whole)));
  const withAll = !options.noBaselines && whole.item.length <= BASELINE_EVENTS;
  if (withAll) {
    contenders.push(fittedAs('item-kNN', () => itemKnn(whole)));
    if (head > 0) contenders.push(fittedAs(`EASE, head of ${head}`, () => ease(whole, head)));
  }
  const from = heldOut?.length ? log : whole;
  const chosen = timed(() => chooseReading(from, heldOut, { seed, keepSeen }));
  const { reading } = chosen.made;
  const learning = heldOut?.length
    ? { heldOut: heldOut.map((one) => readBy(reading, one)), whole: readBy(reading, whole) }
    : {};
  const fitted = timed(() =>
    trainRetrieval(readBy(reading, from), { seed, content, keepSeen, without, ...learning }),
  );
  const model = byRetrieval('content-graph', fitted.made, chosen.seconds + fitted.seconds);
  contenders.push({ ...model, fill: (one, out) => model.fill(readBy(reading, one), out) });
  return {
    protocol: '5 any data, full ranking',
    data: options.train,
    setup: {
      events: train.rows,
      validEvents: valid?.rows ?? 0,
      testEvents: test.rows,
      columnsRead: train.columns,
      brokenLines: train.broken + (valid?.broken ?? 0) + test.broken,
      users: known,
      catalogue,
      candidates: 'the whole catalogue of train and valid',
      seen: keepSeen ? 'may be recommended again' : 'left out of the ranking and of what is wanted',
      weightsLearnedOn: heldOut?.length ? 'valid' : 'the last event of every other user of train',
      fittedOn: valid?.rows ? 'train and valid' : 'train',
      timesGiven: train.at !== null,
      peopleAsked: cases.length,
      wantedOutsideTheCatalogue: unreachable,
      wantedButSeen: repeated,
      baselines: withAll
        ? 'popularity, popularity of the last tenth, item-kNN, EASE'
        : `popularity (others up to ${BASELINE_EVENTS} events)`,
      valuesRead: chosen.made.found ? { as: reading, ...chosen.made.found } : 'none given',
      readSeconds: read.seconds,
      learned: fitted.made.learned,
      memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    },
    rows: contenders.map((one) => judge(one, cases, judging)),
    differs: remarks({ test, cases, unreachable, repeated, keepSeen }),
  };
}

/** What a stranger should know before believing the figures. */
function remarks(of: {
  test: Table;
  cases: readonly Case[];
  unreachable: number;
  repeated: number;
  keepSeen: boolean;
}): string[] {
  const wanted = of.cases.reduce((sum, one) => sum + one.wanted.size, 0);
  const strangers = of.cases.filter((one) => one.history.length === 0).length;
  const said: string[] = [];
  if (of.unreachable === wanted)
    said.push(
      'none of the wanted items is in train or valid: are ids written alike, are user and item exchanged?',
    );
  else if (of.unreachable > wanted / 4)
    said.push(
      `${of.unreachable} of ${wanted} wanted items are new in the test: nobody without their content can find them`,
    );
  if (strangers > of.cases.length / 2)
    said.push(
      `${strangers} of ${of.cases.length} people have no history: for them there is popularity alone`,
    );
  if (!of.keepSeen && of.repeated > of.test.rows / 4)
    said.push(
      `${of.repeated} of ${of.test.rows} rows of the test name what the person had met before and do not count: --keep-seen ranks them too`,
    );
  if (of.test.broken > of.test.rows / 20)
    said.push(`${of.test.broken} lines of the test have no user or no item`);
  return said;
}

function fittedAs(name: string, fit: () => Scorer): Contender {
  const { made, seconds } = timed(fit);
  return byScorer(name, made, seconds);
}

/**
 * What a value says: nothing, less than it seems, or what it is. Stars, watched shares and numbers of plays differ in
 * that, and so does what counts as found.
 */
type Reading = keyof typeof READINGS;
const READINGS = { nothing: 0, root: 0.5, itself: 1 };

/** By what was held out, with item-to-item alone: it is fitted in seconds, and the values mean to the others what they do to it. */
function chooseReading(
  log: Interactions,
  heldOut: HeldOut[] | undefined,
  { seed, keepSeen }: { seed: number; keepSeen: boolean },
): { reading: Reading; found: Record<Reading, number> | null } {
  if (!log.value) return { reading: 'nothing', found: null };
  const without = PART_NAMES.filter((name) => name !== 'together');
  const names = Object.keys(READINGS) as Reading[];
  const found = Object.fromEntries(
    names.map((name) => {
      const cases = heldOut?.length ? { heldOut: heldOut.map((one) => readBy(name, one)) } : {};
      return [name, trainRetrieval(readBy(name, log), { seed, keepSeen, without, ...cases }).learned.ndcg];
    }),
  ) as Record<Reading, number>;
  return { reading: names.reduce((best, name) => (found[name] > found[best] ? name : best)), found };
}

function readBy<Valued extends { value: Float32Array | null }>(reading: Reading, one: Valued): Valued {
  if (!one.value || reading === 'itself') return one;
  return {
    ...one,
    value: reading === 'nothing' ? null : one.value.map((value) => value ** READINGS[reading]),
  };
}

function meanOf(values: Float32Array | null): number {
  if (!values) return 1;
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!(value > 0)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : 1;
}

function logOf(tables: readonly Table[], users: number, items: number, scale: number): Interactions {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const user = new Int32Array(rows);
  const item = new Int32Array(rows);
  const at = tables.some((table) => table.at) ? new Float64Array(rows) : null;
  const value = tables.some((table) => table.value) ? new Float32Array(rows).fill(1) : null;
  let from = 0;
  let latest = 0;
  for (const table of tables) {
    user.set(table.user, from);
    item.set(table.item, from);
    if (at && table.at) at.set(table.at, from);
    // A file without times comes after the one before it.
    else at?.fill(latest, from, from + table.rows);
    if (table.at) latest = table.at.reduce((most, one) => Math.max(most, one), latest);
    if (value && table.value)
      for (let row = 0; row < table.rows; row++) value[from + row] = table.value[row]! / scale;
    from += table.rows;
  }
  return interactionsOf({ users, items, user, item, at, value });
}

/** Rows of a table by user: where each user's begin and the rows in order. */
function rowsByUser(table: Table, users: number) {
  const start = new Int32Array(users + 1);
  for (const user of table.user) if (user < users) start[user + 1]!++;
  for (let user = 0; user < users; user++) start[user + 1]! += start[user]!;
  const next = start.slice(0, users);
  const row = new Int32Array(start[users]!);
  for (let at = 0; at < table.rows; at++) {
    const user = table.user[at]!;
    if (user < users) row[next[user]!++] = at;
  }
  return { start, row };
}

/** A user's time is that of the first event to be found: what is fresh then is known, what comes later is not. */
function firstTime(table: Table, rows: Int32Array): number | null {
  if (!table.at) return null;
  return rows.reduce((least, row) => Math.min(least, table.at![row]!), Number.POSITIVE_INFINITY);
}

function heldOutOf(log: Interactions, valid: Table, keepSeen: boolean): HeldOut[] {
  const { start, row } = rowsByUser(valid, log.users);
  const found: HeldOut[] = [];
  const every = Math.ceil(log.users / MOST_HELD_OUT);
  for (let user = 0; user < log.users; user += every) {
    const rows = row.subarray(start[user]!, start[user + 1]!);
    if (rows.length === 0) continue;
    const from = log.start[user]!;
    const to = log.start[user + 1]!;
    const history = log.item.slice(from, to);
    const seen = new Set(keepSeen ? [] : history);
    const wanted = Int32Array.from(
      new Set(Array.from(rows, (at) => valid.item[at]!).filter((one) => !seen.has(one))),
    );
    if (wanted.length === 0) continue;
    found.push({ history, value: log.value?.slice(from, to) ?? null, at: firstTime(valid, rows), wanted });
  }
  return found;
}

function casesOf(
  log: Interactions,
  known: number,
  catalogue: number,
  test: Table,
  keepSeen: boolean,
  people: number | undefined,
) {
  const users = test.user.reduce((most, user) => Math.max(most, user + 1), known);
  const { start, row } = rowsByUser(test, users);
  const asked = Int32Array.from({ length: users }, (_, user) => user).filter(
    (user) => start[user]! < start[user + 1]!,
  );
  const step = people && people < asked.length ? asked.length / people : 1;
  const cases: Case[] = [];
  let unreachable = 0;
  let repeated = 0;
  for (let at = 0; at < asked.length; at += step) {
    const user = asked[Math.floor(at)]!;
    const rows = row.subarray(start[user]!, start[user + 1]!);
    const from = user < known ? log.start[user]! : 0;
    const to = user < known ? log.start[user + 1]! : 0;
    const history = log.item.subarray(from, to);
    const seen = new Set(keepSeen ? [] : history);
    const wanted = new Set<number>();
    for (const place of rows) {
      const item = test.item[place]!;
      if (seen.has(item)) repeated++;
      else wanted.add(item);
    }
    for (const item of wanted) if (item >= catalogue) unreachable++;
    if (wanted.size === 0) continue;
    cases.push({ history, value: log.value?.subarray(from, to) ?? null, at: firstTime(test, rows), wanted });
  }
  return { cases, unreachable, repeated };
}

function contentOf(features: string, list: string | undefined, items: Ids, catalogue: number): ItemContent {
  const { rows, size, data } = readVectors(features);
  const vectors = new Float32Array(catalogue * size);
  const ids = list
    ? readFileSync(list, 'utf8')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : Array.from({ length: rows }, (_, row) => `${row}`);
  if (ids.length < rows) throw new Error(`${list} has ${ids.length} ids for ${rows} rows of features`);
  let met = 0;
  for (let row = 0; row < rows; row++) {
    const item = items.find(ids[row]!);
    if (item < 0 || item >= catalogue) continue;
    met++;
    vectors.set(data.subarray(row * size, (row + 1) * size), item * size);
  }
  if (met === 0) throw new Error(`none of the ${rows} rows of features belongs to an item of the data`);
  return { vectors: { size, data: vectors } };
}
