import { Refusal } from '../../../contract/errors.ts';
import { followPerson, likeVideo, unfollowPerson, unlikeVideo } from '../../../contract/videos.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { PersonByHandle, SeeVideo } from './social.ports.ts';
import type { Social } from './social.ts';

type Verbs = Pick<Social, 'like' | 'unlike' | 'follow' | 'unfollow'>;

export function socialHttp(
  { like, unlike, follow, unfollow }: Verbs,
  ports: { seeVideo: SeeVideo; personByHandle: PersonByHandle },
): Handled[] {
  const idOf = async (handle: string) => {
    const person = await ports.personByHandle(handle);
    if (!person) throw new Refusal('not_found');
    return person.id;
  };
  return [
    handle(likeVideo, async (call) => {
      const seen = await ports.seeVideo(call.caller, call.params.id);
      if (!seen) throw new Refusal('not_found');
      return like(accountOf(call), call.params.id, seen.authorId);
    }),
    // Taking back needs no look: a like that is one's own may go, also when its video can no longer be seen.
    handle(unlikeVideo, async (call) => {
      const { liked, likes } = await unlike(accountOf(call), call.params.id);
      const seen = await ports.seeVideo(call.caller, call.params.id);
      return { liked, likes: seen ? likes : 0 };
    }),
    handle(followPerson, async (call) => follow(accountOf(call), await idOf(call.params.handle))),
    handle(unfollowPerson, async (call) => unfollow(accountOf(call), await idOf(call.params.handle))),
  ];
}
