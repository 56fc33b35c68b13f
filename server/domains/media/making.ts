import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetId } from '../../../contract/ids.ts';
import type { Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { EngineLimits } from '../../platform/media-engine/engine.types.ts';
import type { MediaEngine } from '../../platform/media-engine/media-engine.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { AssetsStore } from './assets.store.ts';
import type { Progress } from './uploads.progress.ts';
import type { UploadsStore } from './uploads.store.ts';

/** What every order of this room works with. */
export type Making = {
  uploads: UploadsStore;
  assets: AssetsStore;
  storage: Storage;
  engine: MediaEngine;
  jobs: Jobs;
  outbox: Outbox;
  progress: Progress;
  metrics: Metrics;
  log: Log;
  scratch: Scratch;
  limits(): Partial<EngineLimits>;
  now(): Date;
  orderImprove(executor: Executor, assetId: AssetId): Promise<void>;
};

/** Folders for work that is thrown away. A job that runs again begins with an empty one. */
export type Scratch = {
  within<T>(name: string, work: (folder: string) => Promise<T>): Promise<T>;
  /** Removes what jobs left that were killed and did not come again. */
  sweep(olderThanMs: number): Promise<void>;
};

export function createScratch(home: string): Scratch {
  const root = join(home, 'media');
  return {
    async within(name, work) {
      const folder = join(root, name);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        return await work(folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async sweep(olderThanMs) {
      await mkdir(root, { recursive: true, mode: 0o700 });
      for (const name of await readdir(root)) {
        const folder = join(root, name);
        const { mtimeMs } = await stat(folder);
        if (Date.now() - mtimeMs > olderThanMs) await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
