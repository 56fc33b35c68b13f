/**
 * Which language to speak and which way it is written. Pure: what was asked for comes in, a language we have goes out.
 */
/** Accented, longer, mirrored English, for those who build the pages. */
export const pseudoLanguage = 'en-XB';

const rightToLeft = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'ku',
  'nqo',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

/** The first wish that we can serve: exactly (`en-XB`), or by its main language (`de-AT` → `de`). */
export function chooseLanguage(
  wishes: readonly (string | null | undefined)[],
  available: readonly string[],
  standard: string,
): string {
  for (const wish of wishes) {
    if (!wish) continue;
    const exact = available.find((language) => language.toLowerCase() === wish.toLowerCase());
    if (exact) return exact;
    const main = wish.toLowerCase().split('-')[0];
    const close = available.find((language) => language.toLowerCase() === main);
    if (close) return close;
  }
  return standard;
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  if (language === pseudoLanguage) return 'rtl';
  const [main = '', second] = language.toLowerCase().split('-');
  if (second === 'latn' || second === 'cyrl') return 'ltr';
  return rightToLeft.has(main) ? 'rtl' : 'ltr';
}

/** What a language calls itself: Deutsch, English. */
export function nameOfLanguage(language: string): string {
  if (language === pseudoLanguage) return '⇄ Pseudo';
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
