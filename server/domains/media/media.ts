import { Refusal, type RefusalCode } from '../../../contract/errors.ts';
import type { AccountId, AssetId, SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { MediaFacts, Upload, UploadState } from '../../../contract/uploads.ts';
import type { Media as MediaView } from '../../../contract/videos.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Executor } from '../../platform/database.ts';
import type { Home } from '../../platform/home.ts';
import type { Caller, Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { MediaEngine } from '../../platform/media-engine/media-engine.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { FolderStorage } from '../../platform/storage/folder.storage.ts';
import type { S3Storage } from '../../platform/storage/s3.storage.ts';
import type { Tunables } from '../../platform/tunables.ts';
import { assetsStore } from './assets.store.ts';
import { cutCover } from './covers.ts';
import { enterMade } from './enter-made.ts';
import { createFiles } from './files.http.ts';
import { importReady } from './import-ready.ts';
import { defineImprove, orderImprove } from './improve-asset.jobs.ts';
import { createScratch, type Making } from './making.ts';
import { hearNews } from './media.events.ts';
import type { UploadRow } from './media.tables.ts';
import { declareMediaTunables } from './media.tunables.ts';
import { defineReadUpload } from './read-upload.jobs.ts';
import { createReceiving } from './receiving.ts';
import { defineReplacing, replaceSound, silenceAsset } from './replace-sound.jobs.ts';
import { defineSweep, orderSweep } from './sweep.jobs.ts';
import { createTracks, type Heard as TrackHeard, type Tracks } from './tracks.ts';
import { uploadsHttp } from './uploads.http.ts';
import { createProgress } from './uploads.progress.ts';
import { presentUpload } from './uploads.rules.ts';
import { uploadsStore } from './uploads.store.ts';

/**
 * Files from the first byte of an upload to the renditions that are watched. Knows uploads, assets and their files;
 * does not know captions, audiences or who follows whom: whoever knows an asset's address may fetch its files, so
 * addresses are handed only to those who may see the video.
 */
export type Media = {
  /** The tus server: POST /api/uploads, and HEAD, PATCH, OPTIONS, DELETE of /api/uploads/{id}. Throws Refusal. */
  tus(request: Request, caller: Caller): Promise<Response>;
  /** GET and HEAD of /media/{address}/{file}. Throws not_found, method_not_allowed. */
  serve(request: Request, address: string, file: string): Promise<Response>;
  /** Playable media of assets that are ready; one query for a page. Others are not in the map. */
  assets(ids: readonly AssetId[]): Promise<Map<AssetId, MediaView>>;
  /** An upload as its owner sees it; null when there is none or it is another's. */
  upload(id: UploadId, accountId: AccountId): Promise<Upload | null>;
  uploadFacts(id: UploadId): Promise<UploadFacts | null>;
  /** A local file with the sound of a ready asset; null when it is gone. `release` it. */
  soundOf(id: AssetId): Promise<{ path: string; release(): Promise<void> } | null>;
  /**
   * Ties an upload to a video inside the caller's transaction, in whatever state it is (also while bytes still come).
   * Again with the same video: the same answer. Throws not_found, upload_already_used.
   */
  claim(trx: Executor, id: UploadId, accountId: AccountId, videoId: VideoId): Promise<UploadFacts>;
  /** Media prepared elsewhere, ready at once; again with the same owner and key: the same ids. */
  importReady(prepared: PreparedMedia): Promise<{ uploadId: UploadId; assetId: AssetId }>;
  /** Of these, the uploads that are there and are no video yet. */
  unused(ids: readonly UploadId[]): Promise<Set<UploadId>>;
  /** Bytes of a file that was made here, for an upload that is about to be; what gets none is swept. Again: the same. */
  keepMade(id: UploadId, path: string): Promise<void>;
  /** The upload of those bytes, as if its last one had just come, in the caller's transaction. Again: nothing more. */
  enterMade(trx: Executor, made: MadeUpload): Promise<void>;
  /** Removes an upload and everything made of it: rows and files. Idempotent. */
  removeUpload(id: UploadId): Promise<void>;
  removeAsset(id: AssetId): Promise<void>;
  /** The asset's files move to a new address; the old one ends. */
  renewAddress(id: AssetId): Promise<void>;
  /** Sounds alone, each a file under an address of its own; made, renewed and ended by the room that names them. */
  tracks: Omit<Tracks, 'sweep'>;
  /** Orders that an asset loses its sound for good: every file of it. Done in the background; again: nothing more. */
  silence(id: AssetId): Promise<void>;
  /**
   * In the caller's transaction: what is heard in an upload goes, and the track of this id comes in its place, under the
   * whole of it; null: nothing does. Until that is done the upload is `making` to other rooms; then `media.ready` is told.
   */
  replaceSound(trx: Executor, id: UploadId, soundId: SoundId | null): Promise<void>;
  /** What this server takes at present, from the tunables. */
  limits(): { durationMs: number; uploadBytes: number };
  http: Handled[];
  /** Finishes what a kill left half done: uploads whose last byte came, files without rows, rows without files. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** What was heard in a track when it was made. */
export type Heard = TrackHeard;

export type UploadFacts = {
  uploadId: UploadId;
  ownerId: AccountId;
  state: UploadState;
  assetId: AssetId | null;
  videoId: VideoId | null;
  facts: MediaFacts | null;
  refusal: { code: RefusalCode; details: Record<string, unknown> } | null;
};

export type MadeUpload = { id: UploadId; ownerId: AccountId; fileName: string; bytes: number };

export type PreparedMedia = {
  ownerId: AccountId;
  /** Made once: `key` names this piece for good. */
  key: string;
  /** Path of a faststart H.264 MP4 that is already the 540 rendition. */
  file: string;
  posterWebp: Uint8Array;
  /** Made from the WebP when left out. */
  posterJpeg?: Uint8Array;
  facts: MediaFacts;
  demo: true;
};

export type MediaDeps = {
  database: Database;
  outbox: Outbox;
  jobs: Jobs;
  bus: Bus;
  clock: Clock;
  log: Log;
  tunables: Tunables;
  metrics: Metrics;
  storage: FolderStorage | S3Storage;
  engine: MediaEngine;
  home: Pick<Home, 'scratch'>;
};

export function createMedia(deps: MediaDeps): Media {
  const { database, outbox, jobs, bus, clock, log, storage, engine, metrics } = deps;
  const now = () => new Date(clock.now());
  const uploads = uploadsStore(database);
  const assets = assetsStore(database);
  const tunables = declareMediaTunables(deps.tunables);
  const progress = createProgress({ bus, store: uploads, log, now });
  const files = createFiles({ assets, storage, bus });
  const making: Making = {
    ...{ uploads, assets, storage, engine, jobs, outbox, progress, metrics, log, now },
    scratch: createScratch(deps.home.scratch),
    limits: () => ({
      maxDurationMs: tunables.get('media.durationMs'),
      maxPixels: tunables.get('media.pixels'),
    }),
    orderImprove: (executor, assetId) => orderImprove(jobs, executor, assetId),
  };

  /** Kill-proof: first it is nobody's, then its files go, then its rows; the sweep ends what was cut short. */
  const removeNow = async (id: UploadId): Promise<void> => {
    const going = await uploads.going(id, now());
    if (!going) return;
    if (going.address) await files.forget(going.address);
    await receiving.abandon(id);
    if (going.assetId) await storage.removeAll(`assets/${going.assetId}/`);
    await uploads.gone(id, going.assetId);
    await progress.changed(id);
  };
  const receiving = createReceiving({ ...making, storage, database, bus, clock, tunables, removeNow });
  const removeUpload = async (id: UploadId): Promise<void> => {
    const row = await uploads.one(id);
    // While bytes may still come, their writer is asked to let go first.
    if (row?.state === 'receiving') await receiving.alone(id, () => removeNow(id));
    else await removeNow(id);
  };

  const present = async (rows: UploadRow[]): Promise<Upload[]> => {
    const pictures = await uploads.pictures(rows.flatMap((row) => row.asset_id ?? []));
    return rows.map((row) => presentUpload(row, (row.asset_id && pictures.get(row.asset_id)) ?? null));
  };
  const upload: Media['upload'] = async (id, accountId) => {
    const row = await uploads.one(id);
    return row?.owner_id === accountId ? (await present([row]))[0]! : null;
  };

  const tracks = createTracks(making, files);
  defineReadUpload(making);
  defineImprove(making);
  defineReplacing(making);
  defineSweep({ ...making, tunables, removeUpload, sweepTracks: tracks.sweep });
  hearNews(making, tunables, removeUpload);

  return {
    tus: receiving.tus,
    serve: files.serve,
    upload,
    removeUpload,
    assets: assets.many,
    async uploadFacts(id) {
      const row = await uploads.one(id);
      return row ? factsOf(row) : null;
    },
    soundOf: (id) => storage.localPath(`assets/${id}/540.mp4`),
    async claim(trx, id, accountId, videoId) {
      const row = await uploads.claim(trx, id, accountId, videoId);
      if (!row) throw new Refusal('not_found');
      if (row.video_id !== videoId) throw new Refusal('upload_already_used');
      return factsOf(row);
    },
    unused: uploads.unusedAmong,
    keepMade: (id, path) => storage.put(`uploads/${id}`, { path }),
    enterMade: (trx, made) => enterMade(making, trx, made),
    importReady: (prepared) => importReady(making, prepared, newId),
    async removeAsset(id) {
      const row = await assets.uploadOf(id);
      if (row) await removeUpload(row.id);
    },
    async renewAddress(id) {
      const ended = await assets.renew(id);
      if (ended) await files.forget(ended);
    },
    tracks,
    silence: (id) => silenceAsset(making, id),
    replaceSound: (trx, id, soundId) => replaceSound(making, trx, id, soundId),
    limits: () => ({
      durationMs: tunables.get('media.durationMs'),
      uploadBytes: tunables.get('media.uploadBytes'),
    }),
    http: uploadsHttp({
      bus,
      tus: receiving.tus,
      find: upload,
      list: async (accountId) => present(await uploads.unusedOf(accountId, 50)),
      async cover(id, atMs, signal) {
        const row = await uploads.one(id);
        if (!row?.asset_id) throw new Refusal('not_found');
        await cutCover(making, { id, asset_id: row.asset_id }, atMs, signal);
      },
      discard: removeUpload,
    }),
    async start() {
      await receiving.finishWhole();
      await orderSweep(making);
    },
    async stop() {
      files.stop();
      await receiving.stop();
    },
  };
}

function factsOf(row: UploadRow): UploadFacts {
  const isReady = row.state === 'ready' && row.sound_due === null;
  return {
    uploadId: row.id,
    ownerId: row.owner_id,
    state: isReady || row.state !== 'ready' ? row.state : 'making',
    assetId: isReady ? row.asset_id : null,
    videoId: row.video_id,
    facts: row.facts,
    refusal: row.refusal_code ? { code: row.refusal_code, details: row.refusal_details ?? {} } : null,
  };
}
