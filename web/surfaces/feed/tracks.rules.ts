/**
 * In which of its languages a video's captions are shown: the one chosen last, else the first that the viewer reads,
 * else the video's own. `und`, of which nobody knows the language, is as good as any.
 */
export function languageShown(
  offered: readonly string[],
  chosen: string | null,
  reads: readonly string[],
): string | null {
  for (const wish of [chosen, ...reads]) {
    if (wish === null) continue;
    const found = offered.find((one) => one === wish) ?? offered.find((one) => baseOf(one) === baseOf(wish));
    if (found) return found;
  }
  return offered[0] ?? null;
}

const baseOf = (language: string) => language.split('-')[0]!.toLowerCase();
