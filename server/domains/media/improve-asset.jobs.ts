import { copyFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AssetId, UploadId } from '../../../contract/ids.ts';
import type { Executor } from '../../platform/database.ts';
import type { JobCall, Jobs } from '../../platform/jobs.ts';
import type { Rendition } from '../../platform/media-engine/engine.types.ts';
import { stageRungs } from '../../platform/media-engine/rungs.ts';
import type { NewFile } from './assets.store.ts';
import type { Making } from './making.ts';
import type { AssetRow } from './media.tables.ts';
import { copyFiles, posterNames } from './read-upload.jobs.ts';
import { withSoundOf } from './replace-sound.jobs.ts';

/**
 * What an asset gets after it can be watched. Two orders: `improve-asset` makes every H.264 rung and the HLS package
 * (and makes again what got lost), `encode-av1` makes AV1 for what is watched often. Both look first at what is there,
 * so that running twice costs a look. They run behind every waiting stage A.
 */
const improve = 'improve-asset';
const encodeAv1 = 'encode-av1';

export function orderImprove(jobs: Jobs, executor: Executor, assetId: AssetId): Promise<void> {
  return jobs.order(
    executor,
    improve,
    { assetId },
    { key: `${improve}:${assetId}`, priority: 10, maxAttempts: 4 },
  );
}

export function orderAv1(jobs: Jobs, executor: Executor, assetId: AssetId): Promise<void> {
  return jobs.order(
    executor,
    encodeAv1,
    { assetId },
    { key: `${encodeAv1}:${assetId}`, priority: 20, maxAttempts: 4 },
  );
}

export function defineImprove(making: Making): void {
  making.jobs.define({
    name: improve,
    weight: 'heavy',
    run: ({ assetId }: { assetId: AssetId }, call) => runImprove(making, assetId, call),
  });
  making.jobs.define({
    name: encodeAv1,
    weight: 'heavy',
    run: ({ assetId }: { assetId: AssetId }, call) => runAv1(making, assetId, call),
  });
}

async function runImprove(making: Making, assetId: AssetId, call: JobCall): Promise<void> {
  const asset = await making.assets.one(assetId);
  if (!asset?.address || asset.improved_at) return;
  // While its sound goes; this is ordered again when it has gone.
  if (asset.silenced_at && asset.sound_no === 0) return;
  if (!asset.silenced_at && (await adopt(making, asset))) return;
  const has = new Set((await making.assets.files(assetId)).map((file) => file.kind));
  const rungs = await renditionsOf(making, assetId);
  await withSource(making, asset, `improve-${assetId}`, async (source, folder) => {
    const toHear = await soundFor(making, asset, folder, call.signal);
    if (!rungs.some((file) => file.rung === '540' && file.codec === 'h264') || !has.has('poster')) {
      const again = await making.engine.stageA(source, folder, optionsOf(making, call));
      if (!again.ok) return report(making, assetId, 'a', again.refusal, call);
      const poster = posterNames();
      const files = [fromRendition(await toHear(again.rendition))];
      // A chosen cover is lost with its file; the lively early frame stands in.
      if (!has.has('poster')) {
        files.push(
          await fromPath(again.poster.webpPath, poster.webp),
          await fromPath(again.poster.jpegPath, poster.jpeg),
        );
      }
      await add(making, asset, files);
    }
    // Asked here, since the engine would decode the whole source to say that there is nothing to make.
    if (stageRungs('b', asset).length > 0) {
      const seconds = making.metrics.media.startTimer({ stage: 'b' });
      const made = await making.engine.stageB(source, folder, optionsOf(making, call));
      seconds({ outcome: made.ok ? 'ok' : made.refusal.code });
      if (!made.ok) return report(making, assetId, 'b', made.refusal, call);
      const renditions: Rendition[] = [];
      for (const one of made.renditions) renditions.push(await toHear(one));
      await add(making, asset, renditions.map(fromRendition));
    }
    await packageHls(making, asset, folder, call);
  });
}

/** All H.264 rungs, packaged as HLS from the stored files; then the asset is improved. */
async function packageHls(making: Making, asset: AssetRow, folder: string, call: JobCall): Promise<void> {
  const { id: assetId } = asset;
  const locals: { release(): Promise<void> }[] = [];
  try {
    const renditions: Rendition[] = [];
    for (const file of await renditionsOf(making, assetId)) {
      if (file.codec !== 'h264') continue;
      const local = await making.storage.localPath(`assets/${assetId}/${file.name}`);
      if (!local) throw new Error(`asset ${assetId} has no file ${file.name}`);
      locals.push(local);
      renditions.push({ ...file, path: local.path });
    }
    renditions.sort((a, b) => Number(a.rung) - Number(b.rung));
    const made = await making.engine.packageHls(renditions, join(folder, 'hls'), optionsOf(making, call));
    if (!made.ok) return report(making, assetId, 'hls', made.refusal, call);
    const paths = made.renditions.flatMap((one) => [one.mediaPath, one.playlistPath]);
    const files = await Promise.all(
      [...paths, made.masterPath].map((path) => fromPath(path, { name: basename(path), kind: 'hls' })),
    );
    await add(making, asset, files, true);
  } finally {
    for (const local of locals) await local.release();
  }
}

