import { Refusal } from '../../../contract/errors.ts';
import type { PostFacts } from '../../../contract/events.ts';
import type { VideoId } from '../../../contract/ids.ts';
import { isSame } from '../../../contract/json.ts';
import type { Audience, VideoChange } from '../../../contract/videos.ts';
import { mainLanguageOf } from './cues.rules.ts';
import type { VideoRow } from './posts.tables.ts';
import type { Ids, Post } from './posts.ts';

/** Pure: rows as the house sees them, cursors, and what an edit changes. */

/** What somebody took back is for its author alone, whatever it was meant for. */
const audienceOf = (row: VideoRow): Audience => (row.taken_back ? 'me' : row.audience);

/** Times may come as Postgres writes them in JSON. */
export function postOf(row: VideoRow, madeWith = 0, textsInside: string[] = []): Post {
  return {
    id: row.id,
    authorId: row.author_id,
    uploadId: row.upload_id,
    assetId: row.asset_id,
    status: row.status,
    refusal: row.refusal_code ? { code: row.refusal_code, details: row.refusal_details ?? {} } : null,
    caption: row.caption,
    entities: row.entities,
    tags: row.tags,
    language: row.language,
    topics: row.topics,
    audience: audienceOf(row),
    commentsFrom: row.comments_from,
    disclosure: { advertising: row.advertising, aiMade: row.ai_made },
    demo: row.demo,
    cues: row.cues,
    pictureTexts: row.picture_texts,
    textsInside,
    captionLanguages: row.cues ? [mainLanguageOf(row), ...row.caption_languages] : [],
    soundId: row.sound_id,
    ownsSound: row.owns_sound,
    soundTitle: row.sound_title,
    durationMs: row.duration_ms,
    edited: row.edited,
    allowed: {
      duet: row.allow_duet,
      stitch: row.allow_stitch,
      template: row.allow_template,
      download: row.allow_download,
    },
    credit:
      row.credit_kind && row.origin_id && row.root_id
        ? { kind: row.credit_kind, originId: row.origin_id, rootId: row.root_id, depth: row.credit_depth }
        : null,
    pictures: row.pictures,
    frame:
      row.frame_cells !== null && row.frame_cell !== null
        ? { cells: row.frame_cells, cell: row.frame_cell }
        : null,
    templateId: row.template_id,
    tookBack: row.took_back,
    takenBack: row.taken_back,
    madeWith,
    createdAt: new Date(row.created_at).toISOString(),
    publishedAt: row.published_at && new Date(row.published_at).toISOString(),
    publishAt: row.status === 'scheduled' && row.publish_at ? new Date(row.publish_at).toISOString() : null,
  };
}

/** Of a published video. */
export function factsOf(row: VideoRow): PostFacts {
  return {
    videoId: row.id,
    authorId: row.author_id,
    assetId: row.asset_id!,
    soundId: row.sound_id,
    ownsSound: row.owns_sound,
    soundTitle: row.sound_title,
    tags: row.tags,
    topics: row.topics,
    language: row.language,
    audience: audienceOf(row),
    durationMs: row.duration_ms!,
    publishedAt: row.published_at!.toISOString(),
    demo: row.demo,
  };
}

const width: Record<Audience, number> = { me: 0, followers: 1, everyone: 2 };

export const isWider = (one: Audience, other: Audience) => width[one] > width[other];

/** Is it listed and counted wherever everybody looks? */
export const isPublic = (row: VideoRow) =>
  row.status === 'published' && audienceOf(row) === 'everyone' && !row.deleted_at;

/** The earlier wording of what a change touches and really changes; null when it changes nothing. */
export function earlierWording(row: VideoRow, change: VideoChange): VideoChange | null {
  const post = postOf(row);
  const before: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(change)) {
    const was = post[field as keyof VideoChange];
    // By value: Postgres gives the members of an object back in its own order.
    if (!isSame(was, value)) before[field] = was;
  }
  return Object.keys(before).length > 0 ? (before as VideoChange) : null;
}

/** One more row than asked, to know whether there is a next page. */
export function paged(rows: { id: VideoId; at: Date }[], limit: number): Ids {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { ids: shown.map((row) => row.id), next: last && rows.length > limit ? cursorOf(last) : null };
}

/** A place in a list ordered by time and id. Opaque to clients; a faulty one is refused. */
export type Place = { at: Date; id: string };

export function cursorOf(place: Place): string {
  return Buffer.from(`${place.at.getTime().toString(36)}.${place.id}`).toString('base64url');
}

export function placeOf(cursor: string | null | undefined): Place | null {
  if (cursor === null || cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, time, id] = /^([0-9a-z]{1,10})\.([A-Za-z0-9_-]{8,40})$/.exec(text) ?? [];
  if (!time || !id) throw new Refusal('cursor_invalid');
  return { at: new Date(Number.parseInt(time, 36)), id };
}
