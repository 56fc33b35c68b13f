import { spawn, spawnSync } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openClient } from './client.ts';
import { killTree, processesOf, stillRunning, treeOf, until } from './processes.ts';
import { type Server, startServer } from './stage.ts';

/** Starting and ending the program: what an operator does in the first minute, and what they do by mistake. */
const root = resolve(import.meta.dirname, '..');
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const isRoot = process.getuid?.() === 0;

async function up(env: Record<string, string> = {}): Promise<Server> {
  // From nothing, its database too.
  const server = await startServer({ KINORA_DEMO: 'off', ...env });
  onTestFinished(async () => {
    await killTree(server.pid);
    await server.kill();
    await rm(server.home, { recursive: true, force: true });
  });
  return server;
}

/** `before`: words of a program that starts ours as somebody else. */
function launch(env: Record<string, string>, before: string[] = []) {
  const program = [...before, node, '--disable-warning=ExperimentalWarning', join(root, 'server', 'main.ts')];
  const child = spawn(program[0]!, program.slice(1), {
    cwd: '/',
    env: { ...process.env, NODE_OPTIONS: '', KINORA_DEMO: 'off', LOG_LEVEL: 'warn', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { child, said: '', code: undefined as number | null | undefined };
  child.stdout.on('data', (text) => (heard.said += text));
  child.stderr.on('data', (text) => (heard.said += text));
  child.once('close', (code) => {
    heard.code = code;
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return heard;
}

/** The program to its end, which it must find by itself. */
async function run(env: Record<string, string>) {
  const heard = launch(env);
  await until(() => heard.code !== undefined, 'the program to end');
  return heard;
}

async function freshHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'kinora-start-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

const gone = (home: string) =>
  until(async () => (await processesOf(home)).length === 0, `all of ${home} to end`, 10_000);

test('Ctrl-C ends everything, and the next start finds everything', async () => {
  const server = await up();
  const person = openClient(server);
  await person.signUp('ada');
  const tree = await treeOf(server.pid);
  expect(tree.map((one) => one.name)).toContain('postgres');
  await server.stop();
  expect(await stillRunning(tree)).toEqual([]);
  expect(await processesOf(server.home)).toEqual([]);
  expect(await readdir(join(server.home, 'running'))).toEqual([]);
  await server.start();
  expect(((await person.get('/api/session')).json as { me: unknown }).me).not.toBeNull();
});

test('a second Ctrl-C while it stops does no harm', async () => {
  const server = await up();
  const tree = await treeOf(server.pid);
  process.kill(server.pid, 'SIGINT');
  process.kill(server.pid, 'SIGINT');
  await server.stop();
  expect(await stillRunning(tree)).toEqual([]);
});

test('two servers live on one home, whichever leaves first', async () => {
  const first = await up();
  const second = await up({ KINORA_HOME: first.home });
  const person = openClient(first);
  await person.signUp('ada');
  const elsewhere = openClient(second);
  for (const [name, value] of person.cookies) elsewhere.cookies.set(name, value);
  expect(((await elsewhere.get('/api/session')).json as { me: unknown }).me).not.toBeNull();

  // The database is a child of the first one: the second starts it again, and then works as before, jobs too.
  await first.stop();
  const bea = openClient(second);
  const canSignUp = () =>
    bea.signUp('bea').then(
      () => true,
      () => false,
    );
  await until(canSignUp, 'the one that is left to answer');
  const uploadPath = await bea.upload('nothing.mp4', Buffer.from('no video'), 100);
  expect((await bea.settled(uploadPath)).upload.refusal?.code).toBe('not_a_video');

  await first.start();
  expect(((await person.get('/api/session')).json as { me: unknown }).me).not.toBeNull();
  await killTree(second.pid);
  await second.kill();
  await until(
    async () => (await person.get('/api/me/uploads')).status === 200,
    'the first one to answer',
    15_000,
  );
  await first.stop();
  expect(await gone(first.home)).toBeLessThan(10_000);
});

test('kill -9 of everything, and it starts again', async () => {
  const server = await up();
  const person = openClient(server);
  await person.signUp('ada');
  await killTree(server.pid);
  await server.kill();
  await server.start();
  expect(((await person.get('/api/session')).json as { me: unknown }).me).not.toBeNull();
});

test('kill -9 of the main process alone takes its database with it within seconds', async () => {
  const server = await up();
  const tree = await treeOf(server.pid);
  await server.kill();
  await until(async () => (await stillRunning(tree)).length === 0, 'the orphans to end', 10_000);
  await server.start();
});

/** Somebody who is not root, for a root that must become one. */
const somebody = ['games', 'nobody'].map((name) => idsOf(name)).find((ids) => ids !== null) ?? null;
const becomes = somebody && [
  'setpriv',
  `--reuid=${somebody.uid}`,
  `--regid=${somebody.gid}`,
  '--clear-groups',
];
const why = !isRoot
  ? ''
  : !becomes
    ? ' (skipped: there is no other user)'
    : spawnSync(becomes[0]!, [...becomes.slice(1), node, '--version']).status !== 0
      ? ' (skipped: another user may not read this clone, or setpriv is missing)'
      : '';

test.skipIf(why !== '')(`an ordinary user with a home of mode 700 starts and ends it${why}`, async () => {
  const home = await freshHome();
  expect((await stat(home)).mode & 0o777).toBe(0o700);
  if (isRoot) await chown(home, somebody!.uid, somebody!.gid);
  const heard = launch({ KINORA_HOME: home, HOME: home }, isRoot ? becomes! : []);
  await until(() => heard.said.includes('Kinora is on') || heard.code !== undefined, 'the program to start');
  const origin = /http:\/\/localhost:\d+/.exec(heard.said)?.[0];
  expect(origin, heard.said).toBeTruthy();
  const person = openClient({ origin: origin! });
  expect((await person.signUp('ada')).handle).toContain('ada');
  const tree = await treeOf(heard.child.pid!);
  heard.child.kill('SIGINT');
  await until(() => heard.code !== undefined, 'the program to end');
  expect(heard.code).toBe(0);
  expect(await stillRunning(tree)).toEqual([]);
});

function idsOf(name: string): { uid: number; gid: number } | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name]).stdout || Number.NaN));
  return uid && gid ? { uid, gid } : null;
}

