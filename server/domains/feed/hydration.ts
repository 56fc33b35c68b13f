import type { Person } from '../../../contract/accounts.ts';
import type { Credit } from '../../../contract/credits.ts';
import type { AccountId, AssetId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { SoundCard } from '../../../contract/sounds.ts';
import type { Media as MediaView, Video } from '../../../contract/videos.ts';
import type { Caller } from '../../platform/http/handle.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Comments } from '../comments/comments.ts';
import type { Media } from '../media/media.ts';
import type { Around, Post, Posts } from '../posts/posts.ts';
import type { Signals } from '../signals/signals.ts';
import type { Social } from '../social/social.ts';
import type { SoundRow, Sounds } from '../sounds/sounds.ts';
import type { Visibility } from '../visibility/visibility.ts';

export type HydrationDeps = {
  accounts: Pick<Accounts, 'people'>;
  media: Pick<Media, 'assets'>;
  social: Pick<Social, 'followsAmong' | 'likedAmong' | 'likeCounts'>;
  signals: Pick<Signals, 'counts'>;
  comments: Pick<Comments, 'counts'>;
  sounds: Pick<Sounds, 'cards'>;
  posts: Pick<Posts, 'posts'>;
  visibility: Visibility;
};

/** What a page of posts needs from other rooms: one question to each, all at once. */
export type Hydration = {
  people: Map<AccountId, Person>;
  media: Map<AssetId, MediaView>;
  sounds: Map<SoundId, SoundRow>;
  counts: Map<VideoId, { views: number; shares: number }>;
  likes: Map<VideoId, number>;
  comments: Map<VideoId, number>;
  liked: Set<VideoId>;
  followed: Set<AccountId>;
  around: Around;
  rules: Pick<Visibility, 'permissionsOf' | 'partsOf'>;
};

const nothing: Around = { known: new Map(), seen: new Set() };

/** What these are made with. Most pages hold nothing of the kind, and ask nothing. */
export async function lookAround(
  { posts, visibility }: Pick<HydrationDeps, 'posts' | 'visibility'>,
  caller: Caller,
  found: readonly Post[],
): Promise<Around> {
  const ids = new Set(found.flatMap(idsAround));
  if (ids.size === 0) return nothing;
  const known = await posts.posts([...ids]);
  return { known, seen: await visibility.mayBeSeen(caller, [...known.values()]) };
}

const idsAround = ({ id, credit, pictures, templateId }: Post): VideoId[] =>
  [...pictures, credit?.originId, templateId].filter((one) => one != null && one !== id) as VideoId[];

export async function hydrate(
  deps: HydrationDeps,
  caller: Caller,
  posts: readonly Post[],
): Promise<Hydration> {
  const { accounts, media, social, signals, comments, sounds } = deps;
  const ids = posts.map((post) => post.id);
  const around = await lookAround(deps, caller, posts);
  const credited = posts.flatMap(({ credit }) => (credit && around.known.get(credit.originId)) ?? []);
  const authors = [...new Set([...posts, ...credited].map((post) => post.authorId))];
  const assetIds = posts.flatMap((post) => post.assetId ?? []);
  const soundIds = [...new Set(posts.flatMap((post) => post.soundId ?? []))];
  const { accountId } = caller;
  const others = authors.filter((author) => author !== accountId);
  const [people, assets, cards, counts, likes, written, liked, followed] = await Promise.all([
    authors.length > 0 ? accounts.people(authors) : new Map<AccountId, Person>(),
    assetIds.length > 0 ? media.assets(assetIds) : new Map<AssetId, MediaView>(),
    soundIds.length > 0 ? sounds.cards(soundIds) : new Map<SoundId, SoundRow>(),
    signals.counts(ids),
    ids.length > 0 ? social.likeCounts(ids) : new Map<VideoId, number>(),
    comments.counts(ids),
    accountId && ids.length > 0 ? social.likedAmong(accountId, ids) : new Set<VideoId>(),
    accountId && others.length > 0 ? social.followsAmong(accountId, others) : new Set<AccountId>(),
  ]);
  // Owners of borrowed sounds are known only now; on most pages there are none.
  const owners = new Set(
    [...cards.values()].flatMap((card) => card.ownerId ?? []).filter((id) => !people.has(id)),
  );
  if (owners.size > 0) for (const [id, person] of await accounts.people([...owners])) people.set(id, person);
  return {
    people,
    media: assets,
    sounds: cards,
    counts,
    likes,
    comments: written,
    liked,
    followed,
    around,
    rules: deps.visibility,
  };
}

/** Null when the author is gone. Rules about who may see it were applied before. */
export function presentVideo({ accountId }: Caller, post: Post, found: Hydration): Video | null {
  const author = found.people.get(post.authorId);
  if (!author) return null;
  const counts = found.counts.get(post.id);
  const mine = post.authorId === accountId;
  return {
    id: post.id,
    url: urlOf(author, post),
    status: post.status,
    refusal: mine ? post.refusal : null,
    author: { ...author, followed: found.followed.has(author.id) },
    caption: post.caption,
    entities: post.entities,
    language: post.language,
    topics: post.topics,
    audience: post.audience,
    commentsFrom: post.commentsFrom,
    disclosure: post.disclosure,
    demo: post.demo,
    cues: post.cues,
    captionLanguages: post.captionLanguages,
    sound: soundOf(post, author, found),
    media: (post.assetId && found.media.get(post.assetId)) || null,
    counts: {
      views: counts?.views ?? 0,
      shares: counts?.shares ?? 0,
      comments: found.comments.get(post.id) ?? 0,
      likes: found.likes.get(post.id) ?? 0,
      madeWith: post.madeWith,
    },
    permissions: found.rules.permissionsOf(accountId, post, found.around),
    credit: creditOf(post, found),
    frame: post.frame && { ...post.frame, free: found.rules.partsOf(accountId, post, found.around).free },
    making: mine
      ? {
          allowed: post.allowed,
          template: post.templateId === post.id,
          tookBack: post.tookBack,
          takenBack: post.takenBack,
        }
      : null,
    liked: found.liked.has(post.id),
    mine,
    edited: post.edited,
    createdAt: post.createdAt,
    publishedAt: post.publishedAt,
    publishAt: mine ? post.publishAt : null,
  };
}

export const urlOf = (author: Person, { id }: Pick<Post, 'id'>) =>
  `/@${encodeURIComponent(author.handle)}/video/${encodeURIComponent(id)}`;

function creditOf({ credit }: Post, { around, people }: Hydration): Credit | null {
  if (!credit) return null;
  const origin = around.seen.has(credit.originId) ? around.known.get(credit.originId) : undefined;
  const author = origin && people.get(origin.authorId);
  const { kind, depth } = credit;
  if (!author) return { kind, depth, video: null };
  const { handle, displayName } = author;
  return { kind, depth, video: { id: origin.id, url: urlOf(author, origin), handle, displayName } };
}

function soundOf(post: Post, author: Person, found: Hydration): SoundCard | null {
  if (!post.soundId) return null;
  const row = found.sounds.get(post.soundId);
  if (row) return soundCard(row, found.people);
  // The projection follows the post within moments; its own sound it can tell by itself.
  return post.ownsSound
    ? {
        id: post.soundId,
        title: post.soundTitle,
        ownerHandle: author.handle,
        original: true,
        withdrawn: false,
      }
    : null;
}

function soundCard(row: SoundRow, people: ReadonlyMap<AccountId, Person>): SoundCard {
  return {
    id: row.id,
    title: row.title,
    ownerHandle: (row.ownerId && people.get(row.ownerId)?.handle) || null,
    original: row.original,
    withdrawn: row.withdrawn,
  };
}
