/** Runs in a thread of the child, so it works while the main thread is inside native code. A process whose
 * parent died gets another parent; then this one ends on the spot. */

import { workerData } from 'node:worker_threads';

const parentPid = workerData as number;

setInterval(() => {
  if (process.ppid !== parentPid) process.kill(process.pid, 'SIGKILL');
}, 500);
