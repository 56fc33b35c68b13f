/**
 * A fitted forecast as a graph uses it: its items are mapped to the graph's rows once, and the history of whoever asks is
 * folded in at request time, so that the next page knows the last event. Reads only; not a part of snapshots.
 */
import { strongest } from '../models/retrieval/links.ts';
import { type LearnedBlend, openRetrieval, type Retrieval } from '../models/retrieval/retrieval.ts';
import type { IdTable } from '../state/id-table.ts';
import { surpriseOf, type Usual } from './surprise.ts';
import type { Trust } from './trust.ts';

/** Plain data, so that it can be handed from the thread that fitted it. Names items, and no user. */
export type FittedForecast = { ids: string[]; blend: LearnedBlend; usual: Usual; trust: Trust };

export type Forecast = {
  retrieval: Retrieval;
  usual: Usual;
  trust: Trust;
  /** Graph row of each of its items, -1 for one the graph does not know. */
  rowOf: Int32Array;
  /** The other way round; rows beyond the end came later. */
  numberOf: Int32Array;
  /** 0, 1, 2 … and a copy to be put in another order. */
  inOrder: Int32Array;
  order: Int32Array;
};

/** What a forecast says of everything for one request. */
export type Outlook = { forecast: Forecast; history: number[]; scores: Float64Array };

export function openForecast({ ids, blend, usual, trust }: FittedForecast, table: IdTable): Forecast {
  const retrieval = openRetrieval(ids.length, blend);
  const rowOf = Int32Array.from(ids, (id) => table.rowOf.get(id) ?? -1);
  const numberOf = new Int32Array(table.ids.length).fill(-1);
  for (const [number, row] of rowOf.entries()) if (row >= 0) numberOf[row] = number;
  const inOrder = Int32Array.from(rowOf.keys());
  return { retrieval, usual, trust, rowOf, numberOf, inOrder, order: inOrder.slice() };
}

/** `liked`, oldest first, and `met` are rows of the graph. Null when it knows nothing that was liked. */
export function outlookOf(
  forecast: Forecast,
  liked: readonly number[],
  met: Iterable<number>,
): Outlook | null {
  const numberOf = (row: number) => forecast.numberOf[row] ?? -1;
  const history = liked.map(numberOf).filter((number) => number >= 0);
  if (history.length === 0) return null;
  return { forecast, history, scores: forecast.retrieval.scores({ history }, mapped(met, numberOf)) };
}

function* mapped(rows: Iterable<number>, numberOf: (row: number) => number): Generator<number> {
  for (const row of rows) if (numberOf(row) >= 0) yield numberOf(row);
}

/** Its own numbers of the items that score highest, best first. */
export function likeliest({ forecast, scores }: Outlook, most: number): Int32Array {
  // The same order before each choice: those that tie fall as they did last time.
  forecast.order.set(forecast.inOrder);
  const best = strongest(forecast.order, scores, Math.min(most, scores.length));
  return best.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Log lift of the item over what the item and the user would give anyway; 0 for items that came after the fit. */
export function forecastLift({ forecast, history, scores }: Outlook, row: number): number {
  const number = forecast.numberOf[row] ?? -1;
  if (number < 0) return 0;
  const { usual, trust } = forecast;
  return trust.slope * (surpriseOf(usual, number, scores[number]!, history.length) - trust.centre);
}

/** Rows of the liked items that speak for an item, strongest first. */
export function forecastCauses({ forecast, history }: Outlook, row: number): number[] {
  const number = forecast.numberOf[row] ?? -1;
  if (number < 0) return [];
  return forecast.retrieval.because({ history }, number).map(({ at }) => forecast.rowOf[history[at]!]!);
}
