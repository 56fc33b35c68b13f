import { Refusal } from '../../../contract/errors.ts';
import { feedNumbers, rising, suggestedCreators } from '../../../contract/feeds.ts';
import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';
import { relatedToSound } from '../../../contract/videos.ts';
import { type Caller, type Handled, handle } from '../../platform/http/handle.ts';
import type { SoundRow } from '../sounds/sounds.ts';
import type { FeedDeps } from './feed.ts';
import { presentPosts, readVisible } from './lists.ts';
import { reasonsOf, videosNamed } from './reasons.rules.ts';
import { languagesFor, presentRelated } from './related.ts';

/** Looked at for a list of so many: the rest may be hidden, muted or gone. */
const looked = 4;
/** Of a sound's videos, the newest speak for it. */
const speakFor = 8;
const relatedCount = 24;

/** Ways to something new beside For You: what rises, who makes such videos, what goes with a sound. */
export function discoveryHttp(deps: FeedDeps): Handled[] {
  const { accounts, posts, recommend, social, taste, visibility } = deps;
  return [
    handle(feedNumbers, async () => ({
      numbers: deps.tunables
        .list()
        .filter(({ name }) => name.startsWith('recommend.'))
        .map(({ name, value, standard, unit, reason }) => ({ name, value, standard, unit, reason })),
    })),
    handle(rising, async ({ caller, query, request }) => {
      const [ids, wishes] = await Promise.all([
        recommend.rising(query.limit * looked),
        taste.wishes(caller.viewerId),
      ]);
      const visible = (await readVisible(deps, caller, ids)).filter(
        (post) => post.assetId !== null && !wishes.never.creator.has(post.authorId) && !wishes.hides(post),
      );
      // What rises in a language the viewer reads goes before what rises in others.
      const read = new Set<string | null>([null, ...(await languagesFor(deps, caller, request))]);
      const isRead = (language: string | null) => read.size === 1 || read.has(language);
      const ordered = [
        ...visible.filter((post) => isRead(post.language)),
        ...visible.filter((post) => !isRead(post.language)),
      ];
      return { videos: await presentPosts(deps, caller, ordered.slice(0, query.limit)) };
    }),
    handle(suggestedCreators, async ({ caller, query, request }) => {
      const { accountId, viewerId } = caller;
      const [follows, wishes, asked] = await Promise.all([
        accountId ? social.followedBy(accountId) : ([] as AccountId[]),
        taste.wishes(viewerId),
        languagesFor(deps, caller, request),
      ]);
      const found = await recommend.suggested({
        viewerId,
        accountId,
        follows,
        languages: asked,
        wishes,
        limit: query.limit * 2,
      });
      const ids = [...found.map((one) => one.videoId), ...(found.flatMap(videosNamed) as VideoId[])];
      const known = await posts.posts(ids);
      const [seen, people, cards] = await Promise.all([
        visibility.mayBeSeen(caller, [...known.values()]),
        accounts.people(found.map((one) => one.creatorId)),
        deps.sounds.cards([...new Set([...known.values()].flatMap((post) => post.soundId ?? []))]),
      ]);
      const shown = (id: VideoId) => {
        const post = seen.has(id) ? known.get(id) : undefined;
        return post && !wishes.hides(post) ? post : null;
      };
      const creators = found.flatMap((one) => {
        const person = people.get(one.creatorId);
        const post = shown(one.videoId);
        if (!person || !post) return [];
        const [reason] = reasonsOf(one, {
          handle: person.handle,
          soundTitle: (post.soundId && cards.get(post.soundId)?.title) ?? null,
          captionOf: (cause) => shown(cause as VideoId)?.caption ?? null,
        });
        return [{ person, reason: reason! }];
      });
      return { creators: creators.slice(0, query.limit) };
    }),
    handle(relatedToSound, async ({ caller, params, request }) => {
      await audibleSound(deps, caller, params.id);
      const { ids } = await posts.bySound(params.id, { limit: speakFor });
      return {
        videos: await presentRelated(deps, caller, request, relatedCount, (limit, wish) =>
          recommend.likeThese(ids, limit, params.id, wish),
        ),
      };
    }),
  ];
}

/** Throws not_found: a sound that nobody uses in public is its owner's alone. */
export async function audibleSound(
  { sounds }: Pick<FeedDeps, 'sounds'>,
  { accountId }: Caller,
  id: SoundId,
): Promise<SoundRow> {
  const row = (await sounds.cards([id])).get(id);
  if (!row || (row.original && row.uses === 0 && row.ownerId !== accountId)) throw new Refusal('not_found');
  return row;
}
