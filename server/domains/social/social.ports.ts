import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Caller } from '../../platform/http/handle.ts';

/** Given by compose, because a floor cannot look up: null when this caller may not see the video. */
export type SeeVideo = (caller: Caller, videoId: VideoId) => Promise<{ authorId: AccountId } | null>;
export type PersonByHandle = (handle: string) => Promise<{ id: AccountId } | null>;
