import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../server/platform/postgres/postgres.ts';

/**
 * An empty database, made once for all journeys: making one takes longer than the rest of a start, and each journey has a
 * server of its own. `startServer` copies it. Where Postgres keeps its files elsewhere (root without a namespace), each
 * server makes its own, and so does every journey about a first start.
 */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-cluster-'));
  const postgres = await startPostgres({ folder, durable: false });
  await postgres.stop();
  const data = join(folder, 'data');
  if (await readFile(join(data, 'PG_VERSION')).catch(() => null)) process.env.KINORA_E2E_CLUSTER = data;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 100, retryDelay: 10 });
}
