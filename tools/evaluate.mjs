// npm run evaluate: the measuring protocol. What it needs is installed first; everything after `--` goes to main.ts.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { folder, install, node } from './prepare.mjs';

install({ full: true });
const args = [join(folder, 'tools', 'evaluate', 'main.ts'), ...process.argv.slice(2)];
const program = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' });
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal));
program.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
