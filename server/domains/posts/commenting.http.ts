import { getCommenting, setCommenting } from '../../../contract/comments.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Commenting } from './commenting.ts';

export function commentingHttp(commenting: Commenting): Handled[] {
  return [
    handle(getCommenting, async (call) => ({ commentsFrom: await commenting.whoMay(accountOf(call)) })),
    handle(setCommenting, async (call) => {
      const { commentsFrom, earlierToo } = call.body;
      await commenting.set(accountOf(call), commentsFrom, earlierToo);
      return { commentsFrom };
    }),
  ];
}