async function runAv1(making: Making, assetId: AssetId, call: JobCall): Promise<void> {
  const asset = await making.assets.one(assetId);
  if (!asset?.address || asset.silenced_at) return;
  if ((await renditionsOf(making, assetId)).some((file) => file.codec === 'av1')) return;
  // Prepared media has no source; AV1 made of its H.264 would be worse and hardly smaller.
  if (!(await making.storage.stat(sourceKey(asset.upload_id)))) return;
  await withSource(making, asset, `av1-${assetId}`, async (source, folder) => {
    const seconds = making.metrics.media.startTimer({ stage: 'c' });
    const made = await making.engine.stageC(source, folder, optionsOf(making, call));
    seconds({ outcome: made.ok ? 'ok' : made.refusal.code });
    if (!made.ok) return report(making, assetId, 'c', made.refusal, call);
    await add(making, asset, made.renditions.map(fromRendition));
  });
}

/** What lost its sound must not get it back from its source: each new rendition is given what the asset has by now. */
async function soundFor(making: Making, asset: AssetRow, folder: string, signal: AbortSignal) {
  if (!asset.silenced_at) return async (rendition: Rendition) => rendition;
  const { id, sound_no: no } = asset;
  const files = await making.assets.files(id);
  const sound = asset.has_sound && files.find(({ kind }) => kind === 'sound');
  let laid: string | null = null;
  if (sound) {
    const local = await making.storage.localPath(`assets/${id}/${sound.name}`);
    if (!local) throw new Error(`asset ${id} has no file ${sound.name}`);
    laid = join(folder, sound.name);
    await copyFile(local.path, laid);
    await local.release();
  }
  return (rendition: Rendition) => withSoundOf(making, { id, no, laid }, rendition, rendition.path, signal);
}

/** Another asset of the same content has been improved: its files are copied. */
async function adopt(making: Making, asset: AssetRow): Promise<boolean> {
  const donor = await making.assets.sameContent(asset.sha256, asset.id);
  if (!donor?.improved_at) return false;
  const own = new Set((await making.assets.files(asset.id)).map((file) => file.name));
  const files = await copyFiles(
    making,
    donor,
    asset.id,
    ({ name, kind }) => !own.has(name) && (kind === 'rendition' || kind === 'hls'),
  );
  if (!files) return false;
  await writeRows(making, asset, files, true);
  return true;
}

type MadeFile = NewFile & { path: string };

async function add(making: Making, asset: AssetRow, files: MadeFile[], improved = false): Promise<void> {
  const { id: assetId } = asset;
  const own = new Set((await making.assets.files(assetId)).map((file) => file.name));
  const news = files.filter((file) => !own.has(file.name));
  for (const { name, path } of news) await making.storage.put(`assets/${assetId}/${name}`, { path });
  await writeRows(
    making,
    asset,
    news.map(({ path, ...file }) => file),
    improved,
  );
}

/** When the asset went away meanwhile, its files go too. */
async function writeRows(
  making: Making,
  before: AssetRow,
  files: NewFile[],
  improved: boolean,
): Promise<void> {
  const { id: assetId } = before;
  const kept = await making.assets.transaction(async (trx) => {
    const asset = await making.assets.lock(trx, assetId);
    if (!asset) return false;
    // What is made is not wanted, and goes with the next sweep.
    const isSame = asset.sound_no === before.sound_no && asset.has_sound === before.has_sound;
    if (!isSame) throw new Error(`the sound of ${assetId} changed while it was improved`);
    await making.assets.addFiles(trx, assetId, files);
    if (improved) await making.assets.improved(trx, assetId, making.now());
    if (files.length > 0) await making.outbox.emit(trx, 'media.improved', { assetId });
    return true;
  });
  if (!kept) await making.storage.removeAll(`assets/${assetId}/`);
}

async function withSource(
  making: Making,
  asset: AssetRow,
  name: string,
  work: (path: string, folder: string) => Promise<void>,
): Promise<void> {
  const source = await making.storage.localPath(sourceKey(asset.upload_id));
  // Prepared media brings no source: what it has is all it gets.
  const fallback = source ?? (await making.storage.localPath(`assets/${asset.id}/540.mp4`));
  if (!fallback) return;
  try {
    await making.scratch.within(name, (folder) => work(fallback.path, folder));
  } finally {
    await fallback.release();
  }
}

const sourceKey = (id: UploadId) => `uploads/${id}`;

// The file was taken when it came; a limit that was lowered since is no reason to leave it half made.
const optionsOf = (making: Making, { signal }: JobCall) => ({
  signal,
  limits: { ...making.limits(), maxDurationMs: 600_000 },
});

async function renditionsOf(making: Making, assetId: AssetId) {
  const files = await making.assets.files(assetId);
  return files.flatMap(({ name, rendition }) => (rendition ? [{ ...rendition, name }] : []));
}

const fromRendition = ({ path, ...rendition }: Rendition): MadeFile => ({
  name: basename(path),
  kind: 'rendition',
  bytes: rendition.bytes,
  rendition,
  path,
});

async function fromPath(path: string, file: Pick<NewFile, 'name' | 'kind'>): Promise<MadeFile> {
  return { ...file, path, bytes: (await stat(path)).size };
}

/** The video plays without this stage. Tried again while attempts are left, then left as it is, with a line in the log. */
function report(
  making: Making,
  assetId: AssetId,
  stage: string,
  refusal: { code: string; details: unknown },
  call: JobCall,
): void {
  if (!call.lastAttempt) throw new Error(`stage ${stage} of ${assetId}: ${refusal.code}`);
  making.log.error({ assetId, stage, refusal }, 'a media stage failed for good');
}
