/**
 * Every expected refusal has a code here, with its HTTP status and an English title (RFC 9457).
 * The web translates codes; `details` carries the facts a translated sentence needs.
 */
export const refusals = {
  invalid_input: [400, 'The request does not have the right form'],
  not_signed_in: [401, 'Sign in first'],
  not_allowed: [403, 'You may not do this'],
  cross_site: [403, 'The request came from another site'],
  not_found: [404, 'There is no such thing, or you may not see it'],
  method_not_allowed: [405, 'This address does not take that method'],
  conflict: [409, 'Something changed in the meantime'],
  gone: [410, 'This is no longer here'],
  too_large: [413, 'The body is too large'],
  unknown_host: [421, 'This server does not answer for that host name'],
  too_many_requests: [429, 'Too many requests, try again later'],
  internal: [500, 'Something broke on our side'],
  not_ready: [503, 'The server is starting or stopping'],
  disk_full: [507, 'There is no room left on the server'],
  // accounts
  handle_taken: [409, 'This handle, or one that looks like it, is taken'],
  handle_invalid: [422, 'A handle has 2 to 30 letters, digits, dots or underscores of one script'],
  birth_date_already_set: [409, 'The date of birth can be given only once'],
  birth_date_invalid: [422, 'This is not a possible date of birth'],
  claim_invalid: [403, 'This operator link is used up or wrong'],
  password_wrong: [403, 'This is not the password of this account'],
  operator_stays: [409, 'Who operates this server cannot leave it'],
  picture_invalid: [422, 'This picture cannot be read'],
  // uploads and media
  not_a_video: [422, 'This file is not a video'],
  no_picture: [422, 'This file has sound but no picture'],
  broken_file: [422, 'This file is damaged and cannot be read to its end'],
  empty_file: [422, 'This file is empty'],
  too_long: [422, 'This video is longer than this server takes'],
  too_short: [422, 'This video is too short'],
  too_large_picture: [422, 'The picture has more pixels than this server takes'],
  too_many_streams: [422, 'This file has too many tracks'],
  codec_not_supported: [422, 'This kind of video coding is not supported'],
  frame_rate_too_high: [422, 'This video has too many frames a second'],
  engine_timeout: [422, 'Reading this file took too long'],
  engine_out_of_memory: [422, 'Reading this file took too much memory'],
  upload_not_finished: [409, 'The upload is not finished yet'],
  upload_already_used: [409, 'This upload is already a video'],
  // videos
  caption_too_long: [422, 'A caption has at most 2,200 characters'],
  speech_off: [409, 'This server has no model to hear speech with'],
  captions_too_many: [422, 'A video has captions in at most 20 languages'],
  sound_not_usable: [422, 'This sound cannot be used'],
  schedule_out_of_range: [422, 'A video can go out from one minute to 60 days ahead'],
  already_published: [409, 'This video is out already'],
  // videos made with others
  making_not_allowed: [403, 'Its creator does not allow this'],
  origin_gone: [409, 'The video this is made with is deleted or not for you'],
  video_not_ready: [409, 'This video is still being prepared'],
  audience_too_wide: [422, 'It may not be for more people than the video it is made with'],
  cell_taken: [409, 'This cell of the frame is taken'],
  template_invalid: [422, 'This edit list cannot be a template'],
  taken_back: [409, 'The creator of the original took it back'],
  // playlists and pins
  playlists_full: [409, 'There are as many playlists as one may have'],
  playlist_full: [409, 'This playlist holds as many videos as one may'],
  pins_full: [409, 'Three videos are pinned already'],
  // comments
  comment_invalid: [422, 'A comment has 1 to 500 characters'],
  comments_closed: [403, 'The creator decides who may comment here'],
  comment_gone: [409, 'The comment that this answers is deleted'],
  // feeds and signals
  cursor_invalid: [400, 'This feed cursor is unknown'],
  tunable_out_of_range: [422, 'This value is outside the range of the tunable'],
  experiment_key_taken: [409, 'There is an experiment of this key already'],
  experiment_invalid: [422, 'This experiment cannot be carried out'],
  experiment_overlaps: [409, 'A running experiment turns the same tunable'],
  // sticker packs
  svg_invalid: [422, 'This drawing cannot be used as a sticker'],
  sticker_key_taken: [409, 'Another drawing has, or had, this name'],
  pack_full: [422, 'There is no room for more'],
  pack_empty: [409, 'A pack without stickers is not published'],
  pack_invalid: [422, 'This pack cannot be'],
  // drafts on the account
  draft_invalid: [422, 'This edit list cannot be kept'],
  draft_moved_on: [409, 'The draft on the account was changed elsewhere'],
  drafts_full: [409, 'There are as many drafts on the account as one may have'],
  drafts_no_room: [409, 'There is no room left for drafts on this account'],
  material_differs: [409, 'There is another material of this name'],
  part_wrong: [422, 'These bytes are not the part that was announced'],
  // videos made by the server
  rendering_off: [409, 'This server does not make videos of drafts'],
  rendering_full: [409, 'As many videos are being made as may be'],
  draft_incomplete: [409, 'Not all that this draft needs is here'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type RefusalCode = keyof typeof refusals;

/** An expected "no". Rules return it, doors throw it, one place at the HTTP edge turns it into a problem document. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: RefusalCode, details: Record<string, unknown> = {}) {
    super(refusals[code][1]);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** RFC 9457 problem document, `application/problem+json`. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: RefusalCode;
  requestId?: string;
  details?: Record<string, unknown>;
};
