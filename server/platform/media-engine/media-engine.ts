/** The media engine: paths in, files and facts out. It probes what people upload, and makes renditions, posters
 * and HLS packages of it. Every call runs in a child process of its own with limits on time, memory and open
 * files, so that a hostile file costs one call and never the server.
 * It knows no product noun, no database, no storage and no network: it reads the one local file it is given
 * and writes only into the directory it is given, first under temporary names, so that a file under its final
 * name is always whole. Every call can be repeated without harm.
 * An answer `{ok: false}` speaks of the file; a rejected promise is an abort, a closed engine or a bug. */

import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { resolveLimits } from './engine.limits.ts';
import type {
  CallOptions,
  EngineLimits,
  FileResult,
  HlsResult,
  ListenResult,
  MediaFacts,
  Outcome,
  PosterResult,
  Rendition,
  RenditionsResult,
  StageAResult,
  StoryboardResult,
  TranscriptResult,
  WorkOptions,
} from './engine.types.ts';
import { type EngineJob, outputDirectory } from './engine-orders.ts';
import { runInChild } from './engine-process.ts';
import { sweepParts } from './pending-file.ts';

export type EngineLog = {
  info: (facts: Record<string, unknown>, text: string) => void;
  warn: (facts: Record<string, unknown>, text: string) => void;
};

export type MediaEngineOptions = {
  log?: EngineLog;
  /** Over the defaults in `engine.limits.ts`; each call may override again. */
  limits?: Partial<EngineLimits>;
  /** Codec threads of one child; default: the cores that the process may use, at most 4. */
  threads?: number;
  /** Added to the child's niceness (0..19), so that encoding yields to serving. Default 5. */
  niceness?: number;
};

export type MediaEngine = {
  /** Reads every packet, decodes a first picture, and says what the file is or why it is refused. The full
   * decode happens in stage A, which refuses what turns out to be damaged (`broken_file`). */
  probe: (path: string, options?: CallOptions) => Promise<Outcome<{ facts: MediaFacts }>>;
  /** What makes a video publishable: `540.mp4`, `poster.webp`, `poster.jpg`. `coverAtMs` defaults to a lively early frame. */
  stageA: (
    path: string,
    outDir: string,
    options?: WorkOptions & { coverAtMs?: number },
  ) => Promise<Outcome<StageAResult>>;
  /** `720.mp4` and `1080.mp4`, as far as the source has the lines; an empty list is a right answer. */
  stageB: (path: string, outDir: string, options?: WorkOptions) => Promise<Outcome<RenditionsResult>>;
  /** `540.av1.mp4` and `720.av1.mp4`, as far as the source has the lines. */
  stageC: (path: string, outDir: string, options?: WorkOptions) => Promise<Outcome<RenditionsResult>>;
  /** CMAF HLS with byte ranges, one `.m4s` and `.m3u8` per rendition and `master.m3u8`; nothing is encoded again. */
  packageHls: (renditions: Rendition[], outDir: string, options?: WorkOptions) => Promise<Outcome<HlsResult>>;
  /** Cover choice: writes `poster.webp` and `poster.jpg` of the frame shown at `atMs` into `outDir`. */
  poster: (
    path: string,
    atMs: number,
    outDir: string,
    options?: CallOptions,
  ) => Promise<Outcome<PosterResult>>;
  /** The sound of a rendition (copied) or of a WAV of ours (encoded) as `outPath` (.m4a), and what is heard in it. */
  listen: (path: string, outPath: string, options?: CallOptions) => Promise<Outcome<ListenResult>>;
  /** A rendition without its sound, as `outPath`; nothing is encoded again. */
  silence: (path: string, outPath: string, options?: CallOptions) => Promise<Outcome<FileResult>>;
  /**
   * The sound of a file of ours as long as a video, as `outPath` (.m4a): trimmed or played again from its start, faded
   * out at the end, as loud as every other.
   */
  lay: (
    path: string,
    outPath: string,
    options: CallOptions & { durationMs: number },
  ) => Promise<Outcome<FileResult>>;
  /** A rendition with a sound that was laid in the place of its own, as `outPath`; nothing is encoded again. */
  dub: (
    path: string,
    soundPath: string,
    outPath: string,
    options?: CallOptions,
  ) => Promise<Outcome<FileResult>>;
  /** What is said, as SRT in `outPath`, heard with a whisper model (ggml). */
  transcribe: (
    path: string,
    model: string,
    outPath: string,
    options?: WorkOptions,
  ) => Promise<Outcome<TranscriptResult>>;
  /** Small frames in one WebP sprite, for choosing a cover. */
  storyboard: (
    path: string,
    outPath: string,
    options?: CallOptions & { tiles?: number; tileShortSidePx?: number },
  ) => Promise<Outcome<StoryboardResult>>;
  /** Ends running children (their calls reject) and refuses new calls. */
  close: () => Promise<void>;
};

