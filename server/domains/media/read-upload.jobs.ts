import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RefusalCode } from '../../../contract/errors.ts';
import type { AssetId, UploadId } from '../../../contract/ids.ts';
import type { MediaFacts } from '../../../contract/uploads.ts';
import type { Executor } from '../../platform/database.ts';
import type { JobCall, Jobs } from '../../platform/jobs.ts';
import type { MediaFacts as EngineFacts, EngineLimits } from '../../platform/media-engine/engine.types.ts';
import { newId } from '../../platform/random.ts';
import type { NewFile } from './assets.store.ts';
import type { Making } from './making.ts';
import type { AssetRow, FileRow, Findings, UploadRow } from './media.tables.ts';
import { orderReplacing } from './replace-sound.jobs.ts';
import { makeStoryboard } from './storyboard.ts';

/**
 * The order `read-upload`: from a whole file to something that can be published (stage A), or to a refusal that its
 * owner understands. May run twice and be killed anywhere: it writes to places that are fixed before it begins, and
 * what exists is decided by one transaction at its end.
 */
const readUpload = 'read-upload';

export function defineReadUpload(making: Making): void {
  making.jobs.define({
    name: readUpload,
    weight: 'heavy',
    run: ({ uploadId }: { uploadId: UploadId }, call) =>
      run(making, uploadId, call).catch(async (error) => {
        // Nobody should wait for ever: the last failure is told, and the file stays for its owner.
        if (call.lastAttempt && !call.signal.aborted) await refuse(making, uploadId, 'internal', {});
        throw error;
      }),
  });
}

export function orderRead(jobs: Jobs, executor: Executor, uploadId: UploadId): Promise<void> {
  return jobs.order(
    executor,
    readUpload,
    { uploadId },
    { key: `${readUpload}:${uploadId}`, maxAttempts: 10 },
  );
}

async function run(making: Making, uploadId: UploadId, call: JobCall): Promise<void> {
  const { uploads, storage, progress } = making;
  const row = await uploads.takeUp(uploadId, newId<AssetId>(), making.now());
  if (!row) return;
  await progress.changed(uploadId);
  const local = await storage.localPath(`uploads/${uploadId}`);
  // The row says that every byte came: the file can only have been taken away by hand.
  if (!local) return refuse(making, uploadId, 'broken_file', { reason: 'missing' });
  try {
    const sha256 = row.sha256 ?? (await sha256Of(local.path, call.signal));
    await uploads.set(uploadId, { sha256 }, making.now());
    const taken = { ...row, sha256 };
    if (await reuse(making, taken, call.signal)) return;
    await make(making, taken, local.path, call);
  } finally {
    await local.release();
  }
}

/** The same bytes were read before: their files are copied, and nothing is encoded. */
async function reuse(making: Making, row: Taken, signal: AbortSignal): Promise<boolean> {
  const { uploads, assets } = making;
  // A maker that has not moved for two minutes is dead or stuck; then this one makes it itself.
  for (;;) {
    const donor = await assets.sameContent(row.sha256, row.asset_id!);
    if (donor && donor.duration_ms <= durationLimit(making.limits())) {
      const files = await copyFiles(making, donor, row.asset_id!);
      const source = await uploads.one(donor.upload_id);
      if (files && source?.facts) {
        await finish(making, row, { ...donor, facts: source.facts, findings: source.findings }, files);
        return true;
      }
    }
    if (!(await uploads.madeElsewhere(row, row.sha256, new Date(making.now().getTime() - 120_000))))
      return false;
    await pause(250, undefined, { signal });
  }
}

/** Null when a file of the donor went away meanwhile. */
export async function copyFiles(
  making: Making,
  donor: AssetRow,
  to: AssetId,
  wanted: (file: FileRow) => boolean = () => true,
): Promise<NewFile[] | null> {
  const files = (await making.assets.files(donor.id)).filter(wanted);
  for (const { name } of files) {
    if (!(await making.storage.copy(`assets/${donor.id}/${name}`, `assets/${to}/${name}`))) return null;
  }
  return files.map(({ name, kind, bytes, rendition }) => ({
    name,
    kind,
    bytes,
    ...(rendition && { rendition }),
  }));
}

async function make(making: Making, row: Taken, path: string, call: JobCall): Promise<void> {
  const { engine, uploads, progress, scratch, metrics } = making;
  const { signal } = call;
  const limits = making.limits();
  const probed = await engine.probe(path, { limits, signal });
  if (!probed.ok) return refuseOrRetry(making, row.id, probed.refusal, call);
  const facts = contractFacts(probed.facts);
  await uploads.set(row.id, { state: 'making', progress: 0, facts }, making.now());
  await progress.changed(row.id);

  await scratch.within(`read-${row.id}`, async (folder) => {
    const seconds = metrics.media.startTimer({ stage: 'a' });
    const done = await engine.stageA(path, folder, {
      limits,
      signal,
      onProgress: (fraction) => progress.note(row.id, { progress: fraction * 0.95 }),
    });
    seconds({ outcome: done.ok ? 'ok' : done.refusal.code });
    if (!done.ok) return refuseOrRetry(making, row.id, done.refusal, call);
    const storyboard = await makeStoryboard(engine, path, folder, { limits, signal });
    progress.note(row.id, { progress: 0.98 });

    // The same names when a killed job runs again, so that its first try leaves nothing behind.
    const poster = posterNames(row.asset_id!);
    const { path: _path, ...rendition } = done.rendition;
    const files: (NewFile & { from: string })[] = [
      { name: '540.mp4', kind: 'rendition', bytes: rendition.bytes, rendition, from: done.rendition.path },
      { ...poster.webp, bytes: (await stat(done.poster.webpPath)).size, from: done.poster.webpPath },
      { ...poster.jpeg, bytes: (await stat(done.poster.jpegPath)).size, from: done.poster.jpegPath },
    ];
    if (storyboard) {
      const name = 'storyboard.webp';
      files.push({ name, kind: 'storyboard', bytes: storyboard.bytes, from: join(folder, name) });
    }
    for (const file of files) {
      signal.throwIfAborted();
      await making.storage.put(`assets/${row.asset_id}/${file.name}`, { path: file.from });
    }
    await finish(
      making,
      row,
      {
        facts,
        duration_ms: rendition.durationMs,
        width: facts.width,
        height: facts.height,
        has_sound: rendition.hasSound,
        thumbhash: done.thumbhash,
        storyboard_count: storyboard?.count ?? 0,
        cover_at_ms: done.poster.atMs,
        improved_at: null,
        findings: {
          blackShare: done.blackShare,
          stillShare: done.stillShare,
          barShare: done.barShare,
          silentShare: done.silentShare,
          integratedLufs: done.loudness?.integratedLufs ?? null,
        },
      },
      files.map(({ from, ...file }) => file),
    );
  });
}

