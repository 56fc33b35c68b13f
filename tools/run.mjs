// npm run backup, restore, demo:remove, build: what is missing is installed, then the server's program runs the words.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build, folder, install, node } from './prepare.mjs';

const [word, ...rest] = process.argv.slice(2);
// npm runs scripts in the folder of package.json; a path is meant from where the person stands.
const path = (one) => resolve(process.env.INIT_CWD ?? process.cwd(), one);
const words = {
  backup: () => ['backup', ...rest.map(path)],
  restore: () => ['restore', ...rest.map(path)],
  'demo-remove': () => ['admin', 'demo-remove'],
};

install();
if (word === 'build') build();
else if (word in words) {
  const args = ['--disable-warning=ExperimentalWarning', join(folder, 'server', 'main.ts'), ...words[word]()];
  const program = spawn(node, args, { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } });
  // Ctrl-C reaches the program by itself; the rest is passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal));
  program.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  process.stderr.write(
    `unknown word ${word}; one of: backup [folder], restore <folder>, demo-remove, build\n`,
  );
  process.exit(1);
}
