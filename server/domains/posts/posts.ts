import type { Allowed, CreditKind, Permissions } from '../../../contract/credits.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, AssetId, SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import type {
  Audience,
  CaptionEntity,
  CommentsFrom,
  Cue,
  NewVideo,
  Video,
  VideoChange,
  VideoStatus,
} from '../../../contract/videos.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Caller, Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { Media } from '../media/media.ts';
import { canonicalTag, cleanPictureTexts } from './caption.rules.ts';
import { captionsHttp } from './captions.http.ts';
import { createCaptions } from './captions.ts';
import { createChanging, createReading, own } from './changing.ts';
import { commentingHttp } from './commenting.http.ts';
import { commentColumns, createCommenting } from './commenting.ts';
import { creditsHttp } from './credits.http.ts';
import { hearTakeBacks } from './credits.jobs.ts';
import { allowedColumns, allowedFor, type CreditColumns } from './credits.rules.ts';
import { creditsStore } from './credits.store.ts';
import { type Credits, createCredits } from './credits.ts';
import { checkCues } from './cues.rules.ts';
import { createLanguageTeller } from './language.ts';
import { hearNews } from './posts.events.ts';
import { postsHttp } from './posts.http.ts';
import { cursorOf, factsOf } from './posts.rules.ts';
import { postsStore } from './posts.store.ts';
import type { VideoRow } from './posts.tables.ts';
import { createPublishing, topicOf } from './publishing.ts';
import { timeToGoOut } from './schedule.rules.ts';
import { createScheduling } from './schedule.ts';
import { tagsHttp } from './tags.http.ts';
import { tagsStore } from './tags.store.ts';
import { templateOf } from './templates.rules.ts';

/**
 * The published thing: caption, entities, audience, sound, and the way from draft, schedule and processing to `published`
 * or `refused`.
 * Knows no viewer's rights (visibility), no files (media), no numbers (signals, social).
 */
export type Posts = {
  /** Again by the same author with the same upload: the same video, unchanged. Throws Refusal. */
  publish(
    accountId: AccountId,
    video: ToPublish,
    extra?: { demo?: boolean; publishedAt?: Date },
  ): Promise<VideoId>;
  /** Only the author; others get not_found. */
  change(accountId: AccountId, id: VideoId, change: VideoChange): Promise<void>;
  /**
   * A video that is not out yet goes out at this time, within 60 days; null: it is kept back as a draft. The same again:
   * the same answer. Throws not_found, schedule_out_of_range, already_published, conflict, sound_not_usable.
   */
  schedule(accountId: AccountId, id: VideoId, publishAt: string | null): Promise<void>;
  /** Of what is out already: nothing happens. Throws not_found, sound_not_usable. */
  publishNow(accountId: AccountId, id: VideoId): Promise<void>;
  /** `accountId` null: the house itself deletes. Idempotent; a stranger's try is not_found. */
  remove(accountId: AccountId | null, id: VideoId): Promise<void>;
  /**
   * A video whose sound may not be heard any more, or that has none, gets this one under the whole of it. Again: the same
   * answer. Throws not_found, sound_not_usable, conflict (it has a sound).
   */
  replaceSound(accountId: AccountId, id: VideoId, soundId: SoundId): Promise<void>;
  /** It was recognised that the sound of a video is another one, known before. Nothing happens when it has not `from`. */
  setSound(id: VideoId, sounds: { from: SoundId; to: SoundId }): Promise<void>;
  /** Words as captions are kept: cleaned, with their hashtags and the mentions of people who exist. Throws caption_too_long. */
  read(text: string): Promise<{ text: string; entities: CaptionEntity[]; tags: string[] }>;
  history(accountId: AccountId, id: VideoId): Promise<{ at: string; before: VideoChange }[]>;
  /** Deleted videos are not in the map. One query. */
  posts(ids: readonly VideoId[]): Promise<Map<VideoId, Post>>;
  /** Keyset pages, newest first. */
  /** `words`: only such with this text in their caption, in any case of letters. */
  byAuthor(
    id: AccountId,
    page: Page & { statuses: readonly VideoStatus[]; words?: string | undefined },
  ): Promise<Ids>;
  /** Published for everyone, only. */
  byTag(tag: string, page: Page): Promise<Ids>;
  bySound(id: SoundId, page: Page): Promise<Ids>;
  /** Published, not for their authors alone; `before` is a `next` of the page before. */
  newestBy(authorIds: readonly AccountId[], page: { before?: string | null; limit: number }): Promise<Ids>;
  /** Published videos of an author. */
  count(authorId: AccountId): Promise<number>;
  /** Every published video, oldest first: to rebuild a projection. */
  publishedAfter(cursor: string | null, limit: number): Promise<{ facts: PostFacts[]; next: string | null }>;
  removeDemo(): Promise<void>;
  /** What became due while nobody worked goes out. */
  start(): Promise<void>;
  http: Handled[];
} & Pick<Credits, 'chain' | 'madeWith' | 'template'>;

