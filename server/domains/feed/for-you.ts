import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../../../contract/errors.ts';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { newId } from '../../platform/random.ts';
import type { Post } from '../posts/posts.ts';
import { model, type Ranked } from '../recommend/recommend.ts';
import type { Wishes } from '../taste/taste.ts';
import { readCursor, writeCursor } from './cursors.rules.ts';
import type { FeedTables } from './feed.tables.ts';
import type { FeedDeps, FeedWish } from './feed.ts';
import { hydrate, presentVideo } from './hydration.ts';
import { withOwn } from './languages.rules.ts';
import { type Choice, keepPage, readPages, type ServedPage } from './pages.store.ts';
import { reasonsOf, videosNamed } from './reasons.rules.ts';

/** So many of what was served last may still wait on the viewer's screen. */
const mostAhead = 40;
/** Ranked beyond the page, so that what visibility takes out leaves no hole. */
const spare = 4;
/**
 * Deleted, hidden since it was ranked, or with a word in it that the viewer has muted: asked again, each time for twice
 * as many, until the page is full. With nine tenths of everything muted the eighth round still fills it.
 */
const roundsFor = (wishes: Wishes) => (wishes.hidesSomething ? 8 : 3);

/**
 * For You: ids from recommend, then visibility, then hydration, then presentation. A session (the chain of cursors)
 * serves no video twice, because each page is a row; a page asked for twice is the same page.
 */
export function createForYou(deps: FeedDeps) {
  const { accounts, posts, recommend, signals, signer, social, taste, visibility, clock } = deps;
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
    const [followed, accountLanguage, wishes] = await Promise.all([
      followsOf(caller.accountId),
      languageOf(caller.accountId),
      taste.wishes(caller.viewerId),
    ]);
    const asked = new Set<string>();
    const chosen: Ranked[] = [];
    const known = new Map<VideoId, Post>();
    const seen = new Set<VideoId>();
    for (let round = 1; ; round++) {
      const missing = wish.limit - chosen.length;
      const { ranked, exhausted, variants } = await recommend.forYou({
        viewerId: caller.viewerId,
        accountId: caller.accountId,
        limit: Math.min(100, (missing + spare) * 2 ** (round - 1)),
        ...(served.size > 0 && { ahead: [...served].slice(-mostAhead) }),
        ...(served.size + asked.size > 0 && {
          exclude: (id: string) => served.has(id) || asked.has(id),
        }),
        follows: followed,
        languages: withOwn(languages, accountLanguage),
        wishes,
        again: wish.again,
        seed: randomInt(2 ** 31),
      });
      const found = await readKnown(ranked);
      for (const [id, post] of found) known.set(id, post);
      for (const id of await visibility.mayBeSeen(caller, [...found.values()])) seen.add(id);
      const fit = ranked.filter(({ videoId }) => {
        const post = seen.has(videoId) ? known.get(videoId)! : null;
        return post !== null && post.assetId !== null && !wishes.hides(post);
      });
      chosen.push(...fit.slice(0, missing));
      const isEnd = exhausted && fit.length <= missing;
      if (chosen.length >= wish.limit || ranked.length === 0 || exhausted || round === roundsFor(wishes))
        return { chosen, known, seen, variants, exhausted: isEnd };
      for (const one of ranked) asked.add(one.videoId);
    }
  };

  /** The posts, and those that are named as causes, in one query. */
  const readKnown = (ranked: readonly Pick<Ranked, 'videoId' | 'causes'>[]): Promise<Map<VideoId, Post>> => {
    const causes = ranked.flatMap(videosNamed) as VideoId[];
    const ids = new Set([...ranked.map((one) => one.videoId), ...causes]);
    return ids.size > 0 ? posts.posts([...ids]) : Promise.resolve(new Map());
  };

  const itemsOf = async (
    caller: Caller,
    page: ServedPage,
    known: ReadonlyMap<VideoId, Post>,
    seen: ReadonlySet<VideoId>,
  ): Promise<FeedPage['items']> => {
    const shown = page.videoIds.flatMap((id) => (seen.has(id) ? (known.get(id) ?? []) : []));
    const [found, wishes] = await Promise.all([hydrate(deps, caller, shown), taste.wishes(caller.viewerId)]);
    /** Of what was watched: only what may be seen, and never a muted word. */
    const captionOf = (id: VideoId): string | null => {
      const post = seen.has(id) ? known.get(id) : undefined;
      return post && !wishes.hides(post) ? post.caption : null;
    };
    return page.videoIds.flatMap((id, position) => {
      const post = known.get(id);
      const video = post && seen.has(id) ? presentVideo(caller, post, found) : null;
      if (!post || !video?.media) return [];
      const choice = page.choices[position]!;
      const because = reasonsOf(choice, {
        handle: video.author.handle,
        soundTitle: video.sound?.title ?? null,
        captionOf: (cause) => captionOf(cause as VideoId),
      });
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
        reason: because[0]!,
        because,
        exploration: choice.exploration,
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
    const { chosen, known, seen, variants, exhausted } = await choose(caller, wish, languages, served);
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
      keepPage(deps.database, { ...page, sessionId, viewerId: caller.viewerId, model, variants }),
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

function choiceOf({ source, causes, score, heads, exploration, propensity }: Ranked): Choice {
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
  return {
    source,
    causes,
    score: rounded(score),
    exploration,
    propensity: rounded(propensity),
    predicted: Math.max(0, Math.min(99, Math.floor(heads.watch * 100))),
  };
}
