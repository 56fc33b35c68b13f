/**
 * What a viewer can do with the video on the stage. Likes and follows show at once and are taken back if the server
 * refuses; a guest is asked to sign in and told why. It changes feeds and sends signals; it draws nothing.
 */
import type { SignalKind } from '../../../contract/signals.ts';
import { api } from '../../api.ts';
import { loadLaterWords } from '../../intl/words.tsx';
import { openedToken } from '../../opening.ts';
import { signals } from '../../projector.ts';
import { session } from '../../session.ts';
import { createStore } from '../../store.ts';
import { toast } from '../../ui/toast.tsx';
import { createWishes } from '../../wishes.ts';
import type { Feed, ShownVideo } from './feed.store.ts';

/** A dialog over the stage, and what it is about. */
export type Opened =
  | { name: 'share' | 'more' | 'why' | 'captions' | 'comments' | 'related'; item: ShownVideo }
  | { name: 'keys' }
  | { name: 'signIn'; why: 'like' | 'follow' };
export const opened = createStore<Opened | null>(null);

function tell(item: ShownVideo, kind: SignalKind): void {
  const token = item.token ?? openedToken(item.video.id);
  if (token) signals.add({ token, kind });
}

const wish = createWishes();

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
  try {
    await wish(`like ${id}`, {
      was: liked,
      wanted: on,
      show: put,
      async send(now) {
        const { likes } = await (now ? api.likeVideo(id) : api.unlikeVideo(id));
        feed.changeVideo(id, (video) =>
          video.liked === now ? { ...video, counts: { ...video.counts, likes } } : video,
        );
        tell(item, now ? 'like' : 'unlike');
        return now;
      },
    });
  } catch {
    toast(sorry);
  }
}

export async function follow(feed: Feed, item: ShownVideo, on: boolean, sorry: string): Promise<void> {
  if (!session.get()?.me) return opened.set({ name: 'signIn', why: 'follow' });
  const { handle, followed } = item.video.author;
  if (followed === on) return;
  try {
    await wish(`follow ${handle}`, {
      was: followed,
      wanted: on,
      show: (now) => feed.changeAuthor(handle, now),
      async send(now) {
        await (now ? api.followPerson(handle) : api.unfollowPerson(handle));
        if (now) tell(item, 'follow');
        return now;
      },
    });
  } catch {
    toast(sorry);
  }
}

export function shared(item: ShownVideo): void {
  tell(item, 'share');
}

/** The video leaves the stage at once; the server hears of it when nobody took it back. */
export function notInterested(feed: Feed, item: ShownVideo, texts: { done: string; undo: string }): void {
  const putBack = feed.remove(item);
  let takenBack = false;
  const undo = () => {
    takenBack = true;
    putBack();
  };
  toast(texts.done, { label: texts.undo, onPress: undo }, () => {
    if (!takenBack) tell(item, 'not_interested');
  });
  focusStage();
}

/** What had the focus left with its video: it goes on at the same place of the next one. */
export function focusStage(): void {
  setTimeout(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const place =
      document.querySelector<HTMLElement>('[role=feed] article:not([inert]) [data-why]') ??
      document.querySelector<HTMLElement>('[role=feed]');
    place?.focus({ preventScroll: true });
  });
}

/** The sheet is code and words of its own: it opens when they are here. */
export const loadWhy = async () => {
  const [{ Why }] = await Promise.all([import('./why.tsx'), loadLaterWords()]);
  return Why;
};
/** What people say about it, the same way. */
export const loadComments = async () => {
  const [{ Comments }] = await Promise.all([import('../comments/comments.tsx'), loadLaterWords()]);
  return Comments;
};
const loads = { why: loadWhy, comments: loadComments };
export async function openLater(name: keyof typeof loads, item: ShownVideo, sorry: string): Promise<void> {
  try {
    await loads[name]();
    opened.set({ name, item });
  } catch {
    toast(sorry);
  }
}
