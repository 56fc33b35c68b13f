/**
 * CPU time that the embedded Postgres of a folder has used, its living connections together: on a machine that others
 * use as well, time on the clock says little. From Linux's /proc; null elsewhere.
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
      // After the name, which may hold spaces: state, parent, and from the twelfth on user and system time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isOurs = commandOf(pid).includes(data) || commandOf(fields[1]!).includes(data);
      return isOurs ? sum + (Number(fields[11]) + Number(fields[12])) * tickMs : sum;
    }, 0);
}

/** A process may end between being listed and being read. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
