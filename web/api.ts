/**
 * The API as functions, one per operation of the contract, over `fetch`. A refusal becomes an `ApiProblem`
 * with the contract's code; no answer at all becomes an `ApiProblem` with code `offline`.
 * It knows no component, keeps nothing, and never retries: callers decide.
 */

import type { z } from 'zod';
import type { Handle, Me, ProfileChange, Session } from '../contract/accounts.ts';
import type { CaptionTrack } from '../contract/captions.ts';
import type { Comment, CommentPage, DeskComment, ReplyPage } from '../contract/comments.ts';
import type { Allowed, CreditKind } from '../contract/credits.ts';
import type {
  DemoState,
  FeedHealth,
  FeedLook,
  Instance,
  Overview,
  Tunable,
  TunableChange,
} from '../contract/desk.ts';
import type { AccountDraft, DraftMaterial, NewMaterial } from '../contract/drafts.ts';
import type { EditList } from '../contract/edit-list.ts';
import type { Problem, RefusalCode } from '../contract/errors.ts';
import type { Experiment, ExperimentResult, NewExperiment } from '../contract/experiments.ts';
import type { FeedNumber, FeedPage, OpenedFrom, SuggestedCreator } from '../contract/feeds.ts';
import type { Insights, VideoInsights } from '../contract/insights.ts';
import type { ChainEntry, Material } from '../contract/making.ts';
import type { DeskPack, Names, PackDeed, PackFacts, PackSticker, TodaysPacks } from '../contract/packs.ts';
import type { Playlist } from '../contract/playlists.ts';
import type { DraftRendering, RenderingState } from '../contract/rendering.ts';
import type { Sound, SoundChange, SoundDetail, UploadSound } from '../contract/sounds.ts';
import type { HeardSpeech } from '../contract/speech.ts';
import type { PersonSuggestion, TagSuggestion } from '../contract/suggestions.ts';
import type { Leaning, LeaningKind, Taste, TasteSettings } from '../contract/taste.ts';
import type { Topic } from '../contract/topics.ts';
import type { Upload } from '../contract/uploads.ts';
import type {
  CommentsFrom,
  Cue,
  NewVideo,
  Profile,
  Video,
  VideoChange,
  VideoList,
} from '../contract/videos.ts';

export type ProblemCode = RefusalCode | 'offline' | (string & {});

export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  constructor(
    code: ProblemCode,
    status: number,
    details: Record<string, unknown> = {},
    requestId: string | null = null,
  ) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.details = details;
    this.requestId = requestId;
  }
}

