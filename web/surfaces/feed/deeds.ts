/**
 * What a viewer can do with the video on the stage. Likes and follows show at once and are taken back if the server
 * refuses; a guest is asked to sign in and told why. It changes feeds and sends signals; it draws nothing.
 */
import type { SignalKind } from '../../../contract/signals.ts';
import { api } from '../../api.ts';
import { signals } from '../../projector.ts';
import { session } from '../../session.ts';
import { createStore } from '../../store.ts';
import { toast } from '../../ui/toast.tsx';
import type { Feed, ShownVideo } from './feed.store.ts';

/** A dialog over the stage, and what it is about. */
export type Opened =
  | { name: 'share' | 'more'; item: ShownVideo }
  | { name: 'keys' }
  | { name: 'signIn'; why: 'like' | 'follow' };
export const opened = createStore<Opened | null>(null);

function tell(item: ShownVideo, kind: SignalKind): void {
  if (item.token) signals.add({ token: item.token, kind });
}

/** One wish at a time for one thing, the last one wins: quick fingers make no race. */
const wishes = new Map<string, { wanted: boolean; sending: boolean }>();
async function wish(
  key: string,
  was: boolean,
  wanted: boolean,
  send: (on: boolean) => Promise<void>,
): Promise<void> {
  const known = wishes.get(key);
  if (known?.sending) {
    known.wanted = wanted;
    return;
  }
  const mine = { wanted, sending: true };
  wishes.set(key, mine);
  let on = was;
  try {
    while (on !== mine.wanted) {
      const next = mine.wanted;
      await send(next);
      on = next;
    }
  } finally {
    wishes.delete(key);
  }
}

export async function like(feed: Feed, item: ShownVideo, on: boolean, sorry: string): Promise<void> {
  if (!session.get()?.me) return opened.set({ name: 'signIn', why: 'like' });
  const { id, liked } = item.video;
  if (liked === on) return;
  const put = (now: boolean) =>
    feed.changeVideo(id, (video) =>
      video.liked === now
        ? video
        : {
            ...video,
            liked: now,
            counts: { ...video.counts, likes: Math.max(0, video.counts.likes + (now ? 1 : -1)) },
          },
    );
  put(on);
  try {
    await wish(`like ${id}`, liked, on, async (now) => {
      const { likes } = await (now ? api.likeVideo(id) : api.unlikeVideo(id));
      feed.changeVideo(id, (video) =>
        video.liked === now ? { ...video, counts: { ...video.counts, likes } } : video,
      );
      tell(item, now ? 'like' : 'unlike');
    });
  } catch {
    put(liked);
    toast(sorry);
  }
}

export async function follow(feed: Feed, item: ShownVideo, on: boolean, sorry: string): Promise<void> {
  if (!session.get()?.me) return opened.set({ name: 'signIn', why: 'follow' });
  const { handle, followed } = item.video.author;
  if (followed === on) return;
  feed.changeAuthor(handle, on);
  try {
    await wish(`follow ${handle}`, followed, on, async (now) => {
      await (now ? api.followPerson(handle) : api.unfollowPerson(handle));
      if (now) tell(item, 'follow');
    });
  } catch {
    feed.changeAuthor(handle, followed);
    toast(sorry);
  }
}

export function shared(item: ShownVideo): void {
  tell(item, 'share');
}

export function notInterested(item: ShownVideo): void {
  tell(item, 'not_interested');
}
