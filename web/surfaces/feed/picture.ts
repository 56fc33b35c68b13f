/** How a video's picture sits on the stage, and its first colours. Pure but for the decoding of the thumbhash. */
import { thumbHashToDataURL } from 'thumbhash';
import type { Media } from '../../../contract/videos.ts';

/** Upright pictures up to this width for their height fill the screen; wider ones are shown whole. */
const widestCover = 0.66;

export function fitOf(media: Pick<Media, 'width' | 'height'>): 'cover' | 'contain' {
  return media.width / media.height <= widestCover ? 'cover' : 'contain';
}

export function aspectOf(media: Pick<Media, 'width' | 'height'>): number {
  return media.width > 0 && media.height > 0 ? media.width / media.height : 0.5625;
}

const decoded = new Map<string, string | null>();

/** A tiny blurred picture that is there before any file. */
export function blurOf(thumbhash: string | null): string | null {
  if (!thumbhash) return null;
  let url = decoded.get(thumbhash);
  if (url === undefined) {
    try {
      const standard = thumbhash.replaceAll('-', '+').replaceAll('_', '/');
      url = thumbHashToDataURL(Uint8Array.from(atob(standard), (letter) => letter.charCodeAt(0)));
    } catch {
      url = null; // Not a thumbhash: the poster comes soon enough.
    }
    decoded.set(thumbhash, url);
  }
  return url;
}
