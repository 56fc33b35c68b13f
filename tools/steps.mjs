// Runs checks one after the other, shows what fails, and counts. A step of vitest counts its tests, any other is one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

/**
 * `retried`: files that fail are run once more, alone, as processes on a busy machine can miss each other.
 * What passed only then is named in the last lines; what fails twice has failed.
 */
export const vitestStep = (name, config, { retried = false } = {}) => ({
  name,
  vitest: true,
  retried,
  args: [bin('vitest', 'vitest.mjs'), 'run', '--config', join(folder, config)],
});

export function runSteps(steps, env = {}) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const [unsteady, failing] = [[], []];
  for (const step of steps) {
    const started = Date.now();
    process.stdout.write(`\n── ${step.name}\n`);
    const first = step.vitest ? runVitest(step.args, env) : runOnce(step.args, env);
    let counted = first;
    if (step.retried && first.files?.length) {
      process.stdout.write(`\n── ${step.name}, once more: ${first.files.join(', ')}\n`);
      const second = runVitest([...step.args, '--maxWorkers=1', ...first.files], env);
      counted = {
        passed: first.passed - first.bad.passed + second.passed,
        failed: second.failed,
        skipped: first.skipped - first.bad.skipped + second.skipped,
        names: second.names,
      };
      if (second.failed === 0) unsteady.push(...first.names);
    }
    for (const key of Object.keys(totals)) totals[key] += counted[key];
    const good = counted.failed === 0;
    if (!good) failing.push(...(counted.names?.length ? counted.names : [step.name]));
    process.stdout.write(
      `   ${good ? 'good' : 'FAILED'} after ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
    );
  }
  if (unsteady.length) process.stdout.write(`\nOnly at the second try:\n  ${unsteady.join('\n  ')}\n`);
  if (failing.length) process.stdout.write(`\nFailed:\n  ${failing.join('\n  ')}\n`);
  process.stdout.write(
    `\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}\n`,
  );
  return totals.failed === 0 && totals.passed > 0;
}

function spawn(args, env) {
  return spawnSync(node, args, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${bin('.bin')}:${process.env.PATH}`, NODE_OPTIONS: quiet, ...env },
  }).status;
}

function runOnce(args, env) {
  const good = spawn(args, env) === 0;
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
}

function runVitest(args, env) {
  const out = mkdtempSync(join(tmpdir(), 'kinora-step-'));
  const path = join(out, 'report.json');
  try {
    const status = spawn([...args, '--reporter=default', '--reporter=json', `--outputFile=${path}`], env);
    return countTests(JSON.parse(readFileSync(path, 'utf8')), status);
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // It wrote no report.
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function countTests(report, status) {
  const bad = report.testResults.filter((file) => file.status === 'failed');
  const inBad = (status) =>
    bad.reduce((sum, file) => sum + file.assertionResults.filter((one) => status(one.status)).length, 0);
  const names = bad.flatMap((file) => {
    const tests = file.assertionResults.filter((one) => one.status === 'failed');
    const at = relative(folder, file.name);
    return tests.length ? tests.map((one) => `${at}: ${one.fullName}`) : [at];
  });
  return {
    passed: report.numPassedTests,
    // A file that could not even be loaded has no failed test, and yet fails the run.
    failed: Math.max(report.numFailedTests, status === 0 ? 0 : 1),
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    files: bad.map((file) => relative(folder, file.name)),
    names,
    bad: {
      passed: inBad((status) => status === 'passed'),
      skipped: inBad((status) => status !== 'passed' && status !== 'failed'),
    },
  };
}
