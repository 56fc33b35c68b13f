import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { House, Role } from './compose.ts';
import { drawAhead } from './domains/demo/ahead.ts';
import { backUp, restore } from './platform/backup/commands.ts';
import { BackupFault } from './platform/backup/manifest.ts';
import { refuseHalfRestored } from './platform/backup/restore.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigFaults, readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { openHome } from './platform/home.ts';
import { ownAddresses } from './platform/http/guard.ts';
import { migrateJobs } from './platform/jobs.ts';
import { createLog } from './platform/log.ts';
import { migrate } from './platform/migrations.ts';
import { type EmbeddedPostgres, hasDatabase, startPostgres } from './platform/postgres/postgres.ts';

/**
 * The program: `node server/main.ts [all|serve|work|migrate|backup [folder]|restore <folder>|admin demo-remove|admin rebuild-insights]`.
 * Reads the settings, brings up the database, builds the house, and takes it down again on Ctrl-C.
 */
const folder = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };

async function main([command = 'all', ...words]: string[]): Promise<void> {
  if (!['all', 'serve', 'work', 'migrate', 'backup', 'restore', 'admin'].includes(command)) {
    throw new Error(
      `unknown command ${command}; one of: all, serve, work, migrate, backup, restore, admin demo-remove, admin rebuild-insights`,
    );
  }
  const config = readConfig(process.env, folder);
  const log = createLog(config.logLevel);
  const home = await openHome(config.home).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigFaults([
      `KINORA_HOME is ${config.home}, where this user cannot write (${error.code ?? error.message})`,
    ]);
  });
  const say = (line: string) => process.stderr.write(`${line}\n`);
  // The house is loaded while the database comes up: a start waits for little else.
  const loading = import('./compose.ts');
  let postgres: EmbeddedPostgres | null = null;
  const newHome = !config.databaseUrl && !(await hasDatabase(join(home.folder, 'postgres')));
  const demoAhead =
    command === 'all' && newHome && config.demo !== 'off' ? drawAhead(home.scratch) : undefined;
  if (!config.databaseUrl) postgres = await startPostgres({ folder: join(home.folder, 'postgres'), say });
  const { compose, migrationsFolder } = await loading;
  const members = await enterHome(home.folder);
  const database = openDatabase(config.databaseUrl ?? postgres!.url);
  let house: House | null = null;

  const copying = command === 'backup' || command === 'restore';
  const stopping = new AbortController();
  let leaving: Promise<void> | null = null;
  const leave = () =>
    (leaving ??= (async () => {
      await demoAhead?.close();
      await house?.stop();
      await database.close();
      // Another server on this home still stands on the database.
      if ((await members.leave()) === 0) await postgres?.stop();
      else postgres?.abandon();
    })());

  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (leaving) return;
      say('Stopping');
      // It takes back what it began, and then leaves by itself.
      if (copying) return stopping.abort();
      // A stop that takes longer hangs on something that a kill would survive as well.
      setTimeout(() => process.exit(1), 20_000).unref();
      leave().then(
        () => process.exit(0),
        (error) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }

  try {
    if (copying) {
      // Before any migration: a backup is of what was, and a restore brings its own.
      const run = command === 'backup' ? backUp : restore;
      const { signal } = stopping;
      await run({ config, home, database, version, migrationsFolder, say, signal }, words);
      return await leave();
    }
    await refuseHalfRestored(home.folder);
    const done = await migrate(database, migrationsFolder);
    await migrateJobs(database);
    if (done.length > 0) log.info({ migrations: done.length }, 'database brought up to date');
    if (command === 'migrate') return await leave();
    house = compose({
      config,
      home,
      database,
      clock: systemClock,
      log,
      webFolder: join(folder, 'build', 'web'),
      version,
      freshDatabase: postgres?.created ?? false,
      demoAhead,
    });
    if (command === 'admin') {
      if (words[0] === 'demo-remove') {
        await house.demo.removeNow();
        say('The demo community is removed.');
      } else if (words[0] === 'rebuild-insights') {
        await house.insights.rebuild();
        say('The insights of creators are counted again from the log of signals.');
      } else throw new Error('unknown admin command; one of: demo-remove, rebuild-insights');
      return await leave();
    }
    await house.start(command as Role);
    if (command === 'work') return;
    const { port } = await house.edge.listen(config.host, config.port);
    await sayWhere(house, port);
  } catch (error) {
    await leave().catch(() => {
      // The first error is the one to show.
    });
    throw error;
  }

  async function sayWhere(house: House, port: number) {
    const here = config.publicUrl ?? `http://localhost:${port}`;
    say(`\n  Kinora is on      ${here}`);
    if (!config.publicUrl && ['0.0.0.0', '::'].includes(config.host)) {
      for (const address of ownAddresses().filter((one) => one.includes('.')))
        say(`  on your network   http://${address}:${port}`);
    }
    const claim = await house.accounts.operatorClaim();
    if (claim) say(`  become operator   ${here}/claim/${claim}`);
    say(`  everything is in  ${home.folder}\n`);
  }
}

/** Servers that live on one home, as files named by process id; the last to leave takes the database down. */
async function enterHome(home: string) {
  const folder = join(home, 'running');
  await mkdir(folder, { recursive: true });
  const mine = join(folder, String(process.pid));
  await writeFile(mine, await bornAt(process.pid));
  return {
    async leave(): Promise<number> {
      await rm(mine, { force: true });
      let others = 0;
      for (const name of await readdir(folder)) {
        const file = join(folder, name);
        if (await isServer(Number(name), await readFile(file, 'utf8').catch(() => ''))) others++;
        else await rm(file, { force: true });
      }
      return others;
    },
  };
}

/** The number of a killed server may have gone to another program, or to a thread of one, since. */
async function isServer(pid: number, born: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return (await bornAt(pid)) === born;
}

/** When a process began, in ticks since the machine did; the same for all where there is no /proc. */
async function bornAt(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'dead' : (fields[19] ?? '');
}

/** What an operator can mend themselves is said in a sentence; everything else with the place where it happened. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigFaults || error instanceof BackupFault) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, port } = error as NodeJS.ErrnoException & { port?: number };
  if (syscall === 'listen' && code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop that one, or set PORT to another number.`;
  }
  if (syscall === 'listen')
    return `It cannot listen there (${code}): ${error.message}. Look at HOST and PORT.`;
  return error.stack ?? error.message;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const cause =
    error instanceof Error && error.cause instanceof Error ? `\n  because: ${error.cause.message}` : '';
  const failed =
    { backup: 'The backup was not made.', restore: 'The restore was not done.' }[process.argv[2] ?? ''] ??
    'Kinora could not start.';
  process.stderr.write(`${failed}\n${reasonOf(error)}${cause}\n`);
  process.exit(1);
});
