/**
 * Breaks a text into lines. Pure: the width of a piece of text is asked for. Words are found by the browser's own
 * knowledge of languages (Intl.Segmenter knows where Thai or Japanese words end, which have no spaces between them).
 * The language is fixed, so that a list looks the same in every browser's language.
 */
const words = new Intl.Segmenter('en', { granularity: 'word' });
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What people take for one letter: an accent, a flag, a family of four stay whole. */
export const graphemes = (text: string): string[] => [...letters.segment(text)].map(({ segment }) => segment);

const rightToLeft =
  /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]$/u;

/** The direction of the first letter that has one (rule P2 of Unicode's bidirectional algorithm). */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0];
  return first && rightToLeft.test(first) ? 'rtl' : 'ltr';
}

const opening = /^[\p{Ps}\p{Pi}#@¿¡$€£]+$/u;
const breakingSpace = /^[^\S\u00a0\u202f\u2060]+$/u;
const pictograph = /^\p{Extended_Pictographic}/u;

/** The pieces between which a line may end: punctuation stays with its word, a no-break space holds two together. */
export function pieces(paragraph: string): string[] {
  const all: string[] = [];
  let holds = false;
  for (const { segment, isWordLike } of words.segment(paragraph)) {
    const space = breakingSpace.test(segment);
    const clings = !isWordLike && !space && !opening.test(segment) && !pictograph.test(segment);
    const last = all.at(-1);
    if (last !== undefined && (holds || ((clings || space) && !(clings && /\s$/u.test(last)))))
      all[all.length - 1] = last + segment;
    else all.push(segment);
    holds = opening.test(segment) || /[\u00a0\u202f\u2060]$/u.test(segment);
  }
  return all;
}

/** Lines no wider than asked, as far as single letters allow. Spaces at a break hang over and are dropped. */
export function wrap(text: string, widest: number, widthOf: (piece: string) => number): string[] {
  return text.split(/\r\n|[\r\n\u2028\u2029]/).flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const piece of pieces(paragraph)) {
      if (widthOf((line + piece).trimEnd()) <= widest) {
        line += piece;
        continue;
      }
      if (line.trim() !== '') lines.push(line.trimEnd());
      line = '';
      if (widthOf(piece.trimEnd()) <= widest) {
        line = piece;
        continue;
      }
      // A word wider than the frame is cut between letters.
      for (const letter of graphemes(piece)) {
        if (line !== '' && widthOf((line + letter).trimEnd()) > widest) {
          lines.push(line.trimEnd());
          line = '';
        }
        line += letter;
      }
    }
    lines.push(line.trimEnd());
    return lines;
  });
}
