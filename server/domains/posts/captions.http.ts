import {
  getCaptionFile,
  getCaptionTrack,
  putCaptionTrack,
  removeCaptionTrack,
} from '../../../contract/captions.ts';
import { writeVtt } from '../../../contract/cue-files.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { VideoId } from '../../../contract/ids.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Captions } from './captions.ts';
import type { PostsPorts } from './posts.ts';

type Deps = { captions: Captions; present: PostsPorts['present']; changed(id: VideoId): Promise<void> };

export function captionsHttp({ captions, present, changed }: Deps): Handled[] {
  return [
    handle(getCaptionTrack, async (call) => {
      const { id, language } = call.params;
      // Who may not see the video is refused here.
      await present(call.caller, id);
      const track = await captions.track(id, language);
      if (!track) throw new Refusal('not_found');
      return track;
    }),
    handle(getCaptionFile, async (call) => {
      await present(call.caller, call.params.id);
      const track = await captions.track(call.params.id, call.query.language ?? null);
      if (!track) throw new Refusal('not_found');
      return new Response(writeVtt(track.cues, track.language), {
        headers: {
          'content-type': 'text/vtt; charset=utf-8',
          'content-disposition': `inline; filename="captions-${track.language}.vtt"`,
          'cache-control': 'private, no-cache',
        },
      });
    }),
    handle(putCaptionTrack, async (call) => {
      const { id, language } = call.params;
      await captions.put(accountOf(call), id, language, call.body.cues);
      await changed(id);
      return present(call.caller, id);
    }),
    handle(removeCaptionTrack, async (call) => {
      const { id, language } = call.params;
      await captions.remove(accountOf(call), id, language);
      await changed(id);
      return present(call.caller, id);
    }),
  ];
}