/** What not every video has may be left out. */
type MadeWith = 'credit' | 'allowed' | 'template' | 'replaceSound' | 'commentsFrom' | 'pictureTexts';
export type ToPublish = Omit<NewVideo, MadeWith> & Partial<Pick<NewVideo, MadeWith>>;

export type Page = { cursor?: string | null; limit: number };
export type Ids = { ids: VideoId[]; next: string | null };

export type Post = {
  id: VideoId;
  authorId: AccountId;
  uploadId: UploadId;
  assetId: AssetId | null;
  status: VideoStatus;
  refusal: { code: string; details: Record<string, unknown> } | null;
  caption: string;
  entities: CaptionEntity[];
  tags: string[];
  language: string | null;
  topics: string[];
  audience: Audience;
  commentsFrom: CommentsFrom;
  disclosure: { advertising: boolean; aiMade: boolean };
  demo: boolean;
  cues: Cue[] | null;
  /** Drawn into the picture. */
  pictureTexts: string[];
  /** Said in captions in other languages, and said or drawn in the videos whose picture it shows; of each the beginning. */
  textsInside: string[];
  /** The first is that of `cues`. */
  captionLanguages: string[];
  soundId: SoundId | null;
  ownsSound: boolean;
  soundTitle: string | null;
  durationMs: number | null;
  edited: boolean;
  /** What its author lets others make with it. */
  allowed: Allowed;
  /** The video before, whoever may see it, deleted or not; `depth` of them to the origin, `rootId`. */
  credit: { kind: CreditKind; originId: VideoId; rootId: VideoId; depth: number } | null;
  /** Other videos whose picture it shows, at any depth. */
  pictures: VideoId[];
  /** A frame of so many cells, its author in this one. */
  frame: { cells: number; cell: number } | null;
  /** The video whose edit list it fills, or itself when it brought one. */
  templateId: VideoId | null;
  /** Its author wants what shows its picture out of sight. */
  tookBack: boolean;
  /** Somebody whose picture it shows wants that: `audience` is `me`, until they do not any more. */
  takenBack: boolean;
  /** Public videos made with it. */
  madeWith: number;
  createdAt: string;
  publishedAt: string | null;
  /** While it is scheduled. */
  publishAt: string | null;
};

/** The posts that decide on what may be made with one, and which of them somebody may see. */
export type Around = { known: ReadonlyMap<VideoId, Post>; seen: ReadonlySet<VideoId> };
export type MakingRules = {
  permissionsOf(accountId: AccountId | null, post: Post, around: Around): Permissions;
  /** Of a frame: may it be joined, who is seen in it then, and which cells are left. */
  partsOf(
    accountId: AccountId | null,
    post: Post,
    around: Around,
  ): { open: boolean; parts: Post[]; free: number[] };
};

export type PostsPorts = MakingRules & {
  maySee(accountId: AccountId, posts: readonly Post[]): Promise<Set<VideoId>>;
  /** Handles without @, as written; returns those that are people. */
  mentionTargets(handles: readonly string[]): Promise<Map<string, AccountId>>;
  soundUsable(id: SoundId, accountId: AccountId): Promise<boolean>;
  /** The video as this caller sees it. */
  present(caller: Caller, id: VideoId): Promise<Video>;
};

export type PostsDeps = PostsPorts & {
  database: Database;
  outbox: Outbox;
  bus: Bus;
  clock: Clock;
  log: Log;
  media: Media;
  jobs: Jobs;
};

