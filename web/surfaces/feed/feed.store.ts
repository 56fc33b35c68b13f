/**
 * One feed as it is being watched: its videos, where the viewer is, and what comes next. It outlives the component,
 * so that coming back from a profile finds the same video. Knows the API's pages; knows nothing of screens.
 */
import type { FeedItem, FeedPage, Reason } from '../../../contract/feeds.ts';
import type { Video } from '../../../contract/videos.ts';
import { ApiProblem } from '../../api.ts';
import { createStore } from '../../store.ts';

export type ShownVideo = {
  video: Video;
  token: string | null;
  reason: Reason | null;
  /** Of what a feed served: every stored cause, and whether it was shown to find out what the viewer likes. */
  because?: readonly Reason[];
  exploration?: boolean;
};

export type FeedState = {
  items: readonly ShownVideo[];
  index: number;
  /** What the end of the list is doing: there is more · being fetched · all seen · could not be fetched. */
  end: 'more' | 'loading' | 'exhausted' | 'offline' | 'failed';
};

export type LoadPage = (query: { cursor?: string; again?: boolean }) => Promise<FeedPage>;
export type Feed = ReturnType<typeof createFeed>;

/** Fetch the next page when so many are left. */
const fewLeft = 3;

/** `repeats`: a feed that opens on nothing, because all of it was seen, opens on what was seen instead. */
export function createFeed(
  load: LoadPage,
  first: FeedPage | null = null,
  { repeats = false }: { repeats?: boolean } = {},
) {
  const state = createStore<FeedState>({ items: [], index: 0, end: 'more' });
  let next: string | null = null;
  let turn = 0;
  let wantsAgain = false;
  /** Taken out by the viewer: not to be served again by a page that was chosen before. */
  const unwanted = new Set<string>();
  if (first) take(first);

  function take(page: FeedPage): void {
    const { items } = state.get();
    const known = new Set<string | null>([
      ...unwanted,
      ...items.flatMap((item) => [item.token, item.video.id]),
    ]);
    // Served means playable; a video whose media vanished in between has nothing to show.
    const fresh = page.items.filter(
      ({ token, video }: FeedItem) => video.media && !known.has(token) && !known.has(video.id),
    );
    next = page.next;
    const exhausted = page.exhausted || page.next === null;
    const repeat = repeats && exhausted && items.length === 0 && page.items.length === 0 && !wantsAgain;
    if (repeat) wantsAgain = true;
    state.change({ items: [...items, ...fresh], end: exhausted && !repeat ? 'exhausted' : 'more' });
  }

  async function more(): Promise<void> {
    const { end, items } = state.get();
    if (end === 'loading' || end === 'exhausted') return;
    const mine = ++turn;
    state.change({ end: 'loading' });
    try {
      const page = await load({ cursor: next ?? undefined, again: wantsAgain || undefined });
      if (mine !== turn) return;
      take(page);
      const now = state.get();
      // A page of nothing but vanished videos: the next one may have some.
      if (now.items.length === items.length && now.end === 'more') await more();
    } catch (error) {
      if (mine !== turn) return;
      if (error instanceof ApiProblem && error.code === 'cursor_invalid') {
        // The server forgot this feed session (a restart): begin a new one behind what is shown.
        next = null;
        state.change({ end: 'more' });
        return more();
      }
      state.change({ end: error instanceof ApiProblem && error.code === 'offline' ? 'offline' : 'failed' });
    }
  }

  /** What was to come was chosen under other wishes: it goes at once, and a new feed session follows what was shown. */
  async function renew(): Promise<void> {
    next = null;
    const { items, index } = state.get();
    state.change({ items: items.slice(0, index + 1), end: 'more' });
    await more();
  }

  function goTo(index: number): void {
    const { items, end } = state.get();
    if (index !== state.get().index) state.change({ index });
    if (end === 'more' && index >= items.length - 1 - fewLeft) void more();
  }

  function changeVideos(change: (video: Video) => Video): void {
    const { items } = state.get();
    state.change({ items: items.map((item) => ({ ...item, video: change(item.video) })) });
  }

  return {
    state,
    more,
    renew,
    /**
     * The next one takes its place, and of what is still to come those go with it that are `alike`: they were chosen
     * before the viewer said so. Returns what puts the one back, where the viewer is by then.
     */
    remove({ video: { id } }: ShownVideo, alike: (video: Video) => boolean = () => false): () => void {
      const { items, index } = state.get();
      const at = items.findIndex((one) => one.video.id === id);
      const taken = items[at];
      if (!taken) return () => {};
      unwanted.add(id);
      state.change({
        items: items.filter(({ video }, i) => i !== at && !(i > at && i >= index && alike(video))),
        index: at < index ? index - 1 : index,
      });
      goTo(state.get().index);
      return () => {
        unwanted.delete(id);
        const now = state.get();
        if (!now.items.some((one) => one.video.id === id))
          state.change({ items: now.items.toSpliced(now.index, 0, taken) });
      };
    },
    goTo,
    /** Videos that came another way than as a page of this feed. */
    append(videos: readonly ShownVideo[]): void {
      state.change({ items: [...state.get().items, ...videos] });
    },
    retry(): void {
      const { end } = state.get();
      if (end === 'offline' || end === 'failed') state.change({ end: 'more' });
      void more();
    },
    /** There is news behind the end: fetch it and keep what is shown. */
    async extend(): Promise<void> {
      if (state.get().end !== 'exhausted') return;
      next = null;
      state.change({ end: 'more' });
      await more();
    },
    /** From the beginning: after signing in, or to watch everything once more. */
    async restart(again = false): Promise<void> {
      turn += 1;
      next = null;
      wantsAgain = again;
      if (!again) unwanted.clear();
      state.set({ items: [], index: 0, end: 'more' });
      await more();
    },
    changeVideo(id: string, change: (video: Video) => Video): void {
      changeVideos((video) => (video.id === id ? change(video) : video));
    },
    changeAuthor(handle: string, followed: boolean): void {
      changeVideos((video) =>
        video.author.handle === handle ? { ...video, author: { ...video.author, followed } } : video,
      );
    },
  };
}