/** Not here, not for this viewer, or no possible id of ours: which of them, nobody is told. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiProblem && ['not_found', 'gone', 'invalid_input'].includes(error.code);
}

type Query = Record<string, string | number | boolean | undefined>;
type Call = { query?: Query; body?: unknown; bytes?: Blob; signal?: AbortSignal; keepalive?: boolean };
type Page = { cursor?: string; limit?: number };
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The one place that speaks HTTP. Exported for what lies outside the contract, such as `/api/auth/*`. */
export async function call<Reply>(method: Method, path: string, options: Call = {}): Promise<Reply> {
  const { body, bytes, signal, keepalive } = options;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (bytes) headers['content-type'] = bytes.type || 'application/octet-stream';
  else if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path + queryText(options.query), {
      method,
      headers,
      body: bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
      signal,
      keepalive,
      credentials: 'same-origin',
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiProblem('offline', 0);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as Reply;
  return (await response.json()) as Reply;
}

function queryText(query: Query = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return entries.length ? `?${new URLSearchParams(entries)}` : '';
}

async function problemOf(response: Response): Promise<ApiProblem> {
  // A proxy in between may answer in HTML; then the status alone says what is known.
  const document = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const code = document?.code ?? (response.status >= 500 ? 'not_ready' : 'invalid_input');
  return new ApiProblem(code, response.status, document?.details ?? {}, document?.requestId ?? null);
}

const part = encodeURIComponent;

export const api = {
  // who am I
  getSession: () => call<Session>('GET', '/api/session'),
  changeProfile: (body: ProfileChange) => call<Me>('PATCH', '/api/me', { body }),
  setBirthDate: (birthDate: string) => call<Me>('PUT', '/api/me/birth-date', { body: { birthDate } }),
  setAvatar: (bytes: Blob) => call<Me>('PUT', '/api/me/avatar', { bytes }),
  removeAvatar: () => call<Me>('DELETE', '/api/me/avatar'),
  checkHandle: (handle: z.infer<typeof Handle>, signal?: AbortSignal) =>
    call<{ handle: string; free: boolean; code: 'handle_taken' | 'handle_invalid' | null }>(
      'GET',
      `/api/handles/${part(handle)}`,
      { signal },
    ),
  deleteAccount: (password: string) => call<{ left: true }>('POST', '/api/me/delete', { body: { password } }),
  claimOperator: (token: string) => call<Me>('POST', '/api/operator/claim', { body: { token } }),

  // feeds
  forYou: (query: Page & { again?: boolean } = {}, signal?: AbortSignal) =>
    call<FeedPage>('GET', '/api/feeds/for-you', { query, signal }),
  following: (query: Page & { again?: boolean } = {}, signal?: AbortSignal) =>
    call<FeedPage>('GET', '/api/feeds/following', { query, signal }),

  feedNumbers: (signal?: AbortSignal) =>
    call<{ numbers: FeedNumber[] }>('GET', '/api/feeds/numbers', { signal }),
  rising: (signal?: AbortSignal) => call<{ videos: Video[] }>('GET', '/api/feeds/rising', { signal }),
  suggestedCreators: (signal?: AbortSignal) =>
    call<{ creators: SuggestedCreator[] }>('GET', '/api/creators/suggested', { signal }),
  openVideos: (body: { ids: string[]; from: OpenedFrom }) =>
    call<{ opened: { id: string; token: string }[] }>('POST', '/api/impressions', { body }),

  // my feed
  getTaste: () => call<Taste>('GET', '/api/taste'),
  changeTaste: (body: Partial<TasteSettings>) =>
    call<TasteSettings>('PATCH', '/api/taste/settings', { body }),
  lean: (kind: LeaningKind, key: string, level: number) =>
    call<Leaning>('PUT', `/api/taste/leanings/${kind}/${part(key)}`, { body: { level } }),
  resetTaste: () => call<void>('DELETE', '/api/taste'),

  // videos
  publishVideo: (body: z.input<typeof NewVideo>) => call<Video>('POST', '/api/videos', { body }),
  getVideo: (id: string, signal?: AbortSignal) => call<Video>('GET', `/api/videos/${part(id)}`, { signal }),
  changeVideo: (id: string, body: VideoChange) => call<Video>('PATCH', `/api/videos/${part(id)}`, { body }),
  scheduleVideo: (id: string, publishAt: string | null) =>
    call<Video>('PUT', `/api/videos/${part(id)}/schedule`, { body: { publishAt } }),
  publishNow: (id: string) => call<Video>('POST', `/api/videos/${part(id)}/publish`),
  replaceSound: (id: string, soundId: string) =>
    call<Video>('PUT', `/api/videos/${part(id)}/sound`, { body: { soundId } }),
  deleteVideo: (id: string) => call<void>('DELETE', `/api/videos/${part(id)}`),
  videoHistory: (id: string) =>
    call<{ edits: { at: string; before: VideoChange }[] }>('GET', `/api/videos/${part(id)}/history`),
  relatedVideos: (id: string, signal?: AbortSignal) =>
    call<{ videos: Video[] }>('GET', `/api/videos/${part(id)}/related`, { signal }),
  myVideos: (query: Page & { status?: string; words?: string } = {}, signal?: AbortSignal) =>
    call<VideoList>('GET', '/api/me/videos', { query, signal }),
  captionTrack: (id: string, language: string) =>
    call<CaptionTrack>('GET', `/api/videos/${part(id)}/captions/${part(language)}`),
  putCaptionTrack: (id: string, language: string, cues: readonly Cue[]) =>
    call<Video>('PUT', `/api/videos/${part(id)}/captions/${part(language)}`, { body: { cues } }),
  removeCaptionTrack: (id: string, language: string) =>
    call<Video>('DELETE', `/api/videos/${part(id)}/captions/${part(language)}`),
  likeVideo: (id: string) => call<{ liked: boolean; likes: number }>('PUT', `/api/videos/${part(id)}/like`),
  unlikeVideo: (id: string) =>
    call<{ liked: boolean; likes: number }>('DELETE', `/api/videos/${part(id)}/like`),

  // comments
  videoComments: (id: string, query: Page = {}) =>
    call<CommentPage>('GET', `/api/videos/${part(id)}/comments`, { query }),
  commentReplies: (id: string, query: Page = {}) =>
    call<ReplyPage>('GET', `/api/comments/${part(id)}/replies`, { query }),
  writeComment: (id: string, body: { key: string; text: string; replyTo: string | null }) =>
    call<{ comment: Comment; count: number }>('POST', `/api/videos/${part(id)}/comments`, { body }),
  deleteComment: (id: string) => call<{ count: number }>('DELETE', `/api/comments/${part(id)}`),
  deskComments: (query: Page = {}, signal?: AbortSignal) =>
    call<{ comments: DeskComment[]; next: string | null }>('GET', '/api/desk/comments', { query, signal }),
  getCommenting: (signal?: AbortSignal) =>
    call<{ commentsFrom: CommentsFrom }>('GET', '/api/me/commenting', { signal }),
  setCommenting: (commentsFrom: CommentsFrom, earlierToo: boolean) =>
    call<{ commentsFrom: CommentsFrom }>('PUT', '/api/me/commenting', { body: { commentsFrom, earlierToo } }),

  // videos made with others
  videoCredits: (id: string, signal?: AbortSignal) =>
    call<{ chain: ChainEntry[] }>('GET', `/api/videos/${part(id)}/credits`, { signal }),
  madeWithVideo: (id: string, query: Page & { kind?: CreditKind } = {}, signal?: AbortSignal) =>
    call<VideoList>('GET', `/api/videos/${part(id)}/made-with`, { query, signal }),
  videoMaterial: (id: string, kind: CreditKind, signal?: AbortSignal) =>
    call<Material>('GET', `/api/videos/${part(id)}/material`, { query: { kind }, signal }),
  getMaking: (signal?: AbortSignal) => call<Allowed>('GET', '/api/me/making', { signal }),
  setMaking: (allowed: Allowed, earlierToo: boolean) =>
    call<Allowed>('PUT', '/api/me/making', { body: { allowed, earlierToo } }),
  takeBack: (id: string) => call<void>('PUT', `/api/videos/${part(id)}/take-back`),
  giveBack: (id: string) => call<void>('DELETE', `/api/videos/${part(id)}/take-back`),

  // insights
  insights: (days: number, signal?: AbortSignal) =>
    call<Insights>('GET', '/api/me/insights', { query: { days }, signal }),
  videoInsights: (id: string, days: number, signal?: AbortSignal) =>
    call<VideoInsights>('GET', `/api/videos/${part(id)}/insights`, { query: { days }, signal }),

  // playlists and pins
  playlists: (handle: string, signal?: AbortSignal) =>
    call<{ playlists: Playlist[] }>('GET', `/api/people/${part(handle)}/playlists`, { signal }),
  playlist: (id: string, signal?: AbortSignal) =>
    call<{ playlist: Playlist; videos: Video[] }>('GET', `/api/playlists/${part(id)}`, { signal }),
  createPlaylist: (body: { key: string; title: string; ids: string[] }) =>
    call<Playlist>('POST', '/api/playlists', { body }),
  changePlaylist: (id: string, body: { title?: string; ids?: string[] }) =>
    call<{ playlist: Playlist; videos: Video[] }>('PATCH', `/api/playlists/${part(id)}`, { body }),
  addToPlaylist: (id: string, ids: readonly string[]) =>
    call<Playlist>('POST', `/api/playlists/${part(id)}/videos`, { body: { ids } }),
  deletePlaylist: (id: string) => call<void>('DELETE', `/api/playlists/${part(id)}`),
  pinnedVideos: (handle: string, signal?: AbortSignal) =>
    call<{ videos: Video[] }>('GET', `/api/people/${part(handle)}/pins`, { signal }),
  pinVideo: (id: string, on: boolean) =>
    call<{ pinned: boolean }>(on ? 'PUT' : 'DELETE', `/api/videos/${part(id)}/pin`),

  // people, tags, sounds
  getProfile: (handle: string, signal?: AbortSignal) =>
    call<Profile>('GET', `/api/people/${part(handle)}`, { signal }),
  profileVideos: (handle: string, query: Page = {}, signal?: AbortSignal) =>
    call<VideoList>('GET', `/api/people/${part(handle)}/videos`, { query, signal }),
  followPerson: (handle: string) =>
    call<{ followed: boolean; followers: number }>('PUT', `/api/people/${part(handle)}/follow`),
  unfollowPerson: (handle: string) =>
    call<{ followed: boolean; followers: number }>('DELETE', `/api/people/${part(handle)}/follow`),
  tagVideos: (tag: string, query: Page = {}, signal?: AbortSignal) =>
    call<VideoList>('GET', `/api/tags/${part(tag)}/videos`, { query, signal }),
  listSounds: (query: Query & Page, signal?: AbortSignal) =>
    call<{ sounds: Sound[]; next: string | null }>('GET', '/api/sounds', { query, signal }),
  favouriteSound: (id: string) => call<{ favourite: boolean }>('PUT', `/api/sounds/${part(id)}/favourite`),
  unfavouriteSound: (id: string) =>
    call<{ favourite: boolean }>('DELETE', `/api/sounds/${part(id)}/favourite`),
  changeSound: (id: string, body: SoundChange) =>
    call<SoundDetail>('PATCH', `/api/sounds/${part(id)}`, { body }),
  setSoundMarkets: (id: string, markets: readonly string[] | null) =>
    call<SoundDetail>('PUT', `/api/desk/sounds/${part(id)}/markets`, { body: { markets } }),
  withdrawSoundForRights: (id: string, reason: 'rights' | 'rules') =>
    call<SoundDetail>('PUT', `/api/desk/sounds/${part(id)}/withdrawal`, { body: { reason } }),
  askUploadSound: (id: string, signal?: AbortSignal) =>
    call<UploadSound>('PUT', `/api/uploads/${part(id)}/sound`, { signal }),
  withdrawSound: (id: string) => call<SoundDetail>('PUT', `/api/sounds/${part(id)}/withdrawal`),
  getSound: (id: string, signal?: AbortSignal) =>
    call<SoundDetail>('GET', `/api/sounds/${part(id)}`, { signal }),
  relatedToSound: (id: string, signal?: AbortSignal) =>
    call<{ videos: Video[] }>('GET', `/api/sounds/${part(id)}/related`, { signal }),
  soundVideos: (id: string, query: Page = {}, signal?: AbortSignal) =>
    call<VideoList>('GET', `/api/sounds/${part(id)}/videos`, { query, signal }),

  // while a caption is written
  suggestTags: (q: string, signal?: AbortSignal) =>
    call<{ tags: TagSuggestion[] }>('GET', '/api/suggestions/tags', { query: { q }, signal }),
  suggestPeople: (q: string, signal?: AbortSignal) =>
    call<{ people: PersonSuggestion[] }>('GET', '/api/suggestions/people', { query: { q }, signal }),
  suggestTopics: (body: { caption: string; language: string | null }, signal?: AbortSignal) =>
    call<{ topics: Topic[] }>('POST', '/api/suggestions/topics', { body, signal }),

  // uploads (the bytes go by tus-js-client to `/api/uploads`)
  listUploads: () => call<{ uploads: Upload[] }>('GET', '/api/me/uploads'),
  getUpload: (id: string, signal?: AbortSignal) =>
    call<Upload>('GET', `/api/uploads/${part(id)}`, { signal }),
  chooseCover: (id: string, atMs: number) =>
    call<Upload>('PUT', `/api/uploads/${part(id)}/cover`, { body: { atMs } }),
  askForCaptions: (id: string) => call<HeardSpeech>('POST', `/api/uploads/${part(id)}/captions`),
  suggestedCaptions: (id: string) => call<HeardSpeech>('GET', `/api/uploads/${part(id)}/captions`),
  discardUpload: (id: string) => call<void>('DELETE', `/api/me/uploads/${part(id)}`),

  // drafts on the account (their bytes are read from `streams.material`)
  listDrafts: (before: string | null = null, signal?: AbortSignal) =>
    call<{ drafts: AccountDraft[]; next: string | null }>('GET', '/api/drafts', {
      query: { before: before ?? undefined, limit: 100 },
      signal,
    }),
  getDraft: (id: string, signal?: AbortSignal) =>
    call<{ draft: AccountDraft; list: EditList; materials: DraftMaterial[] }>(
      'GET',
      `/api/drafts/${part(id)}`,
      { signal },
    ),
  putDraft: (
    id: string,
    body: { from: number; list: EditList; madeAt: string; changedAt: string; device: string | null },
    signal?: AbortSignal,
  ) => call<{ draft: AccountDraft; lacking: string[] }>('PUT', `/api/drafts/${part(id)}`, { body, signal }),
  removeDraft: (id: string, revision?: number) =>
    call<void>('DELETE', `/api/drafts/${part(id)}`, { query: { revision } }),
  announceMaterial: (id: string, take: string, body: NewMaterial, signal?: AbortSignal) =>
    call<DraftMaterial>('PUT', streams.material(id, take), { body, signal }),
  sendPart: (id: string, take: string, number: number, bytes: Blob, signal?: AbortSignal) =>
    call<void>('PUT', `${streams.material(id, take)}/parts/${number}`, { bytes, signal }),

  // videos that the server makes of drafts
  getRendering: () => call<{ state: RenderingState }>('GET', '/api/rendering'),
  myRenderings: () => call<{ renderings: DraftRendering[] }>('GET', '/api/me/renderings'),
  renderDraft: (id: string, revision: number) =>
    call<DraftRendering>('POST', `/api/drafts/${part(id)}/render`, { body: { revision } }),
  stopRendering: (id: string) => call<void>('DELETE', `/api/drafts/${part(id)}/render`),

  // sticker packs
  todaysPacks: () => call<TodaysPacks>('GET', '/api/packs/today'),
  packSticker: (key: string) => call<PackSticker>('GET', `/api/packs/stickers/${part(key)}`),

  // this server
  getInstance: (signal?: AbortSignal) => call<Instance>('GET', '/api/instance', { signal }),
  listTunables: () => call<{ tunables: Tunable[] }>('GET', '/api/desk/tunables'),
  setTunable: (name: string, value: number) =>
    call<Tunable>('PUT', `/api/desk/tunables/${part(name)}`, { body: { value } }),
  tunableChanges: (name: string) =>
    call<{ changes: TunableChange[] }>('GET', `/api/desk/tunables/${part(name)}/changes`),
  feedHealth: (query: { hours?: number; experiment?: string } = {}) =>
    call<FeedHealth>('GET', '/api/desk/feed-health', { query }),
  lookAtFeed: (query: { viewer?: string; languages?: string; likes?: string; limit?: number }) =>
    call<FeedLook>('GET', '/api/desk/feed-look', { query }),
  listExperiments: () => call<{ experiments: Experiment[] }>('GET', '/api/desk/experiments'),
  createExperiment: (body: NewExperiment) => call<Experiment>('POST', '/api/desk/experiments', { body }),
  startExperiment: (key: string) => call<Experiment>('POST', `/api/desk/experiments/${part(key)}/start`),
  stopExperiment: (key: string) => call<Experiment>('POST', `/api/desk/experiments/${part(key)}/stop`),
  discardExperiment: (key: string) => call<void>('DELETE', `/api/desk/experiments/${part(key)}`),
  experimentResult: (key: string) =>
    call<ExperimentResult>('GET', `/api/desk/experiments/${part(key)}/result`),
  listPacks: () => call<{ market: string | null; packs: DeskPack[] }>('GET', '/api/desk/packs'),
  setPackMarket: (market: string | null) =>
    call<{ market: string | null }>('PUT', '/api/desk/pack-market', { body: { market } }),
  putPack: (key: string, body: PackFacts) => call<DeskPack>('PUT', `/api/desk/packs/${part(key)}`, { body }),
  discardPack: (key: string) => call<void>('DELETE', `/api/desk/packs/${part(key)}`),
  putPackSticker: (key: string, name: string, body: { names: Names; svg: string }) =>
    call<{ pack: DeskPack; dropped: string[] }>(
      'PUT',
      `/api/desk/packs/${part(key)}/stickers/${part(name)}`,
      { body },
    ),
  removePackSticker: (key: string, name: string) =>
    call<void>('DELETE', `/api/desk/packs/${part(key)}/stickers/${part(name)}`),
  publishPack: (key: string) => call<DeskPack>('POST', `/api/desk/packs/${part(key)}/publish`),
  withdrawPack: (key: string) => call<DeskPack>('POST', `/api/desk/packs/${part(key)}/withdraw`),
  packDeeds: (key: string) => call<{ deeds: PackDeed[] }>('GET', `/api/desk/packs/${part(key)}/deeds`),
  getOverview: () => call<Overview>('GET', '/api/desk/overview'),
  removeDemo: () => call<DemoState>('DELETE', '/api/desk/demo'),
} as const;

/** Addresses for what is not JSON: EventSource streams and the tus door. */
export const streams = {
  tus: '/api/uploads',
  suggestedCaptions: (id: string) => `/api/uploads/${part(id)}/captions/events`,
  upload: (id: string) => `/api/uploads/${part(id)}/events`,
  material: (id: string, take: string) => `/api/drafts/${part(id)}/materials/${part(take)}`,
  rendering: (id: string) => `/api/drafts/${part(id)}/render/events`,
  video: (id: string) => `/api/videos/${part(id)}/events`,
  signals: '/api/signals',
} as const;
