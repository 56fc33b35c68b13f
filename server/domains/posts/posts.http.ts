import { Refusal } from '../../../contract/errors.ts';
import type { VideoId } from '../../../contract/ids.ts';
import {
  changeVideo,
  deleteVideo,
  followVideo,
  publishNow,
  publishVideo,
  replaceSound,
  scheduleVideo,
  videoHistory,
} from '../../../contract/videos.ts';
import type { Bus } from '../../platform/bus.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import { followStream } from '../../platform/http/sse.ts';
import type { Posts, PostsPorts } from './posts.ts';
import { topicOf } from './publishing.ts';

export type PostsHttpDeps = { posts: Omit<Posts, 'http'>; bus: Bus; present: PostsPorts['present'] };

export function postsHttp({ posts, bus, present }: PostsHttpDeps): Handled[] {
  return [
    handle(publishVideo, async (call) => {
      const id = await posts.publish(accountOf(call), call.body);
      return present(call.caller, id);
    }),
    handle(changeVideo, async (call) => {
      await posts.change(accountOf(call), call.params.id, call.body);
      return present(call.caller, call.params.id);
    }),
    handle(scheduleVideo, async (call) => {
      await posts.schedule(accountOf(call), call.params.id, call.body.publishAt);
      return present(call.caller, call.params.id);
    }),
    handle(publishNow, async (call) => {
      await posts.publishNow(accountOf(call), call.params.id);
      return present(call.caller, call.params.id);
    }),
    handle(replaceSound, async (call) => {
      await posts.replaceSound(accountOf(call), call.params.id, call.body.soundId);
      return present(call.caller, call.params.id);
    }),
    handle(deleteVideo, async (call) => {
      await posts.remove(accountOf(call), call.params.id);
      return new Response(null, { status: 204 });
    }),
    handle(videoHistory, async (call) => ({ edits: await posts.history(accountOf(call), call.params.id) })),
    handle(followVideo, async (call) => {
      const { id } = call.params;
      const accountId = accountOf(call);
      const status = async (videoId: VideoId) => {
        const post = (await posts.posts([videoId])).get(videoId);
        return post?.authorId === accountId ? post.status : null;
      };
      if (!(await status(id))) throw new Refusal('not_found');
      return followStream(call.signal, {
        event: 'video',
        look: () => status(id),
        isLast: (now) => now !== 'processing',
        subscribe: (look) => bus.subscribe(topicOf(id), look),
        shown: () => present(call.caller, id),
      });
    }),
  ];
}
