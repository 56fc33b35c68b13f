import type { Allowed, NewCredit } from '../../../contract/credits.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Audience } from '../../../contract/videos.ts';
import { isWider } from './posts.rules.ts';
import type { VideoRow } from './posts.tables.ts';
import type { Around, MakingRules, Post } from './posts.ts';

/** Pure: what a new video inherits from the one it is made with, and what it is refused. */

/** A picture in a picture, so many times: there is nothing left to be seen of the first. */
export const mostPictures = 32;

export const closed: Allowed = { duet: false, stitch: false, template: false, download: false };

/**
 * What others may make with a video for these people. What its author said of all videos was said of public ones: a
 * video for fewer allows only what it was told itself.
 */
export function allowedFor(audience: Audience, asked: Partial<Allowed>, defaults: Allowed): Allowed {
  return { ...(audience === 'everyone' ? defaults : closed), ...asked };
}

export const allowedColumns = (allowed: Allowed) => ({
  allow_duet: allowed.duet,
  allow_stitch: allowed.stitch,
  allow_template: allowed.template,
  allow_download: allowed.download,
});

/** Every other post that decides on what may be made with this one. */
export function idsAround(post: Pick<Post, 'id' | 'credit' | 'pictures' | 'templateId'>): VideoId[] {
  const ids = new Set(post.pictures);
  if (post.credit) ids.add(post.credit.originId);
  if (post.templateId) ids.add(post.templateId);
  ids.delete(post.id);
  return [...ids];
}

export type CreditColumns = Pick<
  VideoRow,
  | 'credit_kind'
  | 'origin_id'
  | 'root_id'
  | 'credit_depth'
  | 'pictures'
  | 'frame_cells'
  | 'frame_cell'
  | 'template_id'
>;

export const noCredit: CreditColumns = {
  credit_kind: null,
  origin_id: null,
  root_id: null,
  credit_depth: 0,
  pictures: [],
  frame_cells: null,
  frame_cell: null,
  template_id: null,
};

const invalid = (path: string, message: string) =>
  new Refusal('invalid_input', { where: 'body', faults: [{ path, message }] });

/** Throws Refusal. `origin` null: there is none that the maker may see, or the credit begins a frame. */
export function inherit(
  asked: { accountId: AccountId; credit: NewCredit; audience: Audience },
  origin: Post | null,
  around: Around,
  rules: MakingRules,
): CreditColumns {
  const { accountId, credit, audience } = asked;
  const { kind } = credit;
  if (credit.kind === 'frame' && credit.cell >= credit.cells)
    throw invalid('credit.cell', 'is outside of the frame');
  if (credit.kind === 'frame' && credit.videoId === null) {
    if (credit.shows.length > 0) throw invalid('credit.shows', 'must be empty where a frame begins');
    return { ...noCredit, frame_cells: credit.cells, frame_cell: credit.cell };
  }
  if (!origin) throw new Refusal('origin_gone', { videoId: credit.videoId });
  if (origin.status !== 'published') throw new Refusal('video_not_ready', { videoId: origin.id });
  const made: CreditColumns = {
    ...noCredit,
    credit_kind: kind,
    origin_id: origin.id,
    root_id: origin.credit?.rootId ?? origin.id,
    credit_depth: (origin.credit?.depth ?? 0) + 1,
  };
  if (credit.kind === 'frame') Object.assign(made, joined(accountId, credit, origin, around, rules));
  else {
    if (!rules.permissionsOf(accountId, origin, around)[credit.kind])
      throw new Refusal('making_not_allowed', { kind, videoId: origin.id });
    if (kind === 'template') made.template_id = origin.templateId;
    else made.pictures = [...origin.pictures, origin.id];
  }
  if (made.pictures.length > mostPictures)
    throw new Refusal('making_not_allowed', { kind, videoId: origin.id, reason: 'too_deep' });

  const sources = [origin.id, ...made.pictures, ...(made.template_id ? [made.template_id] : [])];
  const most = widest(
    accountId,
    sources.flatMap((id) => around.known.get(id) ?? []),
  );
  if (isWider(audience, most)) throw new Refusal('audience_too_wide', { most });
  return made;
}

/** One more cell. Who left since the others were put together is still in the picture, so it has to be made again. */
function joined(
  accountId: AccountId,
  credit: NewCredit & { kind: 'frame' },
  origin: Post,
  around: Around,
  rules: MakingRules,
): Partial<CreditColumns> {
  const { open, parts } = rules.partsOf(accountId, origin, around);
  if (!open) throw new Refusal('making_not_allowed', { kind: 'frame', videoId: origin.id });
  if (credit.cells !== origin.frame!.cells) throw invalid('credit.cells', 'is not the grid of this frame');
  const may = new Map(parts.map((one) => [one.id, one]));
  const pictures = [...new Set([...credit.shows, origin.id])];
  for (const id of pictures) {
    if (id !== origin.id && !origin.pictures.includes(id))
      throw invalid('credit.shows', 'names a video that is no part of this frame');
    if (!may.has(id)) throw new Refusal('making_not_allowed', { kind: 'frame', videoId: id });
  }
  if (pictures.some((id) => may.get(id)!.frame!.cell === credit.cell))
    throw new Refusal('cell_taken', { cell: credit.cell });
  return { pictures, frame_cells: credit.cells, frame_cell: credit.cell };
}

/** For whom a video may be at most that is made of these; one's own close nothing. */
export function widest(
  accountId: AccountId,
  sources: readonly Pick<Post, 'authorId' | 'audience'>[],
): Audience {
  return sources
    .filter((one) => one.authorId !== accountId)
    .reduce<Audience>((most, { audience }) => (isWider(most, audience) ? audience : most), 'everyone');
}
