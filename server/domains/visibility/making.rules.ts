import type { Allowed, Permissions } from '../../../contract/credits.ts';
import type { AccountId } from '../../../contract/ids.ts';
import type { Around, Post } from '../posts/posts.ts';

/** Pure: what a viewer may do with a video beyond watching it, and with what else it shows. */

type Deed = keyof Allowed;

/** With the picture, or the list, that this one brought itself. Authors may do everything with their own. */
function maySelf(accountId: AccountId | null, post: Post, deed: Deed): boolean {
  if (post.status !== 'published' || post.assetId === null) return false;
  return post.authorId === accountId || (post.allowed[deed] && !post.tookBack);
}

function mayOther(
  accountId: AccountId | null,
  post: Post | undefined,
  deed: Deed,
  { seen }: Around,
): boolean {
  return post !== undefined && seen.has(post.id) && maySelf(accountId, post, deed);
}

/**
 * The viewer sees this post. A picture in a picture needs the yes of everybody who is seen in it, at this moment: one
 * who deleted, closed or took back their video ends what is made of it at every depth.
 */
export function permissionsOf(accountId: AccountId | null, post: Post, around: Around): Permissions {
  const may = (deed: Deed) => !post.takenBack && maySelf(accountId, post, deed);
  const all = (deed: Deed) =>
    may(deed) && post.pictures.every((id) => mayOther(accountId, around.known.get(id), deed, around));
  const { open, free } = partsOf(accountId, post, around);
  return {
    duet: all('duet'),
    stitch: all('stitch'),
    download: all('download'),
    template: mayFill(accountId, post, around),
    frame: open && free.length > 0,
  };
}

function mayFill(accountId: AccountId | null, post: Post, around: Around): boolean {
  if (post.templateId === null || post.takenBack || post.status !== 'published') return false;
  if (post.templateId === post.id) return maySelf(accountId, post, 'template');
  return mayOther(accountId, around.known.get(post.templateId), 'template', around);
}

/**
 * Who is seen when one more person joins this frame, and the cells that are left then. Those who do not want that
 * drop out: each person's cell is put in from their own video, so that one can leave without ending the frame.
 */
export function partsOf(
  accountId: AccountId | null,
  post: Post,
  around: Around,
): { open: boolean; parts: Post[]; free: number[] } {
  if (!post.frame) return { open: false, parts: [], free: [] };
  const { cells } = post.frame;
  const others = post.pictures.flatMap((id) => {
    const one = around.known.get(id);
    return one?.frame?.cells === cells && mayOther(accountId, one, 'duet', around) ? [one] : [];
  });
  const parts = [...others, post];
  const taken = new Set(parts.map((one) => one.frame!.cell));
  const free = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => !taken.has(cell));
  return { open: !post.takenBack && maySelf(accountId, post, 'duet'), parts, free };
}
