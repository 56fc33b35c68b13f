// npm start: what is missing is installed and built, then this process becomes the server.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, compile, folder, install, node } from './prepare.mjs';

install();
build();
compile();
const args = [
  '--disable-warning=ExperimentalWarning',
  join(folder, 'server', 'main.ts'),
  ...process.argv.slice(2),
];
if (process.execve) {
  process.execve(node, [node, ...args], { ...process.env, NODE_ENV: 'production' });
} else {
  const server = spawn(node, args, { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