/** Names of a poster are new each time: a cover that is chosen later must not hide behind a cached one. */
export function posterNames(id = newId()) {
  const mark = id.slice(0, 6).toLowerCase();
  return {
    webp: { name: `poster-${mark}.webp`, kind: 'poster' as const },
    jpeg: { name: `poster-${mark}.jpg`, kind: 'preview' as const },
  };
}

type Taken = UploadRow & { sha256: string };
type Made = Pick<
  AssetRow,
  | 'duration_ms'
  | 'width'
  | 'height'
  | 'has_sound'
  | 'thumbhash'
  | 'storyboard_count'
  | 'cover_at_ms'
  | 'improved_at'
> & { facts: MediaFacts; findings: Findings | null };

async function finish(making: Making, row: Taken, made: Made, files: readonly NewFile[]): Promise<void> {
  const assetId = row.asset_id!;
  const now = making.now();
  const outcome = await making.uploads.db.transaction().execute(async (trx) => {
    const current = await making.uploads.lock(trx, row.id);
    if (!current) return 'removed';
    if (current.state === 'ready') return 'done before';
    await making.assets.insert(
      trx,
      {
        id: assetId,
        upload_id: row.id,
        owner_id: row.owner_id,
        sha256: row.sha256,
        duration_ms: made.duration_ms,
        width: made.width,
        height: made.height,
        has_sound: made.has_sound,
        thumbhash: made.thumbhash,
        storyboard_count: made.storyboard_count,
        cover_at_ms: made.cover_at_ms,
        improved_at: made.improved_at,
        created_at: now,
      },
      files,
    );
    await trx
      .updateTable('uploads')
      .set({
        state: 'ready',
        progress: 1,
        facts: JSON.stringify(made.facts),
        findings: made.findings && JSON.stringify(made.findings),
        changed_at: now,
      })
      .where('id', '=', row.id)
      .execute();
    await making.outbox.emit(trx, 'media.ready', { uploadId: row.id, assetId });
    if (current.sound_due !== null) await orderReplacing(making, trx, row.id);
    if (!made.improved_at) await making.orderImprove(trx, assetId);
    return 'ready';
  });
  if (outcome === 'removed') await making.storage.removeAll(`assets/${assetId}/`);
  await making.progress.changed(row.id);
}

/** The engine's failures of one attempt are tried once more; what is wrong with the file stays wrong. */
async function refuseOrRetry(
  making: Making,
  uploadId: UploadId,
  refusal: { code: string; details: Record<string, unknown> },
  call: JobCall,
): Promise<void> {
  const ofAttempt = refusal.code.startsWith('engine_');
  if (ofAttempt && call.attempt < 2) {
    throw new Error(`${refusal.code}: ${JSON.stringify(refusal.details)}`);
  }
  // A file that ends the engine twice is not one that anybody can play.
  const code = refusal.code === 'engine_crashed' ? 'broken_file' : (refusal.code as RefusalCode);
  await refuse(making, uploadId, code, refusal.details);
}

/** Told once; also of an upload that is a video already and whose last byte never came. */
export async function refuse(
  making: Making,
  uploadId: UploadId,
  code: RefusalCode,
  details: Record<string, unknown>,
): Promise<void> {
  await making.uploads.db.transaction().execute(async (trx) => {
    const refused = await trx
      .updateTable('uploads')
      .set({
        state: 'refused',
        refusal_code: code,
        refusal_details: JSON.stringify(details),
        changed_at: making.now(),
      })
      .where('id', '=', uploadId)
      .where('state', 'in', ['receiving', 'received', 'reading', 'making'])
      .where('going_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (refused) await making.outbox.emit(trx, 'media.refused', { uploadId, code, details });
  });
  await making.progress.changed(uploadId);
}

export function contractFacts(facts: EngineFacts): MediaFacts {
  return {
    durationMs: Math.round(facts.durationMs),
    width: facts.width,
    height: facts.height,
    frameRate: facts.averageFrameRate,
    hasSound: facts.hasSound,
    bytes: facts.bytes,
  };
}

const durationLimit = (limits: Partial<EngineLimits>) =>
  (limits.maxDurationMs ?? 60_000) + (limits.durationToleranceMs ?? 500);

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1024 * 1024 }))
    hash.update(chunk);
  return hash.digest('hex');
}
