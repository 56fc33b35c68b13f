// Runs checks one after the other, shows what fails, and counts. A step of vitest counts its tests, any other is one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folder, node } from './prepare.mjs';

const bin = (...parts) => join(folder, 'node_modules', ...parts);
const quiet = '--disable-warning=ExperimentalWarning';

export const quickSteps = [
  {
    name: 'format and lint',
    args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--error-on-warnings', '.'],
  },
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '--noEmit'] },
  { name: 'floors', args: [quiet, join(folder, 'tools', 'floors.ts')] },
  { name: 'dead code', args: [bin('knip', 'bin', 'knip.js'), '--no-progress'] },
];

export const vitestStep = (name, config) => ({
  name,
  vitest: true,
  args: [bin('vitest', 'vitest.mjs'), 'run', '--config', join(folder, config)],
});

export function runSteps(steps, env = {}) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps) {
    const started = Date.now();
    const out = mkdtempSync(join(tmpdir(), 'kinora-step-'));
    const report = join(out, 'report.json');
    const args = step.vitest
      ? [...step.args, '--reporter=default', '--reporter=json', `--outputFile=${report}`]
      : step.args;
    process.stdout.write(`\n── ${step.name}\n`);
    const { status } = spawnSync(node, args, {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: `${bin('.bin')}:${process.env.PATH}`, NODE_OPTIONS: quiet, ...env },
    });
    const counted = step.vitest
      ? countTests(report, status)
      : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
    for (const key of Object.keys(totals)) totals[key] += counted[key];
    process.stdout.write(
      `   ${status === 0 ? 'good' : 'FAILED'} after ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
    );
    rmSync(out, { recursive: true, force: true });
  }
  process.stdout.write(
    `\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}\n`,
  );
  return totals.failed === 0 && totals.passed > 0;
}

function countTests(path, status) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const failed = report.numFailedTests;
    // A file that could not even be loaded has no failed test, and yet fails the run.
    return {
      passed: report.numPassedTests,
      failed: status !== 0 && failed === 0 ? 1 : failed,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
