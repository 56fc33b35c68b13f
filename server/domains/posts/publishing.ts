import type { SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { Media, UploadFacts } from '../media/media.ts';
import type { createCredits } from './credits.ts';
import { fitCues } from './cues.rules.ts';
import { factsOf } from './posts.rules.ts';
import type { PostsStore } from './posts.store.ts';
import type { VideoRow } from './posts.tables.ts';
import type { TagsStore } from './tags.store.ts';

/** From `processing` to `published` or `refused`, as the media says; each step once, whoever tells of it how often. */
export type Publishing = ReturnType<typeof createPublishing>;
export type PublishingDeps = {
  store: PostsStore;
  tags: TagsStore;
  credits: Pick<ReturnType<typeof createCredits>, 'recount' | 'obey'>;
  outbox: Outbox;
  bus: Bus;
  media: Media;
  now(): Date;
};
type Trx = Parameters<Parameters<PostsStore['transaction']>[0]>[0];

export const topicOf = (id: VideoId) => `video:${id}`;

export function createPublishing(deps: PublishingDeps) {
  const { store, tags, credits, outbox, bus, media } = deps;

  /** In the transaction that holds the row of a video with its media. */
  const release = async (trx: Trx, row: VideoRow, hasSound: boolean, at?: Date): Promise<VideoRow> => {
    const now = at ?? deps.now();
    const ownsSound = row.sound_id === null && hasSound;
    const published = await store.update(trx, row.id, {
      status: 'published',
      ...(ownsSound && { sound_id: newId<SoundId>(), owns_sound: true }),
      published_at: now,
      publish_at: null,
      refusal_code: null,
      // It is new on the day it comes out, not on the day it was written.
      ...((row.status !== 'processing' || row.publish_at) && { created_at: now }),
    });
    await tags.index(trx, published);
    await credits.recount(trx, row, published);
    await outbox.emit(trx, 'post.published', factsOf(published));
    return published;
  };

  /** The old address of a video that fewer may see ends; repeated until it has. */
  const moveMedia = async (id: VideoId): Promise<void> => {
    const row = await store.one(id);
    if (!row?.renew_address) return;
    if (row.asset_id && !row.deleted_at) await media.renewAddress(row.asset_id);
    await store.transaction((trx) => store.update(trx, id, { renew_address: false }));
  };

  /** In the transaction that holds the video's row. */
  const settle = async (trx: Trx, row: VideoRow, upload: UploadFacts, at?: Date): Promise<VideoRow> => {
    if (row.status === 'published' || row.status === 'refused' || row.deleted_at) return row;
    if (upload.state === 'refused') {
      return store.update(trx, row.id, {
        status: 'refused',
        refusal_code: upload.refusal?.code ?? 'broken_file',
        refusal_details: upload.refusal?.details ?? {},
        publish_at: null,
      });
    }
    if (upload.state !== 'ready' || !upload.assetId || !upload.facts) return row;
    const { durationMs, hasSound } = upload.facts;
    const made = row.asset_id
      ? row
      : await store.update(trx, row.id, {
          asset_id: upload.assetId,
          duration_ms: durationMs,
          cues: fitCues(row.cues, durationMs),
        });
    return made.status === 'processing' ? release(trx, made, hasSound, at) : made;
  };

  /**
   * The time has come, or the author says so: out with it, or as soon as the media is ready. In the transaction that
   * holds the row, so that news of the media comes before (then the row has it) or after (then it finds `processing`).
   */
  const goOut = async (trx: Trx, row: VideoRow): Promise<VideoRow> => {
    const ready = row.asset_id ? await media.uploadFacts(row.upload_id) : null;
    if (ready?.state === 'ready' && ready.facts) return release(trx, row, ready.facts.hasSound);
    return store.update(trx, row.id, {
      status: 'processing',
      publish_at: row.publish_at ?? deps.now(),
      refusal_code: null,
    });
  };

  return {
    settle,
    moveMedia,
    goOut,
    /** Media has news about an upload; there may be no video of it (yet). */
    async hear(uploadId: UploadId): Promise<void> {
      // Ready and refused are final, so what is read before the row is locked still holds after.
      const upload = await media.uploadFacts(uploadId);
      if (!upload) return;
      const id = await store.transaction(async (trx) => {
        const row = await store.lockByUpload(trx, uploadId);
        if (!row) return null;
        const settled = await settle(trx, row, upload);
        return settled === row ? null : row.id;
      });
      if (id) await bus.publish(topicOf(id), {});
    },
    /**
     * What shows this video's picture goes out of sight, or comes back, as the creators of its pictures want: some of
     * them, from `after` on; the last of them, or null when that was all.
     */
    async obeyTakeBack(picture: VideoId, after: string): Promise<string | null> {
      const turn = async (trx: Trx, row: VideoRow) => {
        const takenBack = !row.taken_back;
        const turned = await store.update(trx, row.id, {
          taken_back: takenBack,
          ...(takenBack && row.asset_id && { renew_address: true }),
        });
        await tags.index(trx, turned);
        await credits.recount(trx, row, turned);
        if (turned.status === 'published') await outbox.emit(trx, 'post.changed', factsOf(turned));
      };
      return credits.obey(picture, after, turn, async (id) => {
        await moveMedia(id);
        await bus.publish(topicOf(id), {});
      });
    },
    /** Everything of a deleted video that is not words. */
    async removeMedia(id: VideoId): Promise<void> {
      const row = await store.one(id);
      if (row?.deleted_at) await media.removeUpload(row.upload_id);
    },
  };
}
