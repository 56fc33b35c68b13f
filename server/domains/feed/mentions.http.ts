import { suggestPeople } from '../../../contract/suggestions.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { FeedDeps } from './feed.ts';

const offered = 8;
/** Of those followed, the newest; whoever follows more finds the others among all. */
const followedRead = 1000;

/** Offering people to somebody who writes a mention. */
export function mentionsHttp({ accounts, social }: FeedDeps): Handled[] {
  return [
    handle(suggestPeople, async (call) => {
      const me = accountOf(call);
      const followed = (await social.followedBy(me)).slice(0, followedRead);
      const found = await accounts.beginning(call.query.q, followed, offered + 1);
      const ids = found.filter((id) => id !== me).slice(0, offered);
      const [people, follows] = await Promise.all([accounts.people(ids), social.followsAmong(me, ids)]);
      return {
        people: ids.flatMap((id) => {
          const person = people.get(id);
          return person ? [{ ...person, followed: follows.has(id) }] : [];
        }),
      };
    }),
  ];
}
