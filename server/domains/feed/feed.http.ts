import { Refusal } from '../../../contract/errors.ts';
import { following, forYou, openVideos } from '../../../contract/feeds.ts';
import {
  getProfile,
  getVideo,
  myVideos,
  profileVideos,
  relatedVideos,
  soundVideos,
  tagVideos,
  VideoStatus,
} from '../../../contract/videos.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Feed, FeedDeps } from './feed.ts';
import { languagesOf } from './languages.rules.ts';
import { listVideos } from './lists.ts';
import { openedTokens } from './opened.ts';
import { presentRelated } from './related.ts';

/** On one's own profile; what is kept back stands in the list of one's videos. */
const shown = ['processing', 'published', 'refused'] as const;
const published = ['published'] as const;
const relatedCount = 12;

export function feedHttp(deps: FeedDeps, feed: Omit<Feed, 'http' | 'start'>): Handled[] {
  const { accounts, posts, recommend, social } = deps;
  const personOf = async (handleText: string) => {
    const person = await accounts.personByHandle(handleText);
    if (!person) throw new Refusal('not_found');
    return person;
  };
  return [
    handle(forYou, ({ caller, query, request }) =>
      feed.forYou(caller, query, languagesOf(request.headers.get('accept-language'))),
    ),
    handle(following, (call) => feed.following({ ...call.caller, accountId: accountOf(call) }, call.query)),
    handle(openVideos, async ({ caller, body }) => ({
      opened: await openedTokens(deps, caller, body.ids, body.from),
    })),
    handle(getVideo, ({ caller, params }) => feed.presentOne(caller, params.id)),
    handle(myVideos, (call) => {
      const accountId = accountOf(call);
      return listVideos(deps, call.caller, call.query, (cursor, limit) =>
        posts.byAuthor(accountId, {
          cursor,
          limit,
          statuses: call.query.status ? [call.query.status] : VideoStatus.options,
          words: call.query.words?.trim(),
        }),
      );
    }),
    handle(getProfile, async ({ caller, params }) => {
      const person = await personOf(params.handle);
      const mine = person.id === caller.accountId;
      const [videos, counts, likes, follows] = await Promise.all([
        posts.count(person.id),
        social.followCounts(person.id),
        social.likesReceived(person.id),
        caller.accountId && !mine ? social.followsAmong(caller.accountId, [person.id]) : new Set(),
      ]);
      return { ...person, mine, followed: follows.has(person.id), counts: { videos, ...counts, likes } };
    }),
    handle(profileVideos, async ({ caller, params, query }) => {
      const person = await personOf(params.handle);
      const statuses = person.id === caller.accountId ? shown : published;
      return listVideos(deps, caller, query, (cursor, limit) =>
        posts.byAuthor(person.id, { cursor, limit, statuses }),
      );
    }),
    handle(tagVideos, ({ caller, params, query }) =>
      listVideos(deps, caller, query, (cursor, limit) => posts.byTag(params.tag, { cursor, limit })),
    ),
    handle(soundVideos, ({ caller, params, query }) =>
      listVideos(deps, caller, query, (cursor, limit) => posts.bySound(params.id, { cursor, limit })),
    ),
    handle(relatedVideos, async ({ caller, params, request }) => {
      await feed.presentOne(caller, params.id);
      return {
        videos: await presentRelated(deps, caller, request, relatedCount, (limit, wish) =>
          recommend.related(params.id, limit, wish),
        ),
      };
    }),
  ];
}
