/**
 * `npm run evaluate` on files of two shapes that public sets have. A shop: words as ids, a third of the times missing, rows
 * in no order, few buy much and most little, things bought again and what belongs to them. Short videos: shares watched as
 * values, most of them low, many seen again; wanted is what is watched nearly to its end. Reference in the same run:
 * popularity, item-kNN and EASE on the same people.
 * node bench/evaluate-shapes.ts [--rows 1000000] [--people 3000] [--shape shop]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Chance, createChance } from '../packages/content-graph/chance.ts';
import { measureAnyData } from '../tools/evaluate/any-data.protocol.ts';

type Row = { user: number; item: number; at: number; value: number };
type Shape = {
  header: string;
  draw: (chance: Chance, rows: number) => Row[];
  lineOf: (row: Row, chance: Chance) => string;
  isWanted: (row: Row) => boolean;
  isShuffled: boolean;
};

/** Pareto: most are small, a few very large. */
const heavy = (chance: Chance, slope: number) => (1 - chance()) ** (-1 / slope);
const below = (chance: Chance, count: number) => Math.floor(chance() * count);
const normal = (chance: Chance) => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/** Items by group, drawn by their weight. */
function createShelves(chance: Chance, groups: number, items: number, slope: number) {
  const groupOf = Int32Array.from({ length: items }, () => Math.floor(groups * chance() ** 1.7));
  const weight = Float64Array.from({ length: items }, () => heavy(chance, slope));
  const shelf = (members: number[]) => {
    let sum = 0;
    const sums = members.map((item) => (sum += weight[item]!));
    return () => {
      const drawn = chance() * sum;
      let [low, high] = [0, members.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sums[middle]! < drawn) low = middle + 1;
        else high = middle;
      }
      return members[low]!;
    };
  };
  const all = [...groupOf.keys()];
  const shelves = Array.from({ length: groups }, (_, group) =>
    all.filter((item) => groupOf[item] === group),
  ).map((members) => (members.length ? shelf(members) : null));
  const any = shelf(all);
  return { groupOf, any, from: (group: number) => (shelves[group] ?? any)() };
}

const shop: Shape = {
  header: 'customer_id,product_id,timestamp',
  isShuffled: true,
  isWanted: () => true,
  draw(chance, rows) {
    const items = Math.ceil(rows / 30);
    const shelves = createShelves(chance, 300, items, 1.1);
    const belonging = Int32Array.from({ length: items * 3 }, () => below(chance, items));
    const drawn: Row[] = [];
    for (let user = 0; drawn.length < rows; user++) {
      const groups = Array.from({ length: 2 }, () => Math.floor(300 * chance() ** 1.7));
      const count = Math.min(400, 1 + Math.floor(3 * heavy(chance, 1)));
      let at = 1.6e9 + chance() * 2e7;
      let item = -1;
      for (let bought = 0; bought < count; bought++) {
        at += 3e5 * -Math.log(1 - chance());
        const what = chance();
        if (item >= 0 && what < 0.18) item = belonging[item * 3 + Math.floor(3 * chance() ** 2)]!;
        else if (item < 0 || what >= 0.25)
          item = what < 0.75 ? shelves.from(groups[below(chance, 2)]!) : shelves.any();
        drawn.push({ user, item, at, value: 1 });
      }
    }
    return drawn;
  },
  lineOf({ user, item, at }, chance) {
    const product = item % 23 ? `SKU-${item}` : `"SKU,${item}"`;
    return `cust-${user.toString(16)}${user % 17 ? '' : 'é'},${product},${chance() < 0.3 ? '' : Math.floor(at)}`;
  },
};

const DIMENSIONS = 8;
const vector = (chance: Chance, spread: number, about?: Float64Array) =>
  Float64Array.from({ length: DIMENSIONS }, (_, k) => (about?.[k] ?? 0) + spread * normal(chance));

