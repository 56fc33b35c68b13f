import * as contract from '../../../contract/comments.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Comments } from './comments.ts';

export function commentsHttp(comments: Omit<Comments, 'http'>): Handled[] {
  return [
    handle(contract.videoComments, ({ caller, params, query }) => comments.list(caller, params.id, query)),
    handle(contract.commentReplies, ({ caller, params, query }) =>
      comments.replies(caller, params.id, query),
    ),
    handle(contract.writeComment, (call) =>
      comments.write(call.caller, accountOf(call), call.params.id, call.body),
    ),
    handle(contract.deskComments, ({ caller, query }) => comments.latest(caller, query)),
    handle(contract.deleteComment, async (call) => {
      accountOf(call);
      return { count: await comments.remove(call.caller, call.params.id) };
    }),
  ];
}
