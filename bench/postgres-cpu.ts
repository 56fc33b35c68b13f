/**
 * CPU time that the embedded Postgres of a folder has used, its connections living and ended together: on a machine
 * that others use as well, time on the clock says little. From Linux's /proc; null elsewhere.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Linux counts CPU time in (USER_HZ). */
const tickMs = 10;

export function postgresCpuMs(folder: string): number | null {
  if (process.platform !== 'linux') return null;
  const data = join(folder, 'data');
  const commandOf = (pid: string) => read(`/proc/${pid}/cmdline`);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => {
      const stat = read(`/proc/${pid}/stat`);
      if (!stat.includes('(postgres)')) return sum;
      // After the name, which may hold spaces: state, parent, and from the twelfth on user and system time, then the
      // same of the children that have ended.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isMain = commandOf(pid).includes(data);
      if (!isMain && !commandOf(fields[1]!).includes(data)) return sum;
      const used = fields.slice(11, isMain ? 15 : 13).reduce((ticks, field) => ticks + Number(field), 0);
      return sum + used * tickMs;
    }, 0);
}

/** CPU time that this machine's processes have used together, and what its host took away for others meanwhile. */
export function machineCpuMs(): { busyMs: number; stolenMs: number } | null {
  if (process.platform !== 'linux') return null;
  const [user, nice, system, , , irq, softirq, stolen] = read('/proc/stat')
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number, number];
  return { busyMs: (user + nice + system + irq + softirq) * tickMs, stolenMs: stolen * tickMs };
}

/** A process may end between being listed and being read. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
