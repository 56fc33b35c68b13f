/**
 * The server killed with kill -9 while uploads, transcodes, publishing and signals run, and started again on the same
 * home and port: what was acknowledged must be there, once. node bench/kill.ts [--times 20]; prints JSON and fails
 * when anything contradicts an acknowledgement.
 */
import { parseArgs } from 'node:util';
import { killRun } from '../e2e/kill.scenario.ts';

const { values } = parseArgs({ options: { times: { type: 'string', default: '20' } } });
const started = performance.now();
const report = await killRun(Number(values.times), console.error);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(JSON.stringify({ bench: 'kill', seconds, ...report }, null, 2));
process.exitCode = report.faults.length > 0 ? 1 : 0;
