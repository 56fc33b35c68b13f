import { captionLimits } from '../../../contract/captions.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import { isSame } from '../../../contract/json.ts';
import type { Cue } from '../../../contract/videos.ts';
import type { Database } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { captionsStore } from './captions.store.ts';
import { checkCues, mainLanguageOf } from './cues.rules.ts';
import { factsOf } from './posts.rules.ts';
import type { PostsStore } from './posts.store.ts';
import type { VideoRow } from './posts.tables.ts';

/**
 * Caption tracks by language. One of them is the video's own: it travels with the video in every list, and earlier
 * wordings of it are kept; the others are asked for when somebody reads them. Whoever removes the own one makes the
 * next its own.
 */
export type Captions = ReturnType<typeof createCaptions>;
type Deps = { database: Database; store: PostsStore; outbox: Outbox; now(): Date };
type Trx = Parameters<Parameters<PostsStore['transaction']>[0]>[0];

export function createCaptions({ database, store, outbox, now }: Deps) {
  const tracks = captionsStore(database);

  const change = (accountId: AccountId, id: VideoId, work: (trx: Trx, row: VideoRow) => Promise<unknown>) =>
    store.transaction(async (trx) => {
      const row = await store.lock(trx, id);
      if (!row || row.deleted_at || row.author_id !== accountId) throw new Refusal('not_found');
      await work(trx, row);
    });
  const setOwn = async (trx: Trx, row: VideoRow, change: Partial<VideoRow>) => {
    const changed = await store.update(trx, row.id, { ...change, edited: true });
    await store.keepEdit(trx, row.id, now(), { cues: row.cues });
    if (changed.status === 'published') await outbox.emit(trx, 'post.changed', factsOf(changed));
  };

  /** What stands in the row of a video that loses its own track: the next one, which leaves its place for it. */
  const nextOwn = async (trx: Trx, row: VideoRow): Promise<Partial<VideoRow>> => {
    const [next, ...others] = row.caption_languages;
    if (!next) return { cues: null, cues_language: null };
    const cues = await tracks.one(row.id, next, trx);
    await tracks.remove(trx, row.id, next);
    return { cues, cues_language: next, caption_languages: others };
  };

  return {
    nextOwn,
    removeAll: tracks.removeAll,
    /** Null when there is no such track; `language` null asks for the video's own. */
    async track(id: VideoId, language: string | null): Promise<{ language: string; cues: Cue[] } | null> {
      const row = await store.one(id);
      if (!row || row.deleted_at) return null;
      const own = mainLanguageOf(row);
      if (language === null || language === own) return row.cues && { language: own, cues: row.cues };
      const cues = row.caption_languages.includes(language) ? await tracks.one(id, language) : null;
      return cues && { language, cues };
    },
    put: (accountId: AccountId, id: VideoId, language: string, wanted: readonly Cue[]) =>
      change(accountId, id, async (trx, row) => {
        const cues = checkCues(wanted, row.duration_ms);
        if (!cues) throw new Refusal('invalid_input', { where: 'body', faults: [{ path: 'cues' }] });
        if (!row.cues || language === mainLanguageOf(row)) {
          if (!isSame(row.cues, cues) || row.cues_language !== language)
            await setOwn(trx, row, { cues, cues_language: language });
          return;
        }
        const known = row.caption_languages.includes(language);
        if (!known && row.caption_languages.length + 1 >= captionLimits.languages)
          throw new Refusal('captions_too_many', { max: captionLimits.languages });
        await tracks.put(trx, id, language, cues, now());
        if (!known) await store.update(trx, id, { caption_languages: [...row.caption_languages, language] });
      }),
    remove: (accountId: AccountId, id: VideoId, language: string) =>
      change(accountId, id, async (trx, row) => {
        if (row.cues && language === mainLanguageOf(row)) return setOwn(trx, row, await nextOwn(trx, row));
        if (!row.caption_languages.includes(language)) return;
        await tracks.remove(trx, id, language);
        const caption_languages = row.caption_languages.filter((one) => one !== language);
        await store.update(trx, id, { caption_languages });
      }),
  };
}
