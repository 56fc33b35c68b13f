import type { OpenedFrom } from '../../../contract/feeds.ts';
import type { VideoId } from '../../../contract/ids.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { newId } from '../../platform/random.ts';
import type { Impression } from '../signals/signals.ts';
import type { FeedDeps } from './feed.ts';
import { readVisible } from './lists.ts';

const sources: Record<OpenedFrom, Impression['source']> = {
  link: 'link',
  profile: 'at-profile',
  tag: 'at-tag',
  sound: 'at-sound',
  playlist: 'at-playlist',
  related: 'at-related',
  discover: 'at-discover',
};

/** Impressions of what the viewer opened by themselves. Where they say they were is their word. */
export async function openedTokens(
  deps: Pick<FeedDeps, 'posts' | 'visibility' | 'signals' | 'clock'>,
  caller: Caller,
  ids: readonly VideoId[],
  from: OpenedFrom,
): Promise<{ id: VideoId; token: string }[]> {
  const found = await readVisible(deps, caller, [...new Set(ids)]);
  const page = { servedAtMs: deps.clock.now(), pageId: newId(12), exploration: false, source: sources[from] };
  return found.flatMap(({ id, authorId, durationMs }, position) =>
    durationMs === null
      ? []
      : {
          id,
          token: deps.signals.issue({
            ...page,
            viewerId: caller.viewerId,
            videoId: id,
            authorId,
            position,
            durationMs,
          }),
        },
  );
}
