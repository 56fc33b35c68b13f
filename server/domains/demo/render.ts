/** Renders one clip of the catalogue to a file, in a child process of its own. The file is the finished 540
 * rendition (see encode.ts): it can be published without another encode. Knows no account, post or database;
 * how many clips run at once is the caller's choice (one child already keeps two cores busy). */
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Clip } from './catalogue.ts';
import { FRAME_RATE } from './frames.ts';
import type { RenderNews, RenderOrder } from './render-child.ts';

const CHILD = fileURLToPath(new URL('./render-child.ts', import.meta.url));

export type RenderOptions = {
  signal?: AbortSignal;
  /** Share of the pictures drawn, 0..1. */
  onProgress?: (share: number) => void;
  /** Where to write a WebP of the clip's best moment; none when left out. */
  posterPath?: string;
};

export function renderClip(clip: Clip, outPath: string, options: RenderOptions = {}): Promise<void> {
  const { signal, onProgress, posterPath } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const frames = (clip.durationMs / 1000) * FRAME_RATE;
    let complaint = '';
    let outcome: RenderNews | undefined;
    const abort = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', abort, { once: true });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2000);
    });
    child.on('message', (news: RenderNews) => {
      if (news.kind === 'progress') onProgress?.(Math.min(1, news.frames / frames));
      else outcome = news;
    });
    child.once('error', reject);
    child.once('close', async (code, killedBy) => {
      signal?.removeEventListener('abort', abort);
      if (outcome?.kind === 'done') {
        onProgress?.(1);
        return resolve();
      }
      await rm(`${outPath}.part`, { force: true });
      if (signal?.aborted) return reject(signal.reason);
      const why = outcome?.kind === 'failed' ? outcome.message : complaint || `exit ${code ?? killedBy}`;
      reject(new Error(`clip ${clip.id} was not rendered: ${why}`));
    });
    child.send({ clipId: clip.id, outPath, posterPath: posterPath ?? null } satisfies RenderOrder);
  });
}
