import type { Reason } from '../../../contract/feeds.ts';
import type { Choice } from './pages.store.ts';

/** What the page knows of the causes; all of it was allowed to this viewer. */
export type Known = {
  handle: string;
  soundTitle: string | null;
  tags: readonly string[];
  captionOf(videoId: string): string | null;
};

const longest = 60;

/** From the causes stored when the video was chosen to the code that the web makes a sentence of. */
export function reasonOf(choice: Pick<Choice, 'source' | 'causes' | 'exploration'>, known: Known): Reason {
  const [cause = ''] = choice.causes;
  switch (choice.source) {
    case 'tag':
    case 'interest':
    case 'similar':
    case 'creator':
    case 'sound':
      return reasonOfCause(cause, known) ?? plain('popular');
    case 'followed':
      return { code: 'followed', value: known.handle };
    case 'fresh':
      return plain(choice.exploration ? 'explore' : 'fresh');
    case 'explore':
      return plain('explore');
    case 'popular':
      return plain('popular');
    case 'again': {
      const [tag] = known.tags;
      return tag ? { code: 'topic', value: tag } : plain('popular');
    }
  }
}

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
    case 'language':
      return null;
    default:
      return cause ? { code: 'similar', value: shortened(known.captionOf(cause)) } : null;
  }
}

const plain = (code: Reason['code']): Reason => ({ code, value: null });

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
