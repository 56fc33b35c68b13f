import { readdir, readFile } from 'node:fs/promises';

/**
 * Processes of this machine as /proc shows them (Linux): what belongs to a server, ending all of it at once as a
 * power cut would, and seeing that nothing is left. Touches only what it was given or found below it.
 */
export type Running = { pid: number; startedAt: string; name: string };

async function look(pid: number): Promise<(Running & { parent: number; state: string }) | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  if (!text) return null;
  // The name may hold anything, also brackets: fields count from its last one.
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  return {
    pid,
    name: text.slice(text.indexOf('(') + 1, close),
    state: fields[0]!,
    parent: Number(fields[1]),
    startedAt: fields[19]!,
  };
}

async function everything() {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map((name) => look(Number(name))));
  return found.filter((one) => one !== null);
}

/** The process and everything below it, the root first. */
export async function treeOf(root: number): Promise<Running[]> {
  const all = await everything();
  const found = all.filter((one) => one.pid === root);
  for (const one of found) found.push(...all.filter((other) => other.parent === one.pid));
  return found;
}

/** Those that still run; a number that went to another program since does not count, nor does a corpse. */
export async function stillRunning(processes: readonly Running[]): Promise<Running[]> {
  const now = await Promise.all(processes.map((one) => look(one.pid)));
  return processes.filter((one, at) => now[at]?.startedAt === one.startedAt && now[at].state !== 'Z');
}

/** Everything that was started with this home in its environment, and what is below it. */
export async function processesOf(home: string): Promise<Running[]> {
  const found = await Promise.all(
    (await everything()).map(async (one) => {
      const environment = await readFile(`/proc/${one.pid}/environ`, 'latin1').catch(() => '');
      const isOurs = one.state !== 'Z' && environment.split('\0').includes(`KINORA_HOME=${home}`);
      return isOurs ? await treeOf(one.pid) : [];
    }),
  );
  return [...new Map(found.flat().map((one) => [one.pid, one])).values()];
}

/** kill -9 of the whole tree. The root is held first, so that nothing is born while the others are looked for. */
export async function killTree(root: number): Promise<Running[]> {
  signal(root, 'SIGSTOP');
  const tree = await treeOf(root);
  for (const one of tree) signal(one.pid, 'SIGKILL');
  await until(async () => (await stillRunning(tree)).length === 0, 'the killed processes to be gone');
  return tree;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Gone by itself, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Memory of these processes in bytes; shared pages are divided among those that share them (PSS). */
export async function memoryOf(processes: readonly Running[]): Promise<number> {
  const parts = await Promise.all(
    processes.map(async ({ pid }) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
    }),
  );
  return parts.reduce((sum, bytes) => sum + bytes, 0);
}

/** Waits for something outside of this process; throws with what it waited for. Returns the milliseconds it took. */
export async function until(
  isSo: () => Promise<boolean> | boolean,
  what: string,
  mostMs = 60_000,
): Promise<number> {
  const started = performance.now();
  while (!(await isSo())) {
    if (performance.now() - started > mostMs) throw new Error(`waited ${mostMs} ms for ${what}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  return Math.round(performance.now() - started);
}
