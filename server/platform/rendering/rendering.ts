/**
 * The rendering port: an edit list and its materials in, an MP4 out. Behind it stands a Chromium of this machine, which
 * opens the studio's own page and exports as a person's browser would: one way from list to picture, so that the results
 * are the same. Knows no account, draft or upload. Nothing is fetched: without a Chromium it is off, and says why.
 */
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import type { RenderJob, RenderReport } from '../../../contract/render-job.ts';
import type { RenderingState } from '../../../contract/rendering.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { startBrowser } from './browser-process.ts';
import { findChromium } from './chromium.ts';
import { sweepLodgings } from './leftovers.ts';
import { hostPage } from './page-host.ts';
import type { Rendered, RenderFault, Rendering, RenderLimits, RenderOrder } from './rendering.types.ts';

const gigabyte = 1024 ** 3;
/** Reasons stand at the type; a slow machine takes ten seconds for each of a phone's picture. */
const standard: RenderLimits = {
  startMs: 90_000,
  stillMs: 120_000,
  wallPerSecondMs: 60_000,
  wallCapMs: 3 * 3_600_000,
  // Fifteen seconds of 720 × 1280 take about one; ten minutes have their whole sound and file in memory beside it.
  // On a small machine the server must have room beside it.
  memoryBytes: Math.min(4 * gigabyte, totalmem() * 0.6),
};
/** A "no" may be of a moment in which the machine was busy. */
const lookAgainMs = 5 * 60_000;

type Ended = { report: RenderReport } | { made: number } | { fault: RenderFault } | { aborted: unknown };