const shortVideo: Shape = {
  header: 'user_id,video_id,time_ms,watch_ratio',
  isShuffled: false,
  isWanted: ({ value }) => value >= 0.8,
  draw(chance, rows) {
    const items = Math.ceil(rows / 130);
    const shelves = createShelves(chance, 60, items, 1.3);
    const centres = Array.from({ length: 60 }, () => vector(chance, 1.6));
    const videos = Array.from({ length: items }, (_, item) =>
      vector(chance, 1, centres[shelves.groupOf[item]!]),
    );
    const quality = Float64Array.from({ length: items }, () => 0.7 * normal(chance));
    const drawn: Row[] = [];
    for (let user = 0; drawn.length < rows; user++) {
      const topics = Array.from({ length: 4 }, () => below(chance, 60));
      const taste = vector(chance, 0.8).map(
        (one, k) => one + topics.reduce((sum, topic) => sum + centres[topic]![k]!, 0) / 4,
      );
      const count = Math.min(600, 8 + Math.floor(12 * heavy(chance, 1.2)));
      const liked: number[] = [];
      let at = 1.7e12 + chance() * 1e9;
      let topic = topics[0]!;
      for (let watched = 0; watched < count; watched++) {
        at += 25_000 * -Math.log(1 - chance());
        if (chance() < 0.1) {
          at += 4e7 * -Math.log(1 - chance());
          topic = topics[below(chance, 4)]!;
        }
        const what = chance();
        const again = liked.at(-1 - Math.floor(Math.min(liked.length, 30) * chance() ** 2));
        const item =
          what < 0.2 && again !== undefined ? again : what < 0.65 ? shelves.from(topic) : shelves.any();
        const fit = taste.reduce((sum, one, k) => sum + one * videos[item]![k]!, 0) / DIMENSIONS;
        const drive = 1.2 * fit + quality[item]! - 0.6 + 0.8 * normal(chance);
        const value = Math.max(0.01, Math.min(6, 0.6 * Math.exp(0.7 * drive)));
        if (value > 0.7) liked.push(item);
        drawn.push({ user, item, at, value });
      }
    }
    return drawn;
  },
  lineOf: ({ user, item, at, value }) =>
    `${1_000_000_007 + user * 13},${500_000 + item},${Math.floor(at)},${value.toFixed(3)}`,
};

const SHAPES = { shop, 'short-video': shortVideo };

/** Of everybody with five events or more the last tenth is wanted, and the tenth before is for learning weights. */
function split(rows: readonly Row[]) {
  const parts: Record<'train' | 'valid' | 'test', Row[]> = { train: [], valid: [], test: [] };
  for (let from = 0, end = 0; from < rows.length; from = end) {
    while (end < rows.length && rows[end]!.user === rows[from]!.user) end++;
    const tenth = end - from < 5 ? 0 : Math.max(1, Math.floor((end - from) / 10));
    parts.train.push(...rows.slice(from, end - 2 * tenth));
    parts.valid.push(...rows.slice(end - 2 * tenth, end - tenth));
    parts.test.push(...rows.slice(end - tenth, end));
  }
  return parts;
}

async function measure(name: keyof typeof SHAPES, rows: number, people: number, folder: string) {
  const shape = SHAPES[name];
  const chance = createChance(7);
  const files = Object.fromEntries(
    Object.entries(split(shape.draw(chance, rows))).map(([part, drawn]) => {
      const kept = part === 'train' ? drawn : drawn.filter(shape.isWanted);
      const lines = kept.map((row) => shape.lineOf(row, chance));
      for (let at = shape.isShuffled ? lines.length - 1 : 0; at > 0; at--) {
        const other = below(chance, at + 1);
        [lines[at], lines[other]] = [lines[other]!, lines[at]!];
      }
      const path = join(folder, `${name}.${part}.csv`);
      writeFileSync(path, `${[shape.header, ...lines].join('\n')}\n`);
      return [part, path];
    }),
  ) as Record<'train' | 'valid' | 'test', string>;
  const { setup, rows: results } = await measureAnyData({ ...files, people, ks: [20] });
  return {
    shape: name,
    ...Object.fromEntries(
      ['events', 'users', 'catalogue', 'peopleAsked', 'valuesRead', 'memoryMb'].map((key) => [
        key,
        setup[key],
      ]),
    ),
    results: results.map(({ name: contender, metrics, seconds }) => ({
      name: contender,
      recall20: metrics['recall@20'],
      ndcg20: metrics['ndcg@20'],
      fitSeconds: seconds,
    })),
  };
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '3000' },
    shape: { type: 'string' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'evaluate-shapes-'));
try {
  for (const name of Object.keys(SHAPES) as (keyof typeof SHAPES)[])
    if (values.shape === undefined || values.shape === name)
      console.log(
        JSON.stringify({
          ...(await measure(name, Number(values.rows), Number(values.people), folder)),
          load: loadavg()[0],
        }),
      );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
