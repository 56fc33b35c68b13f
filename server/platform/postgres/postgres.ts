import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Footing, findFooting } from './binaries.ts';

/**
 * The embedded Postgres of one instance: started under KINORA_HOME, ended with the server, found again after a
 * kill. It listens on a unix socket in a folder that only its owner may enter, and on no network address.
 */
export type EmbeddedPostgres = {
  url: string;
  /** True when this start made an empty database. */
  created: boolean;
  stop(): Promise<void>;
  /** Leaves it to the other servers of this home, which start it again if it ends with this one. */
  abandon(): void;
};

export type PostgresOptions = {
  folder: string;
  /** Tests do not need their data after a power cut. */
  durable?: boolean;
  say?: (line: string) => void;
  tryNamespace?: boolean;
  maxConnections?: number;
};

const run = promisify(execFile);

export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { folder, durable = true, say = () => {} } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const footing = await findFooting(join(folder, 'data'), options.tryNamespace);
  const socket = await socketFolder(footing);
  const created = await initialise(footing, folder, durable, say);
  const url = `postgresql://kinora@localhost/kinora?host=${encodeURIComponent(socket)}`;

  let child: ChildProcess | null = null;
  let stopped = false;
  const alive = () => answers(url.replace('/kinora?', '/postgres?'));
  let starting: Promise<void> | null = null;
  // One at a time: of two that are launched one ends at once, and it must not be the one that is kept in mind.
  const start = () =>
    (starting ??= bringUp().finally(() => {
      starting = null;
    }));
  const bringUp = async () => {
    // Another server of this home may have started it, or be ending it: look, start, look again.
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await alive()) return;
      if (!isRunning(child)) {
        await forgetDeadPostmaster(footing.data);
        child = launch(footing, socket, durable, options.maxConnections ?? 100, join(folder, 'log'));
        child.once('exit', () => {
          // The server that owned it ended while another lives on this home: the one that is left takes over.
          if (!stopped) setTimeout(() => void start().catch(() => {}), 200);
        });
      }
      await new Promise((resolve) => setTimeout(resolve, attempt < 20 ? 25 : 250));
    }
    throw new Error(`Postgres did not start; its log is ${join(folder, 'log')}`);
  };
  await start();
  const watch = setInterval(() => {
    if (!isRunning(child))
      void alive()
        .then((up) => (up || stopped ? undefined : start()))
        .catch(() => {});
  }, 1000);
  watch.unref();
  await createDatabase(url);

  return {
    url,
    created,
    abandon() {
      stopped = true;
      clearInterval(watch);
    },
    async stop() {
      stopped = true;
      clearInterval(watch);
      // Ours, or one that was there already: of a server that was killed, or has left.
      const pid = isRunning(child) ? child.pid : await livingPostmaster(footing.data);
      if (!pid) return;
      // SIGINT: fast shutdown; open transactions roll back, what was committed is on disk. Where a disk is so slow that
      // this takes too long, SIGQUIT: no last checkpoint, and the next start reads the log. Nothing is left running.
      for (const [signal, waitMs] of [
        ['SIGINT', 10_000],
        ['SIGQUIT', 7000],
      ] as const) {
        try {
          process.kill(pid, signal);
        } catch {
          return;
        }
        const until = Date.now() + waitMs;
        while (Date.now() < until) {
          if ((await postmasterPid(footing.data)) === null) return;
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
      }
    },
  };
}

/** Whether a database was made in this folder before. */
export async function hasDatabase(folder: string): Promise<boolean> {
  return (await readFile(join(folder, 'data', 'PG_VERSION'), 'utf8').catch(() => '')) !== '';
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A unix socket's path has at most 107 bytes: a deep home gets a private folder in the system's temporary one. */
async function socketFolder({ data, prefix }: Footing): Promise<string> {
  const near = join(dirname(data), 'socket');
  const asNobody = prefix[1]?.startsWith('--reuid') ?? false;
  const short = join(tmpdir(), `kinora-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`);
  const folder = near.length <= 85 || asNobody ? near : short;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await stat(folder);
  if (!asNobody && (uid !== process.getuid?.() || (mode & 0o77) !== 0)) {
    throw new Error(
      `${folder} belongs to somebody else or is open to others; remove it or choose a shorter KINORA_HOME`,
    );
  }
  if (asNobody) await run('chown', ['65534:65534', folder]);
  return folder;
}

/** initdb into a temporary name, then a rename: a kill in the middle leaves nothing that looks like a database. */
async function initialise(footing: Footing, folder: string, durable: boolean, say: (line: string) => void) {
  if (await hasDatabase(folder)) return false;
  say('Making the database');
  const half = `${footing.data}.new`;
  await rm(half, { recursive: true, force: true });
  const args = ['-D', half, '-U', 'kinora', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  const [program, ...words] = [
    ...footing.prefix,
    join(footing.bin, 'initdb'),
    ...args,
    ...(durable ? [] : ['--no-sync']),
  ];
  const { stdout, stderr } = await run(program!, words);
  await appendFile(join(folder, 'log'), stdout + stderr);
  // Only the unix socket, and on it only the user who may enter its folder.
  await writeFile(join(half, 'pg_hba.conf'), 'local all all trust\n');
  await rename(half, footing.data);
  return true;
}

function launch(
  { prefix, bin, data }: Footing,
  socket: string,
  durable: boolean,
  connections: number,
  log: string,
) {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    max_connections: `${connections}`,
    shared_buffers: '128MB',
    wal_compression: 'on',
    checkpoint_timeout: '10min',
    max_wal_size: '1GB',
    random_page_cost: '1.1',
    jit: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program, ...args] = [...prefix, join(bin, 'postgres'), '-D', data, ...flags];
  // Its own process group: Ctrl-C reaches the server, which ends Postgres last.
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const write = (text: Buffer) => void appendFile(log, text).catch(() => {});
  child.stdout.on('data', write);
  child.stderr.on('data', write);
  child.on('error', (error) => write(Buffer.from(`${error.message}\n`)));
  return child;
}

async function postmasterPid(data: string): Promise<number | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => null);
  const pid = Number(text?.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/**
 * After kill -9 or a power cut postmaster.pid stays. Postgres checks whether that process lives, but a reused pid,
 * or one seen from inside a namespace, may fool it: the file goes when no such process is a postgres.
 */
async function forgetDeadPostmaster(data: string): Promise<void> {
  if ((await postmasterPid(data)) !== null && (await livingPostmaster(data)) === null)
    await rm(join(data, 'postmaster.pid'), { force: true });
}

/** Null: none is named, or the number is no postgres's any more. Where there is no /proc the file is believed. */
async function livingPostmaster(data: string): Promise<number | null> {
  const pid = await postmasterPid(data);
  if (pid === null || process.platform !== 'linux') return pid;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.startsWith('postgres') ? pid : null;
}

const isRunning = (child: ChildProcess | null): child is ChildProcess =>
  child !== null && child.exitCode === null && child.signalCode === null;

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace('/kinora?', '/postgres?') });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'kinora'`);
    if (rowCount === 0) {
      await client.query('create database kinora').catch((error: { code?: string }) => {
        // Two servers starting at once: the other one made it.
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
    }
  } finally {
    await client.end();
  }
}
