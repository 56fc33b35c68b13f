import type { VideoId } from '../../../contract/ids.ts';
import type { Video, VideoList } from '../../../contract/videos.ts';
import type { Caller } from '../../platform/http/handle.ts';
import type { Ids, Post } from '../posts/posts.ts';
import type { FeedDeps } from './feed.ts';
import { hydrate, presentVideo } from './hydration.ts';

type PageDeps = Pick<FeedDeps, 'posts' | 'visibility'>;

/** A page may lose videos to visibility; it is filled up from the next, this often. More may go to what was muted. */
const rounds = 5;
const roundsWhenMuted = 16;

/** Posts that the caller may see, in the order given, until the page is full or nothing is left. */
export async function fillPage(
  { posts, visibility }: PageDeps,
  caller: Caller,
  page: { cursor?: string | null; limit: number },
  fetch: (cursor: string | null, limit: number) => Promise<Ids>,
  isHidden: ((post: Post) => boolean) | null = null,
): Promise<{ found: Post[]; next: string | null }> {
  const found: Post[] = [];
  let cursor = page.cursor ?? null;
  const most = isHidden ? roundsWhenMuted : rounds;
  for (let round = 0; round < most && found.length < page.limit; round++) {
    const { ids, next } = await fetch(cursor, page.limit - found.length);
    const visible = await readVisible({ posts, visibility }, caller, ids);
    found.push(...(isHidden ? visible.filter((post) => !isHidden(post)) : visible));
    cursor = next;
    if (cursor === null) break;
  }
  return { found, next: cursor };
}

export async function readVisible(
  { posts, visibility }: PageDeps,
  caller: Caller,
  ids: readonly VideoId[],
): Promise<Post[]> {
  if (ids.length === 0) return [];
  const known = await posts.posts(ids);
  const seen = await visibility.mayBeSeen(caller, [...known.values()]);
  return ids.flatMap((id) => (seen.has(id) ? (known.get(id) ?? []) : []));
}

export async function presentPosts(deps: FeedDeps, caller: Caller, found: readonly Post[]): Promise<Video[]> {
  const hydration = await hydrate(deps, caller, found);
  return found.flatMap((post) => presentVideo(caller, post, hydration) ?? []);
}

export async function listVideos(
  deps: FeedDeps,
  caller: Caller,
  page: { cursor?: string | null; limit: number },
  fetch: (cursor: string | null, limit: number) => Promise<Ids>,
): Promise<VideoList> {
  const { found, next } = await fillPage(deps, caller, page, fetch);
  return { videos: await presentPosts(deps, caller, found), next };
}
