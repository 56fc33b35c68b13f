import { passwordLength } from '../../auth.ts';

/**
 * How well a password holds, as a hint and never as a hurdle beyond the length: long beats complicated
 * (NIST SP 800-63B, 5.1.1.2). What the person's own address contains, or repeats itself, does not count.
 */
export type Strength = 'short' | 'weak' | 'fair' | 'good';

const usual = /0?123456?7?8?9?0?|qwert[yz]?u?i?o?p?|asdfg?h?j?k?l?|password|passwort/g;

export function strengthOf(password: string, known: readonly string[] = []): Strength {
  if ([...password].length < passwordLength.min) return 'short';
  let rest = password.toLowerCase();
  for (const word of known)
    for (const part of word.toLowerCase().split(/[@.\s_-]+/))
      if (part.length >= 3) rest = rest.replaceAll(part, '');
  rest = rest.replace(usual, '').replace(/(.)\1+/gu, '$1');
  const letters = [...rest];
  const worth = letters.length * Math.min(1, new Set(letters).size / 6);
  return worth < 7 ? 'weak' : worth < 11 ? 'fair' : 'good';
}
