/**
 * The language, and the region if there is one, that a browser asks for first: `de-AT`, `de`, or null. It is what
 * somebody set on a device, not where they are. Only names that the world knows, so that nobody makes up new ones.
 */
export function localeOf(acceptLanguage: string | null): string | null {
  const first = (acceptLanguage ?? '').split(',', 1)[0]!;
  const [, language, region] = /^\s*([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?\b/i.exec(first) ?? [];
  if (!language || !languageNames.of(language.toLowerCase())) return null;
  const known = region !== undefined && regionNames.of(region.toUpperCase()) !== undefined;
  return known ? `${language.toLowerCase()}-${region.toUpperCase()}` : language.toLowerCase();
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
