import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/**
 * What a journey stands on: the real program in a process of its own, with its own home and port, and a real
 * Chromium. Nothing in here knows a surface.
 */
const root = resolve(import.meta.dirname, '..');
/** Pictures of every surface, for people to look at; not committed. */
export const pictures = join(root, 'build', 'pictures');

export type Server = {
  origin: string;
  home: string;
  /** What the program has said so far, with the operator's link in it. */
  said(): string;
  pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

export async function startServer(env: Record<string, string> = {}): Promise<Server> {
  const home = await mkdtemp(join(tmpdir(), 'kinora-e2e-'));
  if (!('KINORA_DEMO' in env)) await giveDatabase(home);
  const port = await freePort();
  let said = '';
  let child: ChildProcess | null = null;
  const exited = () =>
    new Promise<void>((done) =>
      child?.exitCode === null && child.signalCode === null ? child.once('exit', () => done()) : done(),
    );

  const server: Server = {
    origin: `http://localhost:${port}`,
    home,
    said: () => said,
    get pid() {
      return child?.pid ?? 0;
    },
    async start() {
      said = '';
      child = spawn(
        join(root, 'node_modules', 'node', 'bin', 'node'),
        ['--disable-warning=ExperimentalWarning', join(root, 'server', 'main.ts')],
        {
          cwd: root,
          env: {
            ...process.env,
            NODE_ENV: 'production',
            NODE_OPTIONS: '',
            NODE_COMPILE_CACHE: join(root, 'build', 'compiled'),
            PORT: String(port),
            KINORA_HOME: home,
            KINORA_DEMO: 'off',
            LOG_LEVEL: 'warn',
            ...env,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      child.stdout!.on('data', (text) => (said += text));
      child.stderr!.on('data', (text) => (said += text));
      for (;;) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`the server ended:\n${said}`);
        const up = await fetch(`${server.origin}/readyz`).then(
          (reply) => reply.ok,
          () => false,
        );
        if (up) return;
        await new Promise((later) => setTimeout(later, 50));
      }
    },
    async stop() {
      child?.kill('SIGINT');
      await exited();
    },
    async kill() {
      child?.kill('SIGKILL');
      await exited();
    },
    async close() {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** What a first start would make first (`cluster.setup.ts`). Who says what becomes of the demo has a start like a stranger's. */
async function giveDatabase(home: string): Promise<void> {
  const from = process.env.KINORA_E2E_CLUSTER;
  if (!from) return;
  await mkdir(join(home, 'postgres'), { mode: 0o700 });
  await promisify(execFile)('cp', ['-a', from, join(home, 'postgres', 'data')]);
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

export const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
export const desktop = { viewport: { width: 1440, height: 900 } };

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** Draws with WebGL2 where there is no graphics card. */
export const drawing = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** Has a camera and a microphone, and need not ask for them. */
export const filming = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export async function openChromium(flags: string[] = []): Promise<Browser> {
  await mkdir(pictures, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...chromiumFlags, ...flags],
  });
}

/** A device of its own (cookies, storage). Errors on the page fail the journey that saw them. */
export async function openDevice(
  browser: Browser,
  server: Server,
  kind: object = phone,
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({ baseURL: server.origin, locale: 'en-GB', ...kind });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`.trim());
  });
  return { context, page, faults };
}

/** As large as it is laid out: packing each pixel of a fine screen is most of the time. `KINORA_PICTURES=all`: those too. */
export const picture = (page: Page, name: string) =>
  page.screenshot({
    path: join(pictures, `${name}.png`),
    // What is on its way to another colour is shown as it will be.
    animations: 'disabled',
    scale: process.env.KINORA_PICTURES === 'all' ? 'device' : 'css',
  });
