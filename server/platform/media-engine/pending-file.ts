/** Files that appear whole or not at all: written as `.part-<pid>-<name>` beside their place, then renamed.
 * What a killed process left is known by its process id and swept by the next job in the same directory. */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const partName = /^\.part-(\d+)-/;

export type PendingFile = { path: string; publish: () => void };

export function pendingFile(finalPath: string): PendingFile {
  const path = join(dirname(finalPath), `.part-${process.pid}-${basename(finalPath)}`);
  return { path, publish: () => renameSync(path, finalPath) };
}

export function prepareDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) {
    const owner = Number(partName.exec(name)?.[1] ?? 0);
    if (owner && owner !== process.pid && !isAlive(owner)) rmSync(join(directory, name), { force: true });
  }
}

/** Removes what one process left unfinished. */
export function sweepParts(directory: string, pid: number): void {
  try {
    for (const name of readdirSync(directory)) {
      if (Number(partName.exec(name)?.[1] ?? 0) === pid) rmSync(join(directory, name), { force: true });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // never created: nothing was left
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ended, but nobody asked for its exit code: usual where the first process of a container is no init. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false; // no /proc on this system: believe the kernel's first answer
  }
}
