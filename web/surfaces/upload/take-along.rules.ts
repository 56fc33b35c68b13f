import type { Media, Rendition, Video } from '../../../contract/videos.ts';

/** The largest that plays everywhere: H.264 before anything else. */
export function bestRendition({ renditions }: Pick<Media, 'renditions'>): Rendition | null {
  const rank = ({ codec, rung }: Rendition) => (codec === 'h264' ? 10_000 : 0) + rung;
  return renditions.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** A name that says whose it is and what; short, and of signs that every disk takes. */
export function fileNameOf({ author, caption, id }: Pick<Video, 'author' | 'caption' | 'id'>): string {
  const words = caption
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const short = [...words].slice(0, 40).join('').replace(/-+$/, '');
  return `${author.handle}-${short || id}.mp4`;
}
