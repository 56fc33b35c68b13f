import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { fitForecast, type Lessons } from '../../../packages/content-graph/content-graph.ts';
import { buffersOf } from './buffers.rules.ts';

/** Fits one forecast in a thread of its own and ends; see forecasts.ts. */

// On Linux this is the thread's priority, elsewhere it would be the whole process's: requests come before a fit.
if (process.platform === 'linux') setPriority(0, 10);

const { lessons, seed } = workerData as { lessons: Lessons; seed: number };
const fitted = fitForecast(lessons, { seed });
parentPort!.postMessage(fitted, buffersOf(fitted));
