import type { VideoId } from '../../../contract/ids.ts';
import type { Video } from '../../../contract/videos.ts';
import type { Caller } from '../../platform/http/handle.ts';
import type { Ranked, RelatedWish } from '../recommend/recommend.ts';
import type { FeedDeps } from './feed.ts';
import { languagesOf, withOwn } from './languages.rules.ts';
import { presentPosts, readVisible } from './lists.ts';

/** Of so many for each place on the list the rest may be hidden, muted or gone. */
const looked = 2;

/** More like something, in the order that suits the caller: without what they never want to see and what they muted. */
export async function presentRelated(
  deps: FeedDeps,
  caller: Caller,
  request: Request,
  count: number,
  rank: (limit: number, wish: RelatedWish) => Promise<Ranked[]>,
): Promise<Video[]> {
  const [languages, wishes] = await Promise.all([
    languagesFor(deps, caller, request),
    deps.taste.wishes(caller.viewerId),
  ]);
  const ranked = await rank(count * looked, { viewerId: caller.viewerId, languages, wishes });
  const visible = await readVisible(
    deps,
    caller,
    ranked.map((one): VideoId => one.videoId),
  );
  const shown = visible.filter((post) => post.assetId !== null && !wishes.hides(post));
  const videos = await presentPosts(deps, caller, shown);
  return videos.filter((video) => video.media !== null).slice(0, count);
}

/** The account's own first, then what the browser asks for. */
export async function languagesFor(
  { accounts }: FeedDeps,
  { accountId }: Caller,
  request: Request,
): Promise<string[]> {
  const own = accountId ? (await accounts.me(accountId)).language : null;
  return withOwn(languagesOf(request.headers.get('accept-language')), own);
}
