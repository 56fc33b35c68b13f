import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { AssetId, UploadId } from '../../../contract/ids.ts';
import type { NewFile } from './assets.store.ts';
import type { Making } from './making.ts';
import type { PreparedMedia } from './media.ts';

/**
 * Media that was made elsewhere as the 540 rendition it is, e.g. the demo community's: no upload, no encode. The row
 * of the upload comes first and fixes the ids, so that an import that was killed is finished by the next.
 */
export async function importReady(
  making: Making,
  prepared: PreparedMedia,
  newId: <Id extends string>() => Id,
): Promise<{ uploadId: UploadId; assetId: AssetId }> {
  const { uploads, assets, storage, outbox } = making;
  const { ownerId, key, facts } = prepared;
  const now = making.now();
  await uploads.db
    .insertInto('uploads')
    .values({
      id: newId<UploadId>(),
      owner_id: ownerId,
      state: 'making',
      bytes_total: facts.bytes,
      bytes_received: facts.bytes,
      facts: JSON.stringify(facts),
      asset_id: newId<AssetId>(),
      import_key: key,
      created_at: now,
      changed_at: now,
    })
    .onConflict((c) => c.columns(['owner_id', 'import_key']).where('import_key', 'is not', null).doNothing())
    .execute();
  const row = await uploads.db
    .selectFrom('uploads')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('import_key', '=', key)
    .executeTakeFirstOrThrow();
  const made = { uploadId: row.id, assetId: row.asset_id! };
  if (row.state === 'ready') return made;

  const video = await readFile(prepared.file);
  const poster = sharp(prepared.posterWebp);
  const posterJpeg =
    prepared.posterJpeg ?? (await poster.clone().jpeg({ quality: 80, mozjpeg: true }).toBuffer());
  const small = await poster
    .clone()
    .resize(100, 100, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const thumbhash = rgbaToThumbHash(small.info.width, small.info.height, small.data);
  const files: (NewFile & { data: Uint8Array })[] = [
    {
      name: '540.mp4',
      kind: 'rendition',
      bytes: video.byteLength,
      data: video,
      rendition: {
        rung: '540',
        codec: 'h264',
        bytes: video.byteLength,
        width: facts.width,
        height: facts.height,
        frameRate: facts.frameRate,
        frames: Math.round((facts.durationMs / 1000) * facts.frameRate),
        durationMs: facts.durationMs,
        bitrate: Math.round((video.byteLength * 8000) / facts.durationMs),
        hasSound: facts.hasSound,
        codecs: facts.hasSound ? 'avc1.64001f,mp4a.40.2' : 'avc1.64001f',
      },
    },
    { name: 'poster.webp', kind: 'poster', bytes: prepared.posterWebp.byteLength, data: prepared.posterWebp },
    { name: 'poster.jpg', kind: 'preview', bytes: posterJpeg.byteLength, data: posterJpeg },
  ];
  for (const file of files) await storage.put(`assets/${made.assetId}/${file.name}`, { bytes: file.data });
  await uploads.db.transaction().execute(async (trx) => {
    const current = await uploads.lock(trx, made.uploadId);
    if (!current || current.state === 'ready') return;
    await assets.insert(
      trx,
      {
        id: made.assetId,
        upload_id: made.uploadId,
        owner_id: ownerId,
        sha256: createHash('sha256').update(video).digest('hex'),
        duration_ms: facts.durationMs,
        width: facts.width,
        height: facts.height,
        has_sound: facts.hasSound,
        thumbhash: Buffer.from(thumbhash).toString('base64'),
        storyboard_count: 0,
        // One rung is all there is: its source is itself.
        improved_at: now,
        created_at: now,
      },
      files.map(({ data, ...file }) => file),
    );
    await trx
      .updateTable('uploads')
      .set({ state: 'ready', progress: 1, changed_at: now })
      .where('id', '=', made.uploadId)
      .execute();
    await outbox.emit(trx, 'media.ready', made);
  });
  return made;
}
