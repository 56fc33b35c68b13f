import type { AssetId, UploadId } from '../../../contract/ids.ts';
import type { FoundFile } from '../../platform/storage/storage.ts';
import type { Making } from './making.ts';
import type { MediaTunables } from './media.tunables.ts';
import { refuse } from './read-upload.jobs.ts';

/**
 * Files and rows brought together again, once a day and at each start: removals that were cut short, uploads nobody
 * came back to, files without a row, rows without a file. Walks everything in pages, gently.
 */
const sweep = 'sweep-media';
const dayMs = 86_400_000;
/** A file may be younger than the row that its job is about to write. */
const youngMs = 2 * 3_600_000;
const page = 200;

export type Sweeping = Making & {
  tunables: MediaTunables;
  removeUpload(id: UploadId): Promise<void>;
  sweepTracks(isOld: (file: FoundFile) => boolean): Promise<number>;
};

export function defineSweep(sweeping: Sweeping): void {
  sweeping.jobs.define({
    name: sweep,
    weight: 'light',
    run: async () => {
      await orderSweep(sweeping, new Date(Date.now() + dayMs));
      await sweepMedia(sweeping);
    },
  });
}

export function orderSweep({ jobs, uploads }: Making, runAt?: Date): Promise<void> {
  return jobs.order(uploads.db, sweep, {}, { key: sweep, priority: 30, ...(runAt && { runAt }) });
}

export async function sweepMedia(sweeping: Sweeping): Promise<void> {
  const { uploads, tunables, log } = sweeping;
  type Find = () => Promise<{ id: UploadId }[]>;
  const each = async (find: Find, end: (id: UploadId) => Promise<void>) => {
    for (let ids = await find(); ids.length > 0; ids = await find()) {
      for (const { id } of ids) await end(id);
    }
  };
  const remove = (find: Find) => each(find, sweeping.removeUpload);
  const before = (days: number) => new Date(sweeping.now().getTime() - days * dayMs);
  const unfinished = before(tunables.get('media.keepUnfinishedDays'));
  const unused = before(tunables.get('media.keepUnusedDays'));
  await remove(() => uploads.stillGoing(page));
  await remove(() => uploads.expired(['receiving'], unfinished, page));
  await remove(() => uploads.expired(['refused', 'ready'], unused, page));
  await each(
    () => uploads.neverFinished(unfinished, page),
    (id) => refuse(sweeping, id, 'upload_not_finished', {}),
  );
  const files = (await filesWithoutRows(sweeping)) + (await sweeping.sweepTracks(isOld));
  const rows = await rowsWithoutFiles(sweeping);
  await sweeping.scratch.sweep(dayMs);
  if (files + rows > 0) log.warn({ files, rows }, 'media swept: files without rows, rows without files');
}

const isOld = (file: FoundFile) => Date.now() - file.modifiedMs > youngMs;

async function filesWithoutRows({ storage, uploads, assets }: Sweeping): Promise<number> {
  let removed = 0;
  for await (const files of pages(storage.list('uploads/'))) {
    // S3 keeps `<id>.info` and `<id>.part` beside the source.
    const known = await uploads.known(files.map((file) => idIn(file.key)));
    for (const file of files) {
      if (known.has(idIn(file.key)) || !isOld(file)) continue;
      await storage.remove(file.key);
      removed++;
    }
  }
  for await (const files of pages(storage.list('assets/'))) {
    const ids = [...new Set(files.map((file) => idIn(file.key)))];
    const making = await uploads.knownAssets(ids);
    const rows = await assets.filesOf(ids as AssetId[], [
      'rendition',
      'poster',
      'preview',
      'storyboard',
      'hls',
      'sound',
    ]);
    const known = new Set(rows.map((row) => `assets/${row.asset_id}/${row.name}`));
    for (const file of files) {
      // Of an asset that is still being made nothing has a row yet; its job or its removal cleans up.
      const unfinished = making.has(idIn(file.key)) && !rows.some((row) => row.asset_id === idIn(file.key));
      if (known.has(file.key) || unfinished || !isOld(file)) continue;
      await storage.remove(file.key);
      removed++;
    }
  }
  return removed;
}

/** What can be made again is ordered again; the rows of lost files end, so that nothing points at nothing. */
async function rowsWithoutFiles(sweeping: Sweeping): Promise<number> {
  const { storage, assets, uploads, log } = sweeping;
  let lost = 0;
  for (let after = ''; ; ) {
    const found = await assets.after(after, page);
    if (found.length === 0) return lost;
    for (const asset of found) {
      const present = new Set<string>();
      for await (const { key } of storage.list(`assets/${asset.id}/`)) present.add(key.split('/').at(-1)!);
      const missing = (await assets.files(asset.id)).filter((file) => !present.has(file.name));
      if (missing.length === 0) continue;
      const names = missing.map((file) => file.name);
      log.error(
        { assetId: asset.id, names },
        'files of an asset are gone; they are made again if the source is there',
      );
      await assets.forgetFiles(asset.id, names);
      await sweeping.orderImprove(uploads.db, asset.id);
      lost += names.length;
    }
    after = found.at(-1)!.id;
  }
}

const idIn = (key: string) => key.split('/')[1]!.split('.')[0]!;

async function* pages(files: AsyncIterable<FoundFile>): AsyncIterable<FoundFile[]> {
  let batch: FoundFile[] = [];
  for await (const file of files) {
    batch.push(file);
    if (batch.length < page) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
