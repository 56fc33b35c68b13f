import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AssetId, SoundId, UploadId } from '../../../contract/ids.ts';
import { type Executor, sql } from '../../platform/database.ts';
import type { Rendition } from '../../platform/media-engine/engine.types.ts';
import type { NewFile } from './assets.store.ts';
import type { Making } from './making.ts';
import { type AssetRow, trackFile } from './media.tables.ts';

/**
 * What is heard in an asset goes, and nothing or another sound comes: each rendition is written again under a new name,
 * and what sounded goes, the HLS package too (a player then takes the plain files). No picture is encoded again. The
 * upload's source stays, as it is never served; what is made of it later gets the sound that the asset has.
 */
const silence = 'silence-asset';
const replace = 'replace-sound';

export async function silenceAsset(making: Making, assetId: AssetId): Promise<void> {
  await making.assets.transaction(async (trx) => {
    if (!(await making.assets.silenced(trx, assetId, making.now()))) return;
    const key = `${silence}:${assetId}`;
    await making.jobs.order(trx, silence, { assetId }, { key, priority: -1, maxAttempts: 12 });
  });
}

/** In another room's transaction. Of an upload that is not ready the order goes out with its last step. */
export async function replaceSound(
  making: Pick<Making, 'jobs'>,
  executor: Executor,
  uploadId: UploadId,
  soundId: SoundId | null,
): Promise<void> {
  const { rows } = await sql<{ state: string }>`update uploads set sound_due = ${soundId ?? ''}
    where id = ${uploadId} and going_at is null returning state`.execute(executor);
  if (rows[0]?.state === 'ready') await orderReplacing(making, executor, uploadId);
}

export const orderReplacing = ({ jobs }: Pick<Making, 'jobs'>, executor: Executor, uploadId: UploadId) =>
  jobs.order(
    executor,
    replace,
    { uploadId },
    { key: `${replace}:${uploadId}`, priority: -1, maxAttempts: 12 },
  );

export function defineReplacing(making: Making): void {
  making.jobs.define({
    name: silence,
    weight: 'heavy',
    run: ({ assetId }: { assetId: AssetId }, { signal }) => runSilence(making, assetId, signal),
  });
  making.jobs.define({
    name: replace,
    weight: 'heavy',
    run: ({ uploadId }: { uploadId: UploadId }, { signal }) => runReplace(making, uploadId, signal),
  });
}

/** A file of this asset with the sound it has, beside `named`. `laid`: null when it is silent. */
export async function withSoundOf(
  making: Pick<Making, 'engine'>,
  { id, no, laid }: { id: AssetId; no: number; laid: string | null },
  rendition: Rendition,
  named: string,
  signal: AbortSignal,
): Promise<Rendition> {
  const path = named.replace(/(-silent|-s\d+)*\.mp4$/, `-s${no}.mp4`);
  const made = laid
    ? await making.engine.dub(rendition.path, laid, path, { signal })
    : await making.engine.silence(rendition.path, path, { signal });
  if (!made.ok) throw new Error(`the sound of ${basename(rendition.path)} of ${id}: ${made.refusal.code}`);
  const pictures = rendition.codecs.split(',').filter((codec) => !codec.startsWith('mp4a'));
  const codecs = [...pictures, ...(laid ? ['mp4a.40.2'] : [])].join(',');
  return { ...rendition, path, bytes: made.bytes, hasSound: laid !== null, codecs };
}

async function runSilence(making: Making, assetId: AssetId, signal: AbortSignal): Promise<void> {
  const asset = await making.assets.one(assetId);
  // Another sound came meanwhile.
  if (!asset?.address || !asset.silenced_at || asset.has_sound) return;
  await rewrite(making, asset, { due: null, signal });
}

async function runReplace(making: Making, uploadId: UploadId, signal: AbortSignal): Promise<void> {
  const { uploads, assets, storage, engine, scratch } = making;
  const upload = await uploads.one(uploadId);
  if (upload?.state !== 'ready' || upload.sound_due === null || !upload.asset_id) return;
  const asset = await assets.one(upload.asset_id);
  if (!asset?.address) return;
  const { sound_due: due } = upload;
  // A track that ended meanwhile may not be heard: then nothing is.
  const track = due ? await storage.localPath(`tracks/${due}/${trackFile}`) : null;
  if (!track) return rewrite(making, asset, { due, signal });
  try {
    await scratch.within(`lay-${asset.id}`, async (folder) => {
      const path = `${folder}/sound-${asset.sound_no + 1}.m4a`;
      const laid = await engine.lay(track.path, path, { durationMs: asset.duration_ms, signal });
      if (!laid.ok) throw new Error(`laying ${due} under ${asset.id}: ${laid.refusal.code}`);
      await rewrite(making, asset, { due, laid: path, signal });
    });
  } finally {
    await track.release();
  }
}

/** `due`: what was ordered of its upload; null: it was the asset that was ordered to be silent. */
async function rewrite(
  making: Making,
  asset: AssetRow,
  { due, laid = null, signal }: { due: string | null; laid?: string | null; signal: AbortSignal },
): Promise<void> {
  const { assets, storage, outbox } = making;
  const no = asset.sound_no + 1;
  const before = await assets.files(asset.id);
  const made: NewFile[] = [];
  const put = async (file: Omit<NewFile, 'name'>, path: string) => {
    await storage.put(`assets/${asset.id}/${basename(path)}`, { path });
    made.push({ ...file, name: basename(path) });
  };
  if (laid) await put({ kind: 'sound', bytes: (await stat(laid)).size }, laid);
  await making.scratch.within(`sound-${asset.id}`, async (folder) => {
    for (const { name, rendition } of before) {
      if (!rendition || (!laid && !rendition.hasSound)) continue;
      const local = await storage.localPath(`assets/${asset.id}/${name}`);
      // A file that is lost is no harm here.
      if (!local) continue;
      try {
        const { path, ...file } = await withSoundOf(
          making,
          { id: asset.id, no, laid },
          { ...rendition, path: local.path },
          `${folder}/${name}`,
          signal,
        );
        await put({ kind: 'rendition', bytes: file.bytes, rendition: file }, path);
      } finally {
        await local.release();
      }
    }
  });
  const old = await assets.transaction(async (trx) => {
    const now = await assets.lock(trx, asset.id);
    if (!now) return null;
    const files = await assets.filesIn(trx, asset.id);
    const isSame = now.sound_no === asset.sound_no && files.length === before.length;
    if (!isSame) throw new Error(`the files of ${asset.id} changed while its sound did`);
    if (laid && !(await assets.holdTrack(trx, due!)))
      throw new Error(`the sound that was laid under ${asset.id} ended`);
    const ended = await assets.replaceSounding(trx, asset.id, made, {
      no,
      hasSound: laid !== null,
      at: making.now(),
    });
    if (due !== null && !(await assets.soundDone(trx, asset.upload_id, due, laid !== null)))
      throw new Error(`another sound is wanted for ${asset.id}`);
    if (due !== null) await outbox.emit(trx, 'media.ready', { uploadId: asset.upload_id, assetId: asset.id });
    if (ended.length > 0) await outbox.emit(trx, 'media.improved', { assetId: asset.id });
    if (!now.improved_at) await making.orderImprove(trx, asset.id);
    return ended;
  });
  if (old === null) await storage.removeAll(`assets/${asset.id}/`);
  for (const ended of old ?? []) await storage.remove(`assets/${asset.id}/${ended}`);
}
