/** What somebody typed to mute, as words and hashtags. Pure; the limits are the contract's (contract/taste.ts). */
export const mutedLimits = { each: 200, word: 60, tag: 100 } as const;

export type Muted = { mutedWords: string[]; mutedTags: string[] };
export type MutingFault = 'empty' | 'known' | 'tooLong' | 'noLetter' | 'full';

/** Several at once, with commas or new lines between them; what begins with # is a hashtag. */
export function mutedWith(
  now: { mutedWords: readonly string[]; mutedTags: readonly string[] },
  typed: string,
): { muted: Muted; added: string[] } | { fault: MutingFault } {
  const asked = typed
    .split(/[,，、\n]/)
    .map((one) => one.normalize('NFC').trim().replace(/\s+/g, ' '))
    .filter((one) => one.replaceAll(/[#＃]/g, '').trim() !== '');
  if (asked.length === 0) return { fault: 'empty' };
  const muted: Muted = { mutedWords: [...now.mutedWords], mutedTags: [...now.mutedTags] };
  const added: string[] = [];
  for (const one of asked) {
    const isTag = /^[#＃]/.test(one);
    const text = isTag ? one.replace(/^[#＃]+\s*/, '').replaceAll(' ', '') : one;
    const list = isTag ? muted.mutedTags : muted.mutedWords;
    if (text.length > (isTag ? mutedLimits.tag : mutedLimits.word)) return { fault: 'tooLong' };
    if (isTag && !/\p{L}|\p{Nl}/u.test(text)) return { fault: 'noLetter' };
    if (list.some((other) => same(other, text))) continue;
    if (list.length >= mutedLimits.each) return { fault: 'full' };
    list.push(text);
    added.push(isTag ? `#${text}` : text);
  }
  return added.length > 0 ? { muted, added } : { fault: 'known' };
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();
