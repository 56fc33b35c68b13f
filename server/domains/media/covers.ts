import { stat } from 'node:fs/promises';
import { Refusal, type RefusalCode } from '../../../contract/errors.ts';
import type { AssetId, UploadId } from '../../../contract/ids.ts';
import type { Making } from './making.ts';
import { posterNames } from './read-upload.jobs.ts';

/** The poster cut again from the source, at the moment its owner chose. The old name leads to the new one. */
export async function cutCover(
  making: Making,
  upload: { id: UploadId; asset_id: AssetId },
  wantedMs: number,
  signal: AbortSignal,
): Promise<void> {
  const assetId = upload.asset_id;
  const asset = await making.assets.one(assetId);
  if (!asset) throw new Refusal('not_found');
  const source =
    (await making.storage.localPath(`uploads/${upload.id}`)) ??
    (await making.storage.localPath(`assets/${assetId}/540.mp4`));
  if (!source) throw new Refusal('gone');
  const atMs = Math.max(0, Math.min(wantedMs, asset.duration_ms - 1));
  const names = posterNames();
  try {
    await making.scratch.within(`cover-${assetId}-${names.webp.name}`, async (folder) => {
      const limits = { ...making.limits(), maxDurationMs: 600_000 };
      const cut = await making.engine.poster(source.path, atMs, folder, { limits, signal });
      if (!cut.ok) throw new Refusal(cut.refusal.code as RefusalCode, cut.refusal.details);
      const files = [
        { ...names.webp, bytes: (await stat(cut.webpPath)).size, path: cut.webpPath },
        { ...names.jpeg, bytes: (await stat(cut.jpegPath)).size, path: cut.jpegPath },
      ];
      for (const { name, path } of files) await making.storage.put(`assets/${assetId}/${name}`, { path });
      const old = await making.assets.transaction(async (trx) => {
        if (!(await making.assets.lock(trx, assetId))) return null;
        await making.outbox.emit(trx, 'media.improved', { assetId });
        const rows = files.map(({ path, ...file }) => file);
        return making.assets.replacePoster(trx, assetId, rows, { atMs, thumbhash: cut.thumbhash });
      });
      for (const name of old ?? files.map((file) => file.name)) {
        await making.storage.remove(`assets/${assetId}/${name}`);
      }
      if (!old) throw new Refusal('not_found');
    });
  } finally {
    await source.release();
  }
  await making.progress.changed(upload.id);
}
