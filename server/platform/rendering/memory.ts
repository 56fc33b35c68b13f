/**
 * What a group of processes holds: the memory of each alone, and once what they share. Zero where there is no /proc;
 * only the wall time is held there.
 */
import { readdir, readFile } from 'node:fs/promises';

const pageBytes = 4096;

export async function groupBytes(leader: number): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const held = await Promise.all(pids.map((pid) => heldBy(pid, leader)));
  const own = held.reduce((sum, one) => sum + (one?.own ?? 0), 0);
  return own + held.reduce((most, one) => Math.max(most, one?.lent ?? 0), 0);
}

async function heldBy(pid: string, leader: number): Promise<{ own: number; lent: number } | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // Behind the name, which may hold anything: state, parent, group.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    if (group !== leader) return null;
    const [, resident, shared] = (await readFile(`/proc/${pid}/statm`, 'latin1')).split(' ').map(Number);
    return { own: (resident! - shared!) * pageBytes, lent: shared! * pageBytes };
  } catch {
    return null; // Ended meanwhile.
  }
}