export function openRendering(deps: {
  config: Pick<Config, 'chromium' | 'chromiumSandbox'>;
  webFolder: string;
  /** Of this home: what a kill leaves behind is written down here. */
  scratch: string;
  log: Log;
  limits?: Partial<RenderLimits>;
}): Rendering {
  const { config, webFolder, scratch, log } = deps;
  const limits = { ...standard, ...deps.limits };
  const closing = new AbortController();
  let turn: Promise<unknown> = sweepLodgings(scratch).catch((err) =>
    log.warn({ err }, 'what an earlier rendering left could not be removed'),
  );
  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const answer = turn.then(work);
    turn = answer.catch(() => {});
    return answer;
  };

  /** One browser for one order. */
  const run = async (order: {
    program: string;
    job: RenderJob;
    materials: RenderOrder['materials'];
    made: { path: string; maxBytes: number } | null;
    wallMs: number;
    signal?: AbortSignal;
    onProgress?(share: number): void;
  }): Promise<{ ended: Ended; said: string; wallMs: number; peakBytes: number }> => {
    const startedAt = performance.now();
    const signal = AbortSignal.any([closing.signal, ...(order.signal ? [order.signal] : [])]);
    signal.throwIfAborted();
    let end: (how: Ended) => void = () => {};
    const how = new Promise<Ended>((settle) => {
      end = settle;
    });
    const cut = (after: number) =>
      setTimeout(() => end({ fault: { code: 'timed_out', details: { limitMs: after } } }), after);
    const wall = cut(order.wallMs);
    let still = cut(limits.startMs);
    const moved = () => {
      clearTimeout(still);
      still = cut(limits.stillMs);
    };
    const aborted = () => end({ aborted: signal.reason });
    signal.addEventListener('abort', aborted, { once: true });
    const host = await hostPage({
      ...{ webFolder, job: order.job, materials: order.materials, made: order.made },
      onReport(report) {
        moved();
        if (report.kind === 'progress') order.onProgress?.(report.share);
        else end({ report });
      },
      onMade: (bytes) => end({ made: bytes }),
      onTooLarge: () =>
        end({ fault: { code: 'too_large', details: { limitBytes: order.made?.maxBytes ?? 0 } } }),
    });
    try {
      const browser = await startBrowser({
        ...{ program: order.program, sandbox: config.chromiumSandbox, scratch },
        ...{ url: host.url, port: host.port, memoryBytes: limits.memoryBytes },
        onMemory: (bytes) => end({ fault: { code: 'out_of_memory', details: { bytes } } }),
      });
      browser.broken.then((why) => end({ fault: { code: 'crashed', details: { why } } }));
      const ended = await how;
      browser.kill();
      const { said, peakBytes } = await browser.ended;
      return { ended, said, wallMs: Math.round(performance.now() - startedAt), peakBytes };
    } finally {
      clearTimeout(wall);
      clearTimeout(still);
      signal.removeEventListener('abort', aborted);
      await host.close();
    }
  };

  const look = async (): Promise<{ state: RenderingState; program: string }> => {
    const no = (state: RenderingState) => ({ state, program: '' });
    if (config.chromium === 'off') return no('turned_off');
    const program = await findChromium(config.chromium);
    if (!program) return no('no_browser');
    const built = await access(join(webFolder, 'render.html')).then(
      () => true,
      () => false,
    );
    if (!built) return no('no_web');
    const job: RenderJob = { kind: 'look' };
    const { ended, said } = await run({ program, job, materials: [], made: null, wallMs: limits.startMs });
    if ('report' in ended && ended.report.kind === 'able' && ended.report.codec)
      return { state: 'on', program };
    if ('aborted' in ended) throw ended.aborted;
    const state = /no usable sandbox|without --no-sandbox/i.test(said) ? 'no_sandbox' : 'browser_unusable';
    log.warn({ program, ended, said: said.slice(-600) }, `rendering is off: ${state}`);
    return no(state);
  };
  let looked: { atMs: number; answer: ReturnType<typeof look> } | null = null;
  const able = async () => {
    // Asked while a video is made: it is told what was seen before, and does not wait.
    looked ??= { atMs: performance.now(), answer: inTurn(look) };
    const mine = looked;
    const answer = await mine.answer.catch((error) => {
      if (looked === mine) looked = null;
      throw error;
    });
    if (answer.state !== 'on' && performance.now() - mine.atMs > lookAgainMs && looked === mine)
      looked = null;
    return answer;
  };

  const render = async (order: RenderOrder, program: string): Promise<Rendered> => {
    const { list, materials, stickers, folder, maxBytes, signal, onProgress } = order;
    const no = (fault: RenderFault): Rendered => ({ ok: false, fault });
    const given = new Set(materials.map(({ id }) => id));
    const missing = Object.keys(list.sources).find(
      (id) => list.sources[id]!.kind !== 'slot' && !given.has(id),
    );
    if (missing) return no({ code: 'bad_material', details: { id: missing, why: 'it is missing' } });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const part = join(folder, '.part-made.mp4');
    const known = materials.map(({ id, bytes }) => ({ id, bytes }));
    try {
      const { ended, said, wallMs, peakBytes } = await run({
        ...{ program, materials, signal, onProgress, made: { path: part, maxBytes } },
        job: { kind: 'render', list, materials: known, stickers },
        wallMs: Math.min(
          limits.wallCapMs,
          limits.startMs + (durationOf(list) / 1000) * limits.wallPerSecondMs,
        ),
      });
      if ('aborted' in ended) throw ended.aborted;
      if ('made' in ended) {
        const path = join(folder, 'made.mp4');
        await rename(part, path);
        return { ok: true, path, bytes: ended.made, wallMs, peakBytes };
      }
      const fault = 'fault' in ended ? ended.fault : faultOf(ended.report);
      log.warn({ fault, wallMs, peakBytes, said: said.slice(-600) }, 'a video could not be rendered');
      return no(fault);
    } finally {
      await rm(part, { force: true });
    }
  };

  return {
    state: async () => (await able()).state,
    async render(order) {
      order.signal?.throwIfAborted();
      const { state, program } = await able();
      if (state !== 'on') return { ok: false, fault: { code: 'unavailable', details: { state } } };
      return inTurn(() => render(order, program));
    },
    async close() {
      closing.abort(new Error('the server stops'));
      await turn;
    },
  };
}

function faultOf(report: RenderReport): RenderFault {
  if (report.kind !== 'failed') return { code: 'crashed', details: { why: `it said ${report.kind}` } };
  const { code, id, said } = report;
  if (code === 'bad_material') return { code, details: { id: id ?? '', why: said } };
  return { code: code === 'no_encoder' ? code : 'crashed', details: { why: said } };
}
