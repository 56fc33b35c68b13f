// What must be there before anything of ours can run, on a machine that has only Node and npm. Plain JavaScript for
// Node 20: it is the only code that may run before the dependencies are installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const folder = resolve(import.meta.dirname, '..');
const at = (...parts) => join(folder, ...parts);
export const node = at('node_modules', 'node', 'bin', 'node');
const say = (line) => process.stderr.write(`${line}\n`);
// Inherited by everything that is started from here.
process.env.NODE_COMPILE_CACHE ??= at('build', 'compiled');

/** Installs from the lockfile when it has changed since. `full`: with what tests need. */
export function install({ full = false } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    say(`Kinora needs Node 20.19 or newer to start; this is ${process.version}.`);
    process.exit(1);
  }
  const stampPath = at('node_modules', '.kinora-installed');
  const hash = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex');
  const stamp = existsSync(stampPath) ? readFileSync(stampPath, 'utf8').trim() : '';
  if (existsSync(node) && (stamp === `${hash} full` || (!full && stamp === `${hash} lean`))) return;
  say(
    `Installing ${full ? 'dependencies and what the tests need' : 'dependencies'} from the lockfile (a minute or two, once)`,
  );
  const npm = process.env.npm_execpath;
  // The Node that npm itself runs on: ours is inside the folder that npm is about to replace.
  const host =
    process.env.npm_node_execpath && !process.env.npm_node_execpath.startsWith(folder)
      ? process.env.npm_node_execpath
      : null;
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(full ? ['--include=dev'] : ['--omit=dev']),
  ];
  const [program, words] = npm ? [host ?? process.execPath, [npm, ...args]] : ['npm', args];
  const { status } = spawnSync(program, words, {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    // node-av carries its FFmpeg; its check would look for one to download.
    env: { ...process.env, SKIP_FFMPEG: 'true' },
  });
  if (status !== 0 || !existsSync(node)) {
    say('Installing did not work; npm said why above. Nothing was started.');
    process.exit(1);
  }
  writeFileSync(stampPath, `${hash} ${full ? 'full' : 'lean'}\n`);
}

/** Of all sources in these folders and of the lockfile. */
function stampOf(...roots) {
  const hash = createHash('sha256');
  for (const root of roots) {
    for (const entry of readdirSync(at(root), { recursive: true, withFileTypes: true }).sort((a, b) =>
      join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
    )) {
      if (!entry.isFile() || /\.test\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      hash.update(path.slice(folder.length)).update(readFileSync(path));
    }
  }
  return hash.update(readFileSync(at('package-lock.json'))).digest('hex');
}

/** Builds the web app when its sources have changed since; the old build stays until the new one is whole. */
export function build() {
  const stamp = stampOf('web', 'contract');
  const done = at('build', 'web', '.built-from');
  if (existsSync(done) && readFileSync(done, 'utf8') === stamp) return;
  say('Building the web app');
  const fresh = at('build', `web.${process.pid}`);
  const { status, stdout, stderr } = spawnSync(
    node,
    [
      at('node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      '--config',
      at('web', 'vite.config.ts'),
      '--outDir',
      fresh,
      '--logLevel',
      'warn',
    ],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) {
    say(`${stdout}\n${stderr}\nThe web app could not be built.`);
    rmSync(fresh, { recursive: true, force: true });
    process.exit(1);
  }
  writeFileSync(join(fresh, '.built-from'), stamp);
  mkdirSync(at('build'), { recursive: true });
  rmSync(at('build', 'web'), { recursive: true, force: true });
  renameSync(fresh, at('build', 'web'));
}

/** Compiles the server ahead when it has changed since: what Node makes of its modules is half of the time to start. */
export function compile() {
  const cache = process.env.NODE_COMPILE_CACHE;
  const stamp = stampOf('server', 'contract', 'packages');
  const done = join(cache, '.compiled-from');
  if (existsSync(done) && readFileSync(done, 'utf8') === stamp) return;
  rmSync(cache, { recursive: true, force: true });
  spawnSync(node, ['--disable-warning=ExperimentalWarning', at('tools', 'compile.ts')], { cwd: folder });
  // Without it the server starts all the same, from its sources.
  if (existsSync(cache)) writeFileSync(done, stamp);
}
