import { suggestTags, type TagSuggestion } from '../../../contract/suggestions.ts';
import { searchKey } from '../../platform/casefold.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { TagsStore } from './tags.store.ts';

/** Offered at a time: as many as stay in sight above a phone's keyboard. */
const offered = 8;
/** Of one's own, the first few go before what everybody uses. */
const ownFirst = 4;
/** The newest videos say what is used lately. */
const lately = 30;

/** Offering hashtags to somebody who writes a caption. */
export function tagsHttp(store: TagsStore): Handled[] {
  return [
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
