/** Renders clips of the catalogue to files, one after the other in one child process, which is forked for the first
 * clip and again when it died: a clip that crashes it takes no other along. A file is the finished 540 rendition (see
 * encode.ts). Knows no account, post or database; how many renderers run at once is the caller's choice. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Clip, pictureCount } from './clips/clip.ts';
import type { RenderNews, RenderOrder } from './render-child.ts';

const CHILD = fileURLToPath(new URL('./render-child.ts', import.meta.url));

export type RenderOptions = {
  /** Kills the child; no file is left. */
  signal?: AbortSignal;
  /** Share of the pictures drawn, 0..1. */
  onProgress?: (share: number) => void;
  /** Where to write a WebP of the clip's best moment; none when left out. */
  posterPath?: string;
};

export type Renderer = {
  /** One clip at a time. */
  render(clip: Clip, outPath: string, options?: RenderOptions): Promise<{ bytes: number }>;
  /** Ends the child; a clip in the making is rejected. */
  close(): Promise<void>;
};

type Job = { hear: (news: RenderNews) => void; lose: (why: string) => void };

export function openRenderer(): Renderer {
  let child: ChildProcess | undefined;
  let job: Job | undefined;

  const start = () => {
    const started = fork(CHILD, [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaint = '';
    const lost = (why: string) => {
      if (child !== started) return;
      child = undefined;
      job?.lose(complaint || why);
    };
    started.stderr!.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2000);
    });
    started.on('message', (news: RenderNews) => job?.hear(news));
    started.on('error', (error) => lost(error.message));
    started.on('close', (code, killedBy) => lost(`exit ${code ?? killedBy}`));
    return started;
  };

  return {
    async render(clip, outPath, options = {}) {
      const { signal, onProgress, posterPath } = options;
      signal?.throwIfAborted();
      child ??= start();
      const working = child;
      const abort = () => working.kill('SIGKILL');
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const bytes = await new Promise<number>((resolve, reject) => {
          job = {
            hear(news) {
              if (news.kind === 'progress') onProgress?.(Math.min(1, news.pictures / pictureCount(clip)));
              else if (news.kind === 'done') resolve(news.bytes);
              else reject(new Error(news.message));
            },
            lose: (why) => reject(new Error(why)),
          };
          working.send({ clipId: clip.id, outPath, posterPath: posterPath ?? null } satisfies RenderOrder);
        });
        onProgress?.(1);
        return { bytes };
      } catch (error) {
        await rm(`${outPath}.part`, { force: true });
        signal?.throwIfAborted();
        throw new Error(`clip ${clip.id} was not rendered: ${(error as Error).message}`);
      } finally {
        job = undefined;
        signal?.removeEventListener('abort', abort);
      }
    },
    async close() {
      const ending = child;
      if (!ending) return;
      ending.kill('SIGKILL');
      await once(ending, 'close');
    },
  };
}
