import { frameGrid, stitchMs } from '../../../contract/credits.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId } from '../../../contract/ids.ts';
import { type MaterialSource, madeWithVideo, videoCredits, videoMaterial } from '../../../contract/making.ts';
import type { Rendition } from '../../../contract/videos.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Post } from '../posts/posts.ts';
import type { Feed, FeedDeps } from './feed.ts';
import { lookAround, urlOf } from './hydration.ts';
import { listVideos, readVisible } from './lists.ts';

/** A longer chain than anybody reads; its origin is told all the same. */
const chainMost = 100;
/** What a phone decodes beside its own camera. */
const materialRung = 720;

/** Videos made with others: where one comes from, what was made with it, and what is needed to make one more. */
export function makingHttp(deps: FeedDeps, feed: Pick<Feed, 'seeVideo'>): Handled[] {
  const { accounts, media, posts, sounds, visibility } = deps;
  return [
    handle(videoCredits, async ({ caller, params }) => {
      if (!(await feed.seeVideo(caller, params.id))) throw new Refusal('not_found');
      const links = (await posts.chain(params.id, chainMost)).reverse();
      const visible = await readVisible(
        deps,
        caller,
        links.map((link) => link.id),
      );
      const [people, assets] = await Promise.all([
        accounts.people([...new Set(visible.map((post) => post.authorId))]),
        media.assets(visible.flatMap((post) => post.assetId ?? [])),
      ]);
      const known = new Map(visible.map((post) => [post.id, post]));
      const chain = links.map(({ id, kind, depth }) => {
        const post = known.get(id);
        const author = post && people.get(post.authorId);
        if (!author) return { kind, depth, video: null };
        const { handle: name, displayName, avatarUrl } = author;
        const video = {
          id,
          url: urlOf(author, post),
          handle: name,
          displayName,
          avatarUrl,
          caption: post.caption,
          posterUrl: (post.assetId && assets.get(post.assetId)?.posterUrl) ?? null,
          publishedAt: post.publishedAt,
        };
        return { kind, depth, video };
      });
      return { chain };
    }),
    handle(madeWithVideo, async ({ caller, params, query }) => {
      if (!(await feed.seeVideo(caller, params.id))) throw new Refusal('not_found');
      return listVideos(deps, caller, query, (cursor, limit) =>
        posts.madeWith(params.id, { cursor, limit, kind: query.kind ?? null }),
      );
    }),
    handle(videoMaterial, async (call) => {
      const { caller, params } = call;
      const { kind } = call.query;
      const accountId = accountOf(call);
      const [post] = await readVisible(deps, caller, [params.id]);
      if (!post) throw new Refusal('not_found');
      if (post.status === 'processing') throw new Refusal('video_not_ready');
      const around = await lookAround(deps, caller, [post]);
      if (!visibility.permissionsOf(accountId, post, around)[kind])
        throw new Refusal('making_not_allowed', { kind });
      const { parts, free } = visibility.partsOf(accountId, post, around);
      const holder =
        kind === 'template' && post.templateId !== post.id ? around.known.get(post.templateId!) : post;
      const named = kind === 'frame' ? parts : [post];
      const sources = await sourcesOf(deps, named, holder ? [holder.authorId] : []);
      const source = sources.of(post);
      const list = kind === 'template' ? await posts.template(post.templateId!) : null;
      if (!source || (kind === 'template' && !list)) throw new Refusal('not_found');
      const usable = post.soundId !== null && (await sounds.usable(post.soundId, accountId));
      return {
        kind,
        source,
        mostMs: kind === 'stitch' ? stitchMs : null,
        soundId: usable ? post.soundId : null,
        template: list && { videoId: holder!.id, handle: sources.handleOf(holder!.authorId) ?? '', list },
        frame:
          kind === 'frame'
            ? {
                cells: post.frame!.cells,
                free,
                parts: parts.flatMap((part) => {
                  const found = sources.of(part);
                  const { cells, cell } = part.frame!;
                  return found ? [{ cell, source: found, area: frameGrid(cells)[cell]! }] : [];
                }),
              }
            : null,
      };
    }),
  ];
}

/** Posts as files that a studio can read, and their makers' names; one question for all. */
async function sourcesOf(
  { accounts, media }: FeedDeps,
  found: readonly Post[],
  others: readonly AccountId[],
): Promise<{ of(post: Post): MaterialSource | null; handleOf(id: AccountId): string | null }> {
  const [people, assets] = await Promise.all([
    accounts.people([...new Set([...found.map((post) => post.authorId), ...others])]),
    media.assets(found.flatMap((post) => post.assetId ?? [])),
  ]);
  const handleOf = (id: AccountId) => people.get(id)?.handle ?? null;
  return {
    handleOf,
    of(post) {
      const asset = post.assetId && assets.get(post.assetId);
      const name = handleOf(post.authorId);
      const rendition = asset && bestOf(asset.renditions);
      if (!name || !rendition) return null;
      const { durationMs, hasSound, posterUrl } = asset;
      const { url, width, height } = rendition;
      return { videoId: post.id, handle: name, url, posterUrl, durationMs, width, height, hasSound };
    },
  };
}

/** Every browser decodes H.264; of those the largest that is not too large, or the smallest there is. */
function bestOf(renditions: readonly Rendition[]): Rendition | undefined {
  const plain = renditions.filter(({ codec }) => codec === 'h264').sort((a, b) => b.rung - a.rung);
  return plain.find(({ rung }) => rung <= materialRung) ?? plain.at(-1);
}
