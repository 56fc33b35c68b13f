/** The ranker's state as a list of columns in a fixed order, and back. Whoever writes bytes adds version and checksum. */
import type { NumberArray } from '../../state/columns.ts';
import { createKeyedTable, type KeyedTable } from './keyed-table.ts';
import { createRankerState, type RankerState } from './ranker.state.ts';

const NAMES = ['dense', 'denseSquares', 'pair', 'pairSquares', 'meanItem', 'usualItem', 'totals'] as const;

/** The arrays themselves, not copies. */
export function rankerColumns(state: RankerState): NumberArray[] {
  const { counts, vectors, viewers, calibration } = state;
  return [
    Float64Array.of(state.seed, state.learned, ...tableFacts(counts), ...tableFacts(vectors)),
    ...NAMES.map((name) => state[name]),
    ...tableColumns(counts),
    ...tableColumns(vectors),
    ...Object.values(viewers),
    ...Object.values(calibration),
  ];
}

/** Takes the arrays over. `read` gives the next column of the kind asked for. */
export function readRankerColumns(read: <Column extends NumberArray>(like: Column) => Column): RankerState {
  const facts = read(new Float64Array(0));
  const [seed = 0, learned = 0, ...sizes] = facts;
  const state = createRankerState(seed);
  state.learned = learned;
  for (const name of NAMES) Object.assign(state, { [name]: read(state[name]) });
  state.counts = readTable(read, sizes.slice(0, 4));
  state.vectors = readTable(read, sizes.slice(4));
  for (const part of [state.viewers, state.calibration])
    for (const [name, column] of Object.entries(part)) Object.assign(part, { [name]: read(column) });
  return state;
}

export function copyRanker(state: RankerState): RankerState {
  const columns = rankerColumns(state);
  let next = 0;
  return readRankerColumns(<Column extends NumberArray>() => columns[next++]!.slice() as Column);
}

function tableFacts(table: KeyedTable): number[] {
  return [table.width, table.capacity, table.most, table.used];
}

function tableColumns({ first, second, values, seconds }: KeyedTable): NumberArray[] {
  return [first, second, values, seconds];
}

function readTable(
  read: <Column extends NumberArray>(like: Column) => Column,
  [width = 1, capacity = 8, most = 8, used = 0]: number[],
): KeyedTable {
  const table = createKeyedTable(width, most, 8);
  return {
    ...table,
    capacity,
    used,
    first: read(table.first),
    second: read(table.second),
    values: read(table.values),
    seconds: read(table.seconds),
  };
}
