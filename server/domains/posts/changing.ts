import { Refusal } from '../../../contract/errors.ts';
import type { AccountId } from '../../../contract/ids.ts';
import type { VideoChange } from '../../../contract/videos.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Media } from '../media/media.ts';
import { captionEntities, captionLength, cleanCaption, lengthOf, tagsOf } from './caption.rules.ts';
import type { createCaptions } from './captions.ts';
import { commentColumns } from './commenting.ts';
import { allowedColumns } from './credits.rules.ts';
import type { createCredits } from './credits.ts';
import { checkCues } from './cues.rules.ts';
import type { createLanguageTeller } from './language.ts';
import { earlierWording, factsOf, isWider } from './posts.rules.ts';
import type { PostsStore } from './posts.store.ts';
import type { VideoRow } from './posts.tables.ts';
import type { Posts, PostsPorts } from './posts.ts';
import { type Publishing, topicOf } from './publishing.ts';
import type { TagsStore } from './tags.store.ts';

/** What becomes of a video after it was made: other words, other choices, another sound. */
export type ChangingDeps = {
  store: PostsStore;
  tags: TagsStore;
  captions: Pick<ReturnType<typeof createCaptions>, 'nextOwn'>;
  credits: Pick<ReturnType<typeof createCredits>, 'wish' | 'recount'>;
  publishing: Pick<Publishing, 'moveMedia'>;
  languages: ReturnType<typeof createLanguageTeller>;
  outbox: Outbox;
  bus: Bus;
  media: Pick<Media, 'replaceSound'>;
  soundUsable: PostsPorts['soundUsable'];
  read: ReturnType<typeof createReading>;
  now(): Date;
};

/** Words as they are kept, with whom and what they name. Throws caption_too_long. */
export function createReading(mentionTargets: PostsPorts['mentionTargets']) {
  return async (text: string) => {
    const caption = cleanCaption(text);
    const length = lengthOf(caption);
    if (length > captionLength) throw new Refusal('caption_too_long', { length, max: captionLength });
    const found = captionEntities(caption);
    const handles = found.flatMap((entity) => (entity.kind === 'mention' ? entity.value : []));
    const people = await mentionTargets([...new Set(handles)]);
    const entities = found.filter((entity) => entity.kind === 'hashtag' || people.has(entity.value));
    return { caption, entities, tags: tagsOf(entities), mentions: [...people.values()] };
  };
}

/** Null: it is not there (any more), or not theirs, which is the same to them. */
export function own(row: VideoRow | undefined, accountId: AccountId | null): VideoRow {
  if (!row || (accountId !== null && row.author_id !== accountId)) throw new Refusal('not_found');
  return row;
}

export function createChanging(deps: ChangingDeps): Pick<Posts, 'change' | 'setSound' | 'replaceSound'> {
  const { store, tags, captions, credits, publishing, languages, outbox, bus, media, read, now } = deps;
  return {
    async change(accountId, id, change) {
      const known = own(await store.one(id), accountId);
      const words = change.caption === undefined ? null : await read(change.caption);
      const cues = change.cues === undefined ? undefined : checkCues(change.cues, known.duration_ms);
      const topics = change.topics && [...new Set(change.topics)];
      const wish: VideoChange = {
        ...change,
        ...(words && { caption: words.caption }),
        ...(cues !== undefined && { cues }),
        ...(topics && { topics }),
      };
      const given =
        change.language ?? (change.language === undefined && known.language_given ? known.language : null);
      const language =
        given ??
        (words || change.language === null
          ? await languages.tell(words?.caption ?? known.caption)
          : known.language);
      const narrowed = await store.transaction(async (trx) => {
        const row = own(await store.lock(trx, id), accountId);
        if (row.deleted_at) throw new Refusal('not_found');
        const wanted = await credits.wish(trx, row, wish);
        const before = earlierWording(row, wanted);
        if (!before) return false;
        const narrower = row.asset_id !== null && isWider(row.audience, wanted.audience ?? row.audience);
        const changed = await store.update(trx, id, {
          ...(words && { caption: words.caption, entities: words.entities, tags: words.tags }),
          ...(cues !== undefined && { cues }),
          ...(cues === null && (await captions.nextOwn(trx, row))),
          ...(topics && { topics }),
          ...(wanted.audience && { audience: wanted.audience }),
          ...(wanted.commentsFrom && commentColumns(wanted.commentsFrom)),
          ...(wanted.disclosure && {
            advertising: wanted.disclosure.advertising,
            ai_made: wanted.disclosure.aiMade,
          }),
          ...(wanted.allowed && allowedColumns(wanted.allowed)),
          language,
          language_given: given !== null,
          // What nobody has seen yet is written, not edited; and what others may do with it is no change of the video.
          edited:
            row.edited ||
            (row.status === 'published' &&
              Object.keys(before).some((field) => field !== 'allowed' && field !== 'commentsFrom')),
          ...(narrower && { renew_address: true }),
        });
        if (row.status === 'published') await store.keepEdit(trx, id, now(), before);
        if (words) await store.setMentions(trx, id, words.mentions);
        await tags.index(trx, changed);
        await credits.recount(trx, row, changed);
        if (changed.status === 'published') await outbox.emit(trx, 'post.changed', factsOf(changed));
        return narrower;
      });
      if (narrowed) await publishing.moveMedia(id);
      await bus.publish(topicOf(id), {});
    },
    async replaceSound(accountId, id, soundId) {
      const known = own(await store.one(id), accountId);
      if (known.sound_id === soundId && !known.owns_sound) return;
      if (!(await deps.soundUsable(soundId, accountId))) throw new Refusal('sound_not_usable', { soundId });
      // Who hears a sound in a video goes on hearing it: only where none is left there is room for another.
      if (known.sound_id !== null && (await deps.soundUsable(known.sound_id, accountId)))
        throw new Refusal('conflict', { soundId: known.sound_id });
      await store.transaction(async (trx) => {
        const row = own(await store.lock(trx, id), accountId);
        if (row.deleted_at) throw new Refusal('not_found');
        if (row.status === 'refused' || row.sound_id !== known.sound_id)
          throw new Refusal('conflict', { status: row.status });
        const after = await store.update(trx, id, {
          sound_id: soundId,
          owns_sound: false,
          sound_title: null,
          edited: row.edited || row.status === 'published',
          ...(row.refusal_code === 'sound_not_usable' && { refusal_code: null }),
        });
        await media.replaceSound(trx, row.upload_id, soundId);
        if (after.status === 'published') await outbox.emit(trx, 'post.changed', factsOf(after));
      });
      await bus.publish(topicOf(id), {});
    },
    async setSound(id, { from, to }) {
      const changed = await store.transaction(async (trx) => {
        const row = await store.lock(trx, id);
        if (!row || row.deleted_at || row.sound_id !== from) return false;
        const after = await store.update(trx, id, { sound_id: to, owns_sound: false, sound_title: null });
        if (after.status === 'published') await outbox.emit(trx, 'post.changed', factsOf(after));
        return true;
      });
      if (changed) await bus.publish(topicOf(id), {});
    },
  };
}
