/** Thin words over FFmpeg's own interface (node-av/lib): failures as exceptions, graphs, clones. Calls are the
 * synchronous ones on purpose: a child process does one job, codec threads do the work beside it, and the
 * watchdog lives in a thread of its own. */

import {
  type CodecContext,
  FFmpegError,
  Filter,
  type FilterContext,
  FilterGraph,
  FilterInOut,
  type FormatContext,
  type Rational,
} from 'node-av/lib';
import type { MediaRefusal, RefusalCode } from './engine.types.ts';

/** Ends the job with a word about the file. Everything else that is thrown is a bug of ours. */
export class Refused extends Error {
  readonly refusal: MediaRefusal;
  constructor(code: RefusalCode, details: MediaRefusal['details'] = {}) {
    super(code);
    this.refusal = { code, details };
  }
}

/** FFmpeg said no at a step where only the file can be the reason. */
export function mustAccept(returned: number, step: string): number {
  if (returned >= 0) return returned;
  throw new Refused('broken_file', { step, reason: new FFmpegError(returned).message });
}

/** FFmpeg said no where the file has no part in it (writing, encoding our own pictures). */
export function mustWork(returned: number, step: string): number {
  if (returned >= 0) return returned;
  throw new Error(`${step}: ${new FFmpegError(returned).message}`);
}

/** Options by name on a context, before it is opened. A `Dictionary` handed to an opening call is freed twice
 * (by FFmpeg and by the binding), so none is used here. */
export function setOptions(target: CodecContext | FormatContext, options: Record<string, string>): void {
  for (const [name, value] of Object.entries(options))
    mustWork(target.setOption(name, value), `option ${name}`);
}

export type Graph = { source: FilterContext; sink: FilterContext; free: () => void };

/** One input, one output. `args` describe the input in the words of the `buffer` or `abuffer` filter. */
export function buildGraph(kind: 'video' | 'audio', args: string, chain: string, threads: number): Graph {
  const prefix = kind === 'video' ? '' : 'a';
  const graph = new FilterGraph();
  graph.alloc();
  graph.nbThreads = threads;
  const source = graph.createFilter(Filter.getByName(`${prefix}buffer`) as Filter, 'in', args);
  const sink = graph.createFilter(Filter.getByName(`${prefix}buffersink`) as Filter, 'out', null);
  if (!source || !sink) throw new Refused('broken_file', { step: 'filter', reason: args });
  const outputs = FilterInOut.createList([{ name: 'in', filterCtx: source, padIdx: 0 }]);
  const inputs = FilterInOut.createList([{ name: 'out', filterCtx: sink, padIdx: 0 }]);
  mustWork(graph.parsePtr(chain, inputs, outputs), `filter chain ${chain}`);
  mustAccept(graph.configSync(), 'filter');
  return { source, sink, free: () => graph.free() };
}

export const seconds = (ticks: bigint, base: Rational): number => (Number(ticks) * base.num) / base.den;
