const most = 8;

/** What the browser asks for, best first (RFC 9110, 12.5.4), without regions; at most 8. */
export function languagesOf(acceptLanguage: string | null): string[] {
  const asked = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, at) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean);
      return { language: baseOf(tag), quality: quality === undefined ? 1 : Number(quality), at };
    })
    .filter(({ language, quality }) => language !== null && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.at - b.at)
    .map(({ language }) => language!);
  return [...new Set(asked)].slice(0, most);
}

/** The account's own language goes before what this browser asks for. */
export function withOwn(languages: readonly string[], accountLanguage: string | null): string[] {
  const all = [accountLanguage ?? '', ...languages].map(baseOf).filter((language) => language !== null);
  return [...new Set(all)].slice(0, most);
}

/** `de-AT` and `de` read the same captions. */
function baseOf(tag: string): string | null {
  const base = tag.trim().split('-')[0]!.toLowerCase();
  return /^[a-z]{2,3}$/.test(base) ? base : null;
}
