import type { AccountId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Commenting } from './commenting.ts';
import type { CreditsStore } from './credits.store.ts';
import type { Publishing } from './publishing.ts';

export function hearNews(
  outbox: Outbox,
  publishing: Publishing,
  {
    credits,
    commenting,
    removeAll,
  }: { credits: CreditsStore; commenting: Commenting; removeAll(author: AccountId): Promise<void> },
): void {
  outbox.on('media.ready', 'posts.publish', ({ uploadId }) => publishing.hear(uploadId as UploadId));
  outbox.on('media.refused', 'posts.refuse', ({ uploadId }) => publishing.hear(uploadId as UploadId));
  // Our own news, heard again: what a kill between the commit and the files left undone.
  outbox.on('post.deleted', 'posts.remove-media', ({ videoId }) =>
    publishing.removeMedia(videoId as VideoId),
  );
  outbox.on('account.removed', 'posts.forget-person', async ({ accountId }) => {
    await credits.forgetDefaults(accountId as AccountId);
    await commenting.forget(accountId as AccountId);
    await removeAll(accountId as AccountId);
  });
  outbox.on('post.changed', 'posts.move-media', ({ videoId }) => publishing.moveMedia(videoId as VideoId));
}
