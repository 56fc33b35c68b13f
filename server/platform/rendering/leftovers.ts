/**
 * Each browser has a folder outside of our home, which the one it runs as could not enter, and a line inside of it. A
 * server that was killed leaves both: the next one ends and removes what the lines name.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

type Line = { server: number; browser: number; folder: string };
export type Lodging = { folder: string; note(browser: number): void; leave(): Promise<void> };

const prefix = 'kinora-render-';

export async function lodge(scratch: string, user: { uid: number; gid: number } | null): Promise<Lodging> {
  const lines = join(scratch, 'rendering');
  mkdirSync(lines, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const line = join(lines, `${basename(folder)}.json`);
  const note = (browser: number) =>
    writeFileSync(line, JSON.stringify({ server: process.pid, browser, folder } satisfies Line));
  note(0);
  if (user) await chown(folder, user.uid, user.gid);
  return {
    folder,
    note,
    async leave() {
      // Processes that are ending may still write for a moment.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      await rm(line, { force: true });
    },
  };
}

/** What servers that are gone left behind. Another one may live on the same home: its lines are not ours to sweep. */
export async function sweepLodgings(scratch: string): Promise<void> {
  const lines = join(scratch, 'rendering');
  for (const name of await readdir(lines).catch(() => [])) {
    const line = await readLine(join(lines, name));
    if (line && line.server !== process.pid && isAlive(line.server)) continue;
    if (line && basename(line.folder).startsWith(prefix)) {
      await endBrowser(line);
      await rm(line.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
    await rm(join(lines, name), { force: true });
  }
}

async function readLine(path: string): Promise<Line | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Line;
  } catch {
    return null; // Half written by a kill: nothing had been started yet.
  }
}

/** Its number may long be another's: only a process that was started with this very folder is it. */
async function endBrowser({ browser, folder }: Line): Promise<void> {
  const words = browser > 0 ? await readFile(`/proc/${browser}/cmdline`, 'latin1').catch(() => '') : '';
  if (!words.includes(folder)) return;
  try {
    process.kill(-browser, 'SIGKILL');
  } catch {
    // Gone by itself, as it should be.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
