/** Runs one order in a child process and holds it to its limits: wall time, resident memory, open files. Knows
 * processes; knows nothing of media. The promise settles when the child is gone, never before. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeWallMs } from './engine.limits.ts';
import type { EngineLimits, MediaRefusal, Outcome } from './engine.types.ts';
import type { ChildMessage, ChildOrder } from './engine-child.ts';
import type { EngineJob } from './engine-orders.ts';

export type ProcessOrder = {
  job: EngineJob;
  limits: EngineLimits;
  threads: number;
  niceness: number;
  signal?: AbortSignal;
  onProgress?: (fraction: number) => void;
  onStart?: (pid: number) => void;
  onEnd?: (facts: { pid: number; wallMs: number; peakBytes: number; outcome: string }) => void;
};

const memoryPollMs = 100;
const pageBytes = 4096;
/** What Node itself counts as data before any work, mostly reserved and never touched (1.19 GB was seen). */
const runtimeDataKb = 2 * 1024 * 1024;

export function runInChild<T>(order: ProcessOrder): Promise<Outcome<T>> {
  const { job, limits, signal } = order;
  signal?.throwIfAborted();
  const startedAt = performance.now();
  const child = startChild(limits, order.threads);
  const pid = child.pid ?? 0;
  let answer: ChildMessage | null = null;
  let killedFor: MediaRefusal | 'abort' | null = null;
  let peakBytes = 0;
  let complaints = '';

  const kill = (reason: MediaRefusal | 'abort') => {
    killedFor ??= reason;
    child.kill('SIGKILL');
  };
  const timeout = (limitMs: number) =>
    setTimeout(() => kill({ code: 'engine_timeout', details: { limitMs: Math.round(limitMs) } }), limitMs);
  let wall = timeout(limits.probeWallMs);
  const memory = setInterval(async () => {
    const bytes = await residentBytes(pid);
    peakBytes = Math.max(peakBytes, bytes);
    if (bytes > limits.maxMemoryBytes) {
      kill({ code: 'engine_out_of_memory', details: { bytes, limitBytes: limits.maxMemoryBytes } });
    }
  }, memoryPollMs);
  const onAbort = () => kill('abort');
  signal?.addEventListener('abort', onAbort, { once: true });

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  child.on('message', (message: ChildMessage) => {
    if (message.type === 'progress') {
      order.onProgress?.(message.fraction);
    } else if (message.type === 'duration') {
      if (job.kind === 'probe') return;
      clearTimeout(wall);
      wall = timeout(encodeWallMs(limits, message.durationMs));
    } else {
      answer = message;
      // It has nothing left to do; ending it from here spares us whatever its native clean-up would do.
      child.kill('SIGKILL');
    }
  });

  return new Promise((resolve, reject) => {
    let ended = false;
    const end = (code: number | null, killSignal: string | null, startError?: Error) => {
      if (ended) return;
      ended = true;
      clearTimeout(wall);
      clearInterval(memory);
      signal?.removeEventListener('abort', onAbort);
      const finish = (outcome: string) =>
        order.onEnd?.({ pid, wallMs: Math.round(performance.now() - startedAt), peakBytes, outcome });
      const refuse = (refusal: MediaRefusal) => {
        finish(refusal.code);
        resolve({ ok: false, refusal });
      };
      if (startError) {
        finish('not_started');
        return reject(new Error('the media engine could not start a process', { cause: startError }));
      }
      if (answer?.type === 'done') {
        finish('ok');
        return resolve({ ok: true, ...(answer.result as T) });
      }
      if (killedFor === 'abort') {
        finish('aborted');
        return reject(signal?.reason ?? new Error('aborted'));
      }
      if (answer?.type === 'refused') return refuse(answer.refusal);
      if (answer?.type === 'failed') {
        finish('failed');
        return reject(new Error(`media engine: ${answer.message}`, { cause: answer.stack }));
      }
      if (killedFor) return refuse(killedFor);
      // The kernel's own memory killer uses this signal; V8 out of heap ends with SIGABRT and says so.
      const outOfMemory =
        killSignal === 'SIGKILL' || /out of memory|annot allocate|bad_alloc/i.test(complaints);
      refuse({
        code: outOfMemory ? 'engine_out_of_memory' : 'engine_crashed',
        details: { signal: killSignal ?? 'none', exitCode: code ?? -1, said: complaints.slice(-300) },
      });
    };
    child.on('error', (error) => {
      if (!child.pid) end(null, null, error);
    });
    child.on('close', (code, killSignal) => end(code, killSignal));
    order.onStart?.(pid);
    if (child.pid) {
      const message: ChildOrder = {
        job,
        limits,
        threads: order.threads,
        niceness: order.niceness,
        parentPid: process.pid,
      };
      child.send(message, () => {}); // a child that died before reading is reported by its end
    }
  });
}

/** Through a shell where there is one, for the limits that only the kernel can hold: open files, CPU time, no
 * core dumps, and data memory (so that one huge allocation fails at once instead of outrunning the poll). The
 * environment is empty but for what a program needs: nothing secret is near a file that a stranger sent.
 *
 * The right to real-time scheduling is dropped: SVT-AV1, where it may (as root), leaves its caller in SCHED_FIFO,
 * and two busy real-time threads on two cores starve the server, its timers and these limits with them. */
function startChild(limits: EngineLimits, threads: number): ChildProcess {
  const script = fileURLToPath(new URL('./engine-child.ts', import.meta.url));
  const argv = [process.execPath, '--max-old-space-size=256', '--no-warnings', script];
  const compiled = getCompileCacheDir();
  const env = {
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    UV_THREADPOOL_SIZE: '2',
    SVT_LOG: '0',
    ...(compiled && { NODE_COMPILE_CACHE: dirname(compiled) }),
  };
  const dataKb = Math.round((limits.maxMemoryBytes * 1.5) / 1024) + runtimeDataKb;
  const cpuSeconds = Math.ceil((Math.max(limits.encodeWallCapMs, limits.probeWallMs) / 1000) * (threads + 1));
  const held =
    `ulimit -c 0; ulimit -n ${Math.max(64, limits.maxOpenFiles)}; ulimit -t ${cpuSeconds}; ` +
    `ulimit -d ${dataKb} 2>/dev/null; ` +
    'if setpriv --bounding-set -sys_nice true 2>/dev/null; then exec setpriv --no-new-privs --bounding-set -sys_nice "$@"; fi; ' +
    'exec "$@"';
  const [command, ...rest] = process.platform === 'win32' ? argv : ['/bin/sh', '-c', held, 'sh', ...argv];
  return spawn(command as string, rest, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
}

async function residentBytes(pid: number): Promise<number> {
  try {
    const fields = await readFile(`/proc/${pid}/statm`, 'latin1');
    return Number(fields.split(' ')[1]) * pageBytes;
  } catch {
    return 0; // gone already, or a system without /proc, where only the kernel's limit holds
  }
}
