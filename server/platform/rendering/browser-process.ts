/**
 * One browser from start to end: niced, in a process group of its own, told over a pipe which page to open. Knows
 * processes and DevTools' pipe; knows nothing of lists. `ended` settles when the browser and its folder are gone.
 */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { runsAs, wordsFor } from './chromium.ts';
import { lodge } from './leftovers.ts';
import { groupBytes } from './memory.ts';

export type BrowserEnd = { said: string; peakBytes: number };
export type BrowserProcess = {
  /** Its page broke, or all of it did. */
  broken: Promise<string>;
  ended: Promise<BrowserEnd>;
  kill(): void;
};

/** Behind transcoding (5), which somebody waits for as well. */
const niceness = 10;
const memoryPollMs = 500;

export async function startBrowser(order: {
  program: string;
  sandbox: 'on' | 'off';
  scratch: string;
  /** Of the page; not on the command line, which everybody on this machine can read. */
  url: string;
  port: number;
  memoryBytes: number;
  onMemory(bytes: number): void;
}): Promise<BrowserProcess> {
  const user = runsAs();
  const lodging = await lodge(order.scratch, user);
  const { folder } = lodging;
  const words = [order.program, ...wordsFor(folder, order.port, order.sandbox)];
  const niced = `ulimit -c 0; exec nice -n ${niceness} "$@"`;
  const child = spawn('/bin/sh', ['-c', niced, 'sh', ...words], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Nothing of ours is in its environment, and all that it writes lands in its folder.
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      ...{ HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder },
    },
    ...user,
  });
  if (child.pid) lodging.note(child.pid);
  let said = '';
  let peakBytes = 0;
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-8000);
  });
  const kill = () => {
    if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };
  const watching = setInterval(async () => {
    const bytes = child.pid ? await groupBytes(child.pid) : 0;
    peakBytes = Math.max(peakBytes, bytes);
    if (bytes > order.memoryBytes) order.onMemory(bytes);
  }, memoryPollMs);

  const broken = new Promise<string>((tell) => {
    openPage(child.stdio[3] as Writable, child.stdio[4] as Readable, order.url, tell);
    child.once('exit', (code, signal) => tell(`it ended (${signal ?? code})`));
    child.once('error', (error) => tell(error.message));
  });
  const ended = new Promise<void>((done) => {
    child.once('close', () => done());
    child.once('error', () => child.pid === undefined && done());
  }).then(async () => {
    clearInterval(watching);
    // The first process is gone; those it began follow, but need not be waited for.
    if (child.pid) endGroup(child.pid);
    await lodging.leave();
    return { said, peakBytes };
  });
  return { broken, ended, kill };
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody left.
  }
}

/** Messages are JSON with a NUL behind each. What the browser says is not trusted: it is read for one thing alone. */
function openPage(orders: Writable, news: Readable, url: string, broken: (why: string) => void): void {
  const send = (id: number, method: string, params: object) =>
    orders.write(`${JSON.stringify({ id, method, params })}\0`);
  orders.on('error', () => {});
  news.on('error', () => {});
  send(1, 'Target.setDiscoverTargets', { discover: true });
  send(2, 'Target.createTarget', { url });
  let page: string | null = null;
  let text = '';
  news.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
      const { id, method, params, result, error } = readMessage(text.slice(0, end));
      text = text.slice(end + 1);
      if (id === 2) page = result?.targetId ?? null;
      if (id === 2 && error) broken('it opened no page');
      if (method === 'Target.targetCrashed' || method === 'Target.targetDestroyed')
        if (page !== null && params?.targetId === page) broken('its page crashed');
    }
    if (text.length > 1_000_000) broken('it said too much');
  });
}

type Message = {
  id?: number;
  method?: string;
  params?: { targetId?: string };
  result?: { targetId?: string };
  error?: object;
};
function readMessage(text: string): Message {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return {};
  }
}
