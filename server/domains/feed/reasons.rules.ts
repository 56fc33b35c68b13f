import type { Reason } from '../../../contract/feeds.ts';
import type { Choice } from './pages.store.ts';

/** What the page knows of the causes; all of it was allowed to this viewer. */
export type Known = {
  handle: string;
  soundTitle: string | null;
  captionOf(videoId: string): string | null;
};

const longest = 60;
const mostReasons = 3;

/**
 * From the causes stored when the video was chosen to the codes that the web makes sentences of, strongest first, at
 * least one. What is not stored is not said, and a watched video that the viewer may not see any more is not named.
 */
export function reasonsOf(choice: Pick<Choice, 'source' | 'causes' | 'exploration'>, known: Known): Reason[] {
  switch (choice.source) {
    case 'tag':
    case 'interest':
    case 'similar':
    case 'creator':
    case 'sound': {
      const reasons = choice.causes.flatMap((cause) => reasonOfCause(cause, known) ?? []);
      const told = distinct(reasons.filter((reason) => reason.code !== 'similar' || reason.value !== null));
      // Of a cause that is only hidden, its kind is still true.
      return told.length > 0 ? told : [reasons[0] ?? plain('popular')];
    }
    case 'again':
      return distinct([
        plain('again'),
        ...choice.causes.flatMap((cause) => reasonOfCause(cause, known) ?? []),
      ]);
    case 'followed':
      return [{ code: 'followed', value: known.handle }];
    case 'fresh':
      return [plain(choice.exploration ? 'explore' : 'fresh')];
    case 'explore':
      return [plain('explore')];
    case 'popular':
      return [plain('popular')];
  }
}

/** Causes whose caption is needed. */
export const videosNamed = (choice: Pick<Choice, 'causes'>): string[] =>
  choice.causes.slice(0, mostReasons).filter((cause) => !cause.includes(':'));

function reasonOfCause(cause: string, known: Known): Reason | null {
  const colon = cause.indexOf(':');
  const value = cause.slice(colon + 1);
  switch (colon > 0 ? cause.slice(0, colon) : '') {
    case 'tag':
      return { code: 'topic', value };
    case 'creator':
      return { code: 'creator', value: known.handle };
    case 'sound':
      return { code: 'sound', value: known.soundTitle };
    case 'lean':
      // Asked for in so many words: the cause behind it says what.
      return { code: 'asked', value: reasonOfCause(value, known)?.value ?? null };
    case 'language':
      return null;
    default:
      return cause ? { code: 'similar', value: shortened(known.captionOf(cause)) } : null;
  }
}

const plain = (code: Reason['code']): Reason => ({ code, value: null });

function distinct(reasons: readonly Reason[]): Reason[] {
  const byText = new Map(reasons.map((reason) => [`${reason.code} ${reason.value}`, reason]));
  return [...byText.values()].slice(0, mostReasons);
}

/** The first line, at most sixty letters, cut between words where there are some. */
export function shortened(caption: string | null): string | null {
  const line = caption
    ?.split('\n')
    .find((one) => one.trim())
    ?.trim();
  if (!line) return null;
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)];
  if (letters.length <= longest) return line;
  const cut = line.slice(0, letters[longest - 1]!.index);
  const space = cut.lastIndexOf(' ');
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
