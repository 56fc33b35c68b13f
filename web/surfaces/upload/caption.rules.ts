/**
 * What of a caption is a hashtag or a mention, for showing it while it is written. The server decides in the end; this
 * follows the same idea: a tag has at least one letter and does not begin in the middle of a word or an address.
 */
export type CaptionPart = { kind: 'text' | 'hashtag' | 'mention'; text: string };

const mark =
  /(?<![\p{L}\p{N}\p{M}_#@&/.])(?:#(?=[\p{N}_]*\p{L})[\p{L}\p{N}\p{M}_]{1,100}|@[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_.]{0,28}[\p{L}\p{N}\p{M}_])+)/gu;

export function captionParts(caption: string): CaptionPart[] {
  const parts: CaptionPart[] = [];
  let end = 0;
  for (const match of caption.matchAll(mark)) {
    if (match.index > end) parts.push({ kind: 'text', text: caption.slice(end, match.index) });
    parts.push({ kind: match[0].startsWith('#') ? 'hashtag' : 'mention', text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < caption.length) parts.push({ kind: 'text', text: caption.slice(end) });
  return parts;
}

/** How much may still be written. The contract counts UTF-16 units, so an emoji counts as two or more. */
export function captionRoom(caption: string, most: number): { left: number; over: boolean; near: boolean } {
  const left = most - caption.length;
  return { left, over: left < 0, near: left <= 200 };
}
