import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { soundsStore } from './sounds.store.ts';

export function hearNews(
  outbox: Outbox,
  store: ReturnType<typeof soundsStore>,
  today: () => string,
  forgetAccount: (id: AccountId) => Promise<void>,
): void {
  const used = async (facts: PostFacts) => {
    if (facts.soundId) await store.used(facts, facts.soundId as SoundId, today());
  };
  outbox.on('post.published', 'sounds.keep', used);
  outbox.on('post.changed', 'sounds.change', used);
  outbox.on('post.deleted', 'sounds.forget', async ({ videoId, soundId }) => {
    if (soundId) await store.unused(videoId as VideoId, soundId as SoundId);
  });
  outbox.on('account.removed', 'sounds.forget-account', ({ accountId }) =>
    forgetAccount(accountId as AccountId),
  );
}
