import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../../../contract/errors.ts';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { newId } from '../../platform/random.ts';
import type { Post } from '../posts/posts.ts';
import { model, type Ranked } from '../recommend/recommend.ts';
import { readCursor, writeCursor } from './cursors.rules.ts';
import type { FeedTables } from './feed.tables.ts';
import type { FeedDeps, FeedWish } from './feed.ts';
import { hydrate, presentVideo } from './hydration.ts';
import { withOwn } from './languages.rules.ts';
import { type Choice, keepPage, readPages, type ServedPage } from './pages.store.ts';
import { reasonOf } from './reasons.rules.ts';

/** Ranked beyond the page, so that what visibility takes out leaves no hole. */
const spare = 4;
/** Deleted or hidden since it was ranked, all of them: asked again this often before the page stays empty. */
const rounds = 3;

/**
 * For You: ids from recommend, then visibility, then hydration, then presentation. A session (the chain of cursors)
 * serves no video twice, because each page is a row; a page asked for twice is the same page.
 */
export function createForYou(deps: FeedDeps) {
  const { accounts, posts, recommend, signals, signer, social, visibility, clock } = deps;
  const db = deps.database.of<FeedTables>();
  /** What sessions of this process have served. The rows know better; this spares reading them. */
  const sessions = new LRUCache<string, { page: number; served: Set<string> }>({ max: 20_000 });
  const follows = new LRUCache<AccountId, AccountId[]>({ max: 20_000, ttl: 20_000 });
  const ownLanguages = new LRUCache<AccountId, { language: string | null }>({ max: 20_000, ttl: 60_000 });

  const followsOf = async (accountId: AccountId | null) => {
    if (!accountId) return [];
    const known = follows.get(accountId) ?? (await social.followedBy(accountId));
    follows.set(accountId, known);
    return known;
  };
  const languageOf = async (accountId: AccountId | null) => {
    if (!accountId) return null;
    const known = ownLanguages.get(accountId) ?? { language: (await accounts.me(accountId)).language };
    ownLanguages.set(accountId, known);
    return known.language;
  };

  /** What the session has served so far, and the page itself when it was served before. */
  const openSession = async (cursor: string | undefined) => {
    if (!cursor) return { sessionId: newId(20), page: 0, served: new Set<string>(), stored: null };
    const place = readCursor(signer, cursor);
    if (!place) throw new Refusal('cursor_invalid');
    const known = sessions.get(place.sessionId);
    if (known?.page === place.page) return { ...place, served: known.served, stored: null };
    const pages = await readPages(db, place.sessionId);
    const served = new Set<string>(pages.flatMap((one) => one.videoIds));
    return { ...place, served, stored: pages.find((one) => one.page === place.page) ?? null };
  };

  const choose = async (
    caller: Caller,
    wish: FeedWish,
    languages: readonly string[],
    served: ReadonlySet<string>,
  ) => {
    const [followed, accountLanguage] = await Promise.all([
      followsOf(caller.accountId),
      languageOf(caller.accountId),
    ]);
    const hidden = new Set<string>();
    for (let round = 1; ; round++) {
      const { ranked, exhausted } = await recommend.forYou({
        viewerId: caller.viewerId,
        accountId: caller.accountId,
        limit: wish.limit + spare,
        ...(served.size + hidden.size > 0 && {
          exclude: (id: string) => served.has(id) || hidden.has(id),
        }),
        follows: followed,
        languages: withOwn(languages, accountLanguage),
        again: wish.again,
        seed: randomInt(2 ** 31),
      });
      const known = await readKnown(ranked);
      const seen = await visibility.mayBeSeen(caller, [...known.values()]);
      const fit = ranked.filter(({ videoId }) => seen.has(videoId) && known.get(videoId)!.assetId !== null);
      if (fit.length > 0 || ranked.length === 0 || round === rounds) {
        const chosen = fit.slice(0, wish.limit);
        return { chosen, known, seen, exhausted: exhausted && fit.length <= wish.limit };
      }
      for (const one of ranked) hidden.add(one.videoId);
    }
  };

  /** The posts, and those that are named as causes, in one query. */
  const readKnown = (ranked: readonly Pick<Ranked, 'videoId' | 'causes'>[]): Promise<Map<VideoId, Post>> => {
    const causes = ranked.flatMap((one) => one.causes.slice(0, 1)).filter((cause) => !cause.includes(':'));
    const ids = new Set([...ranked.map((one) => one.videoId), ...(causes as VideoId[])]);
    return ids.size > 0 ? posts.posts([...ids]) : Promise.resolve(new Map());
  };

  const itemsOf = async (
    caller: Caller,
    page: ServedPage,
    known: ReadonlyMap<VideoId, Post>,
    seen: ReadonlySet<VideoId>,
  ): Promise<FeedPage['items']> => {
    const shown = page.videoIds.flatMap((id) => (seen.has(id) ? (known.get(id) ?? []) : []));
    const found = await hydrate(deps, caller, shown);
    return page.videoIds.flatMap((id, position) => {
      const post = known.get(id);
      const video = post && seen.has(id) ? presentVideo(caller, post, found) : null;
      if (!post || !video?.media) return [];
      const choice = page.choices[position]!;
      return {
        video,
        token: signals.issue({
          viewerId: caller.viewerId,
          videoId: id,
          authorId: post.authorId,
          servedAtMs: page.servedAtMs,
          pageId: page.pageId,
          position,
          source: choice.source,
          exploration: choice.exploration,
          durationMs: video.media.durationMs,
        }),
        reason: reasonOf(choice, {
          handle: video.author.handle,
          soundTitle: video.sound?.title ?? null,
          tags: [...post.topics, ...post.tags],
          captionOf: (cause) =>
            seen.has(cause as VideoId) ? (known.get(cause as VideoId)?.caption ?? null) : null,
        }),
      };
    });
  };

  const showAgain = async (caller: Caller, sessionId: string, page: ServedPage): Promise<FeedPage> => {
    const known = await readKnown(
      page.videoIds.map((videoId, at) => ({ videoId, causes: page.choices[at]!.causes })),
    );
    const seen = await visibility.mayBeSeen(caller, [...known.values()]);
    return {
      items: await itemsOf(caller, page, known, seen),
      next: writeCursor(signer, { sessionId, page: page.page + 1 }),
      exhausted: false,
    };
  };

  return async (caller: Caller, wish: FeedWish, languages: readonly string[]): Promise<FeedPage> => {
    const session = await openSession(wish.cursor);
    const { sessionId, served } = session;
    if (session.stored) return showAgain(caller, sessionId, session.stored);
    const { chosen, known, seen, exhausted } = await choose(caller, wish, languages, served);
    if (chosen.length === 0) return { items: [], next: null, exhausted: true };
    const page: ServedPage = {
      page: session.page,
      pageId: newId(12),
      servedAtMs: clock.now(),
      videoIds: chosen.map((one) => one.videoId),
      choices: chosen.map(choiceOf),
    };
    const [items, kept] = await Promise.all([
      itemsOf(caller, page, known, seen),
      keepPage(deps.database, { ...page, sessionId, viewerId: caller.viewerId, model }),
    ]);
    if (!kept) {
      // The same cursor twice at the same time: the other one was first, and this is its page.
      const stored = (await readPages(db, sessionId)).find((one) => one.page === page.page);
      if (stored) return showAgain(caller, sessionId, stored);
    }
    sessions.set(sessionId, { page: page.page + 1, served: new Set([...served, ...page.videoIds]) });
    const next = exhausted ? null : writeCursor(signer, { sessionId, page: page.page + 1 });
    return { items, next, exhausted };
  };
}

function choiceOf({ source, causes, score, exploration, propensity }: Ranked): Choice {
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
  return { source, causes, score: rounded(score), exploration, propensity: rounded(propensity) };
}
