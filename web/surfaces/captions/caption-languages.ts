/** Offered by name; a file may bring any other. The languages most read on the net and those of large minorities. */
export const captionLanguages =
  'ar az be bg bn bs ca cs da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky lo lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tr uk ur uz vi zh-Hans zh-Hant zu'.split(
    ' ',
  );

/** As a file or a browser says it, the way tracks are named; null when it is no language. */
export function asCaptionLanguage(tag: string | null): string | null {
  if (!tag) return null;
  try {
    const { language, script, region } = new Intl.Locale(tag);
    return [language, script, region].filter(Boolean).join('-');
  } catch {
    return null;
  }
}
