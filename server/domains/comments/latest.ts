import type { DeskComment } from '../../../contract/comments.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { nextOf, placeOf, presentComment } from './comments.rules.ts';
import { findLatest } from './comments.store.ts';
import type { CommentsDeps } from './comments.ts';

/** A page of all comments, newest first. Under a video that the caller may not see there is nothing for them, either. */
export async function latestComments(
  deps: Pick<CommentsDeps, 'database' | 'accounts' | 'posts' | 'visibility'>,
  caller: Caller,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ comments: DeskComment[]; next: string | null }> {
  const rows = await findLatest(deps.database, placeOf(cursor), limit);
  const page = rows.slice(0, limit);
  const known = await deps.posts.posts([...new Set(page.map((row) => row.video_id))]);
  const [seen, people] = await Promise.all([
    deps.visibility.mayBeSeen(caller, [...known.values()]),
    deps.accounts.people([
      ...new Set([...page.map((row) => row.author_id), ...[...known.values()].map((post) => post.authorId)]),
    ]),
  ]);
  const comments = page.flatMap((row): DeskComment[] => {
    const post = seen.has(row.video_id) ? known.get(row.video_id) : undefined;
    const author = people.get(row.author_id);
    const creator = post && people.get(post.authorId);
    if (!post || !author || !creator) return [];
    const video = { id: post.id, handle: creator.handle, caption: post.caption };
    return [{ ...presentComment(caller, post, row, author), video }];
  });
  return { comments, next: nextOf(page, rows.length > limit) };
}