describe('what cannot work is said in words, and nothing is left behind', () => {
  test('a port in use', async () => {
    const holder = createServer();
    const port = await new Promise<number>((done) =>
      holder.listen(0, '127.0.0.1', () => done((holder.address() as { port: number }).port)),
    );
    onTestFinished(() => void holder.close());
    const home = await freshHome();
    const { code, said } = await run({ KINORA_HOME: home, PORT: `${port}` });
    expect(code).toBe(1);
    expect(said).toContain(`${port}`);
    expect(said).toMatch(/in use/);
    expect(said).not.toMatch(/\n {4}at /);
    await gone(home);
  });

  test('wrong settings, all at once', async () => {
    const home = join(await freshHome(), 'new');
    const { code, said } = await run({
      KINORA_HOME: home,
      PORT: 'eighty',
      KINORA_TRANSCODES: '0',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'KINORA_TRANSCODES', 'LOG_LEVEL']) expect(said).toContain(name);
    expect(said).not.toMatch(/\n {4}at /);
    await expect(stat(home)).rejects.toThrow('ENOENT');
  });

  test('a home that cannot be written', async () => {
    const place = await freshHome();
    await writeFile(join(place, 'file'), '');
    const home = join(place, 'file', 'home');
    const { code, said } = await run({ KINORA_HOME: home });
    expect(code).toBe(1);
    expect(said).toContain(home);
    expect(said).not.toMatch(/\n {4}at /);
    await gone(home);
  });

  test('a database that does not answer', async () => {
    const home = await freshHome();
    const { code, said } = await run({
      KINORA_HOME: home,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    });
    expect(code).toBe(1);
    expect(said).toContain('127.0.0.1:9');
  });
});