export function createMediaEngine(options: MediaEngineOptions = {}): MediaEngine {
  const { log, niceness = 5, threads = Math.min(4, availableParallelism()) } = options;
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  const run = async <T>(job: EngineJob, call: WorkOptions = {}): Promise<Outcome<T>> => {
    if (closing.signal.aborted) throw new Error('the media engine is closed');
    const signal = call.signal ? AbortSignal.any([call.signal, closing.signal]) : closing.signal;
    const directory = outputDirectory(job);
    let pid = 0;
    const work = runInChild<T>({
      job,
      limits: resolveLimits(options.limits, call.limits),
      threads,
      niceness,
      signal,
      onProgress: call.onProgress,
      onStart: (started) => {
        pid = started;
      },
      onEnd: (facts) => log?.info({ job: job.kind, ...facts }, 'media engine job ended'),
    }).finally(() => {
      if (directory && pid) sweepParts(directory, pid);
    });
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  };

  return {
    probe: (path, call) => run({ kind: 'probe', path: resolve(path) }, call),
    stageA: (path, outDir, call) =>
      run(
        { kind: 'stageA', path: resolve(path), outDir: resolve(outDir), coverAtMs: call?.coverAtMs ?? null },
        call,
      ),
    stageB: (path, outDir, call) =>
      run({ kind: 'stageB', path: resolve(path), outDir: resolve(outDir) }, call),
    stageC: (path, outDir, call) =>
      run({ kind: 'stageC', path: resolve(path), outDir: resolve(outDir) }, call),
    packageHls: (renditions, outDir, call) =>
      run({ kind: 'packageHls', renditions, outDir: resolve(outDir) }, call),
    poster: (path, atMs, outDir, call) =>
      run({ kind: 'poster', path: resolve(path), atMs, outDir: resolve(outDir) }, call),
    listen: (path, outPath, call) =>
      run({ kind: 'listen', path: resolve(path), outPath: resolve(outPath) }, call),
    silence: (path, outPath, call) =>
      run({ kind: 'silence', path: resolve(path), outPath: resolve(outPath) }, call),
    lay: (path, outPath, { durationMs, ...call }) =>
      run({ kind: 'lay', path: resolve(path), durationMs, outPath: resolve(outPath) }, call),
    dub: (path, soundPath, outPath, call) =>
      run(
        { kind: 'dub', path: resolve(path), soundPath: resolve(soundPath), outPath: resolve(outPath) },
        call,
      ),
    transcribe: (path, model, outPath, call) =>
      run(
        { kind: 'transcribe', path: resolve(path), model: resolve(model), outPath: resolve(outPath) },
        call,
      ),
    storyboard: (path, outPath, call) => {
      const { tiles = 10, tileShortSidePx = 120 } = call ?? {};
      return run(
        { kind: 'storyboard', path: resolve(path), outPath: resolve(outPath), tiles, tileShortSidePx },
        call,
      );
    },
    close: async () => {
      closing.abort(new Error('the media engine is closed'));
      await Promise.allSettled(running);
    },
  };
}
