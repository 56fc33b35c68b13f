/**
 * A caption cut into plain text, hashtags and mentions, by the offsets the server found. Pure; offsets that overlap
 * or lie outside the text are left as plain text, because a caption is somebody else's word.
 */
import type { CaptionEntity } from '../../../contract/videos.ts';

export type CaptionPart = { text: string; at: number; entity: CaptionEntity | null };

export function captionParts(caption: string, entities: readonly CaptionEntity[]): CaptionPart[] {
  const parts: CaptionPart[] = [];
  let at = 0;
  const push = (end: number, entity: CaptionEntity | null) => {
    if (end > at) parts.push({ text: caption.slice(at, end), at, entity });
    at = Math.max(at, end);
  };
  for (const entity of entities.toSorted((a, b) => a.start - b.start)) {
    if (entity.start < at || entity.end <= entity.start || entity.end > caption.length) continue;
    push(entity.start, null);
    push(entity.end, entity);
  }
  push(caption.length, null);
  return parts;
}
