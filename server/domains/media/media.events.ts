import type { AccountId, AssetId, UploadId, VideoId } from '../../../contract/ids.ts';
import { orderAv1 } from './improve-asset.jobs.ts';
import type { Making } from './making.ts';
import type { MediaTunables } from './media.tunables.ts';

/** Which video plays which asset, and which are watched so often that AV1 pays. */
export function hearNews(
  making: Making,
  tunables: MediaTunables,
  removeUpload: (id: UploadId) => Promise<void>,
): void {
  const { outbox, assets, jobs } = making;
  outbox.on('post.published', 'media.know-video', async ({ videoId, assetId }) => {
    await assets.played(videoId as VideoId, assetId as AssetId);
  });
  outbox.on('post.deleted', 'media.forget-video', async ({ videoId }) => {
    await assets.unplayed(videoId as VideoId);
  });
  // What became a video goes with it.
  outbox.on('account.removed', 'media.forget-uploads', async ({ accountId }) => {
    const find = () => making.uploads.unusedOf(accountId as AccountId, 50);
    for (let found = await find(); found.length > 0; found = await find())
      for (const { id } of found) await removeUpload(id);
  });
  outbox.on('views.recorded', 'media.count-views', async ({ counts }) => {
    await assets.transaction(async (trx) => {
      const often = await assets.viewed(trx, counts, tunables.get('media.av1AfterViews'), making.now());
      for (const assetId of often) await orderAv1(jobs, trx, assetId);
    });
  });
}