export function createPosts(deps: PostsDeps): Posts {
  const { outbox, bus, clock, media } = deps;
  const now = () => new Date(clock.now());
  const store = postsStore(deps.database);
  const tags = tagsStore(deps.database);
  const captions = createCaptions({ database: deps.database, store, outbox, now });
  const languages = createLanguageTeller(deps.log);
  const kept = creditsStore(deps.database);
  const credits = createCredits({ ...deps, posts: store, store: kept });
  const publishing = createPublishing({ store, tags, credits, outbox, bus, media, now });
  const words = createReading(deps.mentionTargets);
  const scheduling = createScheduling({
    ...{ database: deps.database, store, credits, publishing, jobs: deps.jobs, bus, now },
    soundUsable: async ({ sound_id: id, owns_sound: owned, author_id: author }) =>
      id === null || owned || deps.soundUsable(id, author),
  });
  const changing = createChanging({
    ...{ store, tags, captions, credits, publishing, languages, now, outbox, bus, media },
    ...{ read: words, soundUsable: deps.soundUsable },
  });
  const executor = deps.database.of<unknown>();
  hearTakeBacks({ outbox, jobs: deps.jobs, executor, obey: publishing.obeyTakeBack });
  const commenting = createCommenting(deps.database);
  hearNews(outbox, publishing, {
    ...{ credits: kept, commenting },
    async removeAll(author) {
      for (
        let found = await store.idsOf(author, 100);
        found.length > 0;
        found = await store.idsOf(author, 100)
      )
        for (const { id } of found) await posts.remove(null, id);
    },
  });

  const publishedBefore = async (accountId: AccountId, uploadId: UploadId): Promise<VideoId | null> => {
    const row = await store.byUpload(uploadId);
    if (!row) return null;
    if (row.author_id !== accountId || row.deleted_at) throw new Refusal('upload_already_used');
    return row.id;
  };

  const posts: Omit<Posts, 'http'> = {
    async publish(accountId, video, extra = {}) {
      const before = await publishedBefore(accountId, video.uploadId);
      if (before) return before;
      const said = await words(video.caption);
      const upload = await media.uploadFacts(video.uploadId);
      const cues = checkCues(video.cues, upload?.facts?.durationMs ?? null);
      if (video.soundId && !(await deps.soundUsable(video.soundId, accountId))) {
        throw new Refusal('sound_not_usable', { soundId: video.soundId });
      }
      const language = video.language ?? (await languages.tell(said.caption));
      const { audience, credit = null } = video;
      const template = video.template ? templateOf(video.template) : null;
      const allowed = allowedFor(audience, video.allowed ?? {}, await credits.defaults(accountId));
      const looked = await credits.look(accountId, credit);
      const publishAt = video.publishAt ? timeToGoOut(video.publishAt, now()) : null;
      const id = newId<VideoId>();
      const bare: Omit<VideoRow, keyof CreditColumns> = {
        id,
        author_id: accountId,
        upload_id: video.uploadId,
        asset_id: null,
        status: publishAt ? 'scheduled' : 'processing',
        refusal_code: null,
        refusal_details: null,
        caption: said.caption,
        entities: said.entities,
        tags: said.tags,
        language,
        language_given: video.language !== null,
        topics: [...new Set(video.topics)],
        audience: video.audience,
        ...commentColumns(video.commentsFrom ?? (await commenting.whoMay(accountId))),
        advertising: video.disclosure.advertising,
        ai_made: video.disclosure.aiMade,
        demo: extra.demo ?? false,
        cues,
        cues_language: cues && (await languages.tell(cues.map((cue) => cue.text).join(' '))),
        caption_languages: [],
        picture_texts: cleanPictureTexts(video.pictureTexts ?? []),
        sound_id: video.soundId,
        owns_sound: false,
        sound_title: video.soundTitle?.normalize('NFC').trim() || null,
        duration_ms: null,
        edited: false,
        renew_address: false,
        ...allowedColumns(allowed),
        took_back: false,
        taken_back: false,
        created_at: extra.publishedAt ?? now(),
        published_at: null,
        publish_at: publishAt,
        deleted_at: null,
      };
      try {
        await store.transaction(async (trx) => {
          const claimed = await media.claim(trx, video.uploadId, accountId, id);
          const inherited = await credits.inherit(trx, { accountId, credit, audience }, looked);
          const row: VideoRow = { ...bare, ...inherited, ...(template && { template_id: id }) };
          await store.insert(trx, row);
          await store.setMentions(trx, id, said.mentions);
          await credits.keep(trx, row, template);
          if (video.replaceSound) await media.replaceSound(trx, video.uploadId, video.soundId);
          const waits = video.replaceSound && claimed.state === 'ready';
          await publishing.settle(
            trx,
            row,
            waits ? { ...claimed, state: 'making' } : claimed,
            extra.publishedAt,
          );
          if (publishAt) await scheduling.order(trx, id, publishAt);
        });
      } catch (error) {
        // The same request at the same moment was a little faster: its video is the answer to both.
        const twin = isTaken(error) ? await publishedBefore(accountId, video.uploadId) : null;
        if (!twin) throw error;
        return twin;
      }
      return id;
    },
    change: changing.change,
    replaceSound: changing.replaceSound,
    setSound: changing.setSound,
    schedule: scheduling.schedule,
    publishNow: scheduling.publishNow,
    start: scheduling.start,
    async remove(accountId, id) {
      await store.transaction(async (trx) => {
        const row = own(await store.lock(trx, id), accountId);
        if (row.deleted_at) return;
        const gone = await store.update(trx, id, {
          deleted_at: now(),
          caption: '',
          entities: [],
          tags: [],
          topics: [],
          cues: null,
          cues_language: null,
          caption_languages: [],
          picture_texts: [],
          sound_title: null,
        });
        await tags.index(trx, gone);
        await credits.recount(trx, row, gone);
        await credits.forget(trx, row);
        await store.setMentions(trx, id, []);
        await store.forgetEdits(trx, id);
        await captions.removeAll(trx, id);
        await outbox.emit(trx, 'post.deleted', {
          videoId: id,
          authorId: row.author_id,
          assetId: row.asset_id,
          soundId: row.sound_id,
        });
      });
      await publishing.removeMedia(id);
      await bus.publish(topicOf(id), {});
    },
    async history(accountId, id) {
      const row = own(await store.one(id), accountId);
      if (row.deleted_at) throw new Refusal('not_found');
      const edits = await store.edits(id);
      return edits.map((edit) => ({ at: edit.at.toISOString(), before: edit.before }));
    },
    async read(text) {
      const { caption, entities, tags: named } = await words(text);
      return { text: caption, entities, tags: named };
    },
    posts: store.many,
    byAuthor: (id, page) => store.byAuthor(id, page),
    byTag: (tag, page) => store.byTag(canonicalTag(tag), page.cursor ?? null, page.limit),
    bySound: (id, page) => store.bySound(id, page.cursor ?? null, page.limit),
    newestBy: (ids, page) => store.newestBy(ids, page.before ?? null, page.limit),
    count: store.count,
    chain: credits.chain,
    madeWith: credits.madeWith,
    template: credits.template,
    async publishedAfter(cursor, limit) {
      const rows = await store.publishedAfter(cursor, limit);
      const last = rows.at(-1);
      const next = last && rows.length === limit ? cursorOf({ at: last.published_at!, id: last.id }) : null;
      return { facts: rows.map(factsOf), next };
    },
    async removeDemo() {
      for (let found = await store.demoIds(100); found.length > 0; found = await store.demoIds(100)) {
        for (const { id } of found) await posts.remove(null, id);
      }
    },
  };
  const { present } = deps;
  const changed = (id: VideoId) => bus.publish(topicOf(id), {});
  return {
    ...posts,
    http: [
      ...postsHttp({ posts, bus, present }),
      ...captionsHttp({ captions, present, changed }),
      ...tagsHttp(tags, languages),
      ...creditsHttp(credits),
      ...commentingHttp(commenting),
    ],
  };
}

const isTaken = (error: unknown) =>
  (error instanceof Refusal && error.code === 'upload_already_used') ||
  (error as { code?: string }).code === '23505';
