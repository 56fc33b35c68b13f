import { suggestTags, suggestTopics, type TagSuggestion } from '../../../contract/suggestions.ts';
import { searchKey } from '../../platform/casefold.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import { captionEntities, cleanCaption, prose, tagsOf } from './caption.rules.ts';
import type { LanguageTeller } from './language.ts';
import type { TagsStore } from './tags.store.ts';
import { suggestTopics as topicsFor, wordsOf } from './topics.rules.ts';

/** Offered at a time: as many as stay in sight above a phone's keyboard. */
const offered = 8;
/** Of one's own, the first few go before what everybody uses. */
const ownFirst = 4;
/** The newest videos say what is used lately. */
const lately = 30;

/** Offering hashtags and topics to somebody who writes a caption. */
export function tagsHttp(store: TagsStore, languages: Pick<LanguageTeller, 'tell'>): Handled[] {
  return [
    handle(suggestTopics, async ({ body }) => {
      const caption = cleanCaption(body.caption);
      const tags = tagsOf(captionEntities(caption));
      const words = wordsOf(prose(caption));
      const [counts, language] = await Promise.all([
        store.topicsOf([...tags, ...words]),
        body.language ?? languages.tell(caption),
      ]);
      return { topics: topicsFor({ tags, words, language }, counts) };
    }),
    handle(suggestTags, async (call) => {
      const key = searchKey(call.query.q);
      const [used, popular] = await Promise.all([
        store.lately(accountOf(call), lately),
        store.beginning(key, offered),
      ]);
      const own = used.filter((tag) => searchKey(tag).startsWith(key)).slice(0, ownFirst);
      const counts = await store.counts(own);
      const mine = own.map((tag): TagSuggestion => ({ tag, videos: counts.get(tag) ?? 0, mine: true }));
      const others = popular
        .filter(({ tag }) => !own.includes(tag))
        .map((row): TagSuggestion => ({ ...row, mine: used.includes(row.tag) }));
      return { tags: [...mine, ...others].slice(0, offered) };
    }),
  ];
}
