import type { EditList, EditText } from '../../../contract/edit-list.ts';
import type { Cue } from '../../../contract/videos.ts';
import { frameUnits, layText } from './text-layout.ts';

/**
 * Captions that are drawn into the picture: where they stand, how large, how long their lines are. They come and go at
 * their times without a fade, since they are read.
 */
type Frame = { width: number; height: number };

/** Of the frame's height: above the author, caption and sound that the feed lays over the lower part of a tall video. */
export const captionBottom = ({ width, height }: Frame): number => (height > width * 1.4 ? 0.76 : 0.95);

/** With the number of each; only a list with a style draws any. */
export const cuesShown = ({ cues, cueStyle }: EditList, nowMs: number): [number, Cue][] =>
  cueStyle === null ? [] : [...cues.entries()].filter(([, cue]) => cue.startMs <= nowMs && nowMs < cue.endMs);

/** Letters are seen against whatever moves behind them, so each style has the one colour that it is read best in. */
const colours: Record<EditText['style'], string> = {
  plain: '#f7f5f2',
  outline: '#f7f5f2',
  card: '#0a0a0c',
  lamp: '#ffb224',
  type: '#f7f5f2',
};

/**
 * A phone's frame holds about 26 letters a line at a size that is read at arm's length and leaves the buttons at the
 * side free; a wide one about 40, as on television. Of the frame's height, captions take a third at most.
 */
const shapes = {
  tall: { size: 0.05, widest: 640 },
  wide: { size: 0.034, widest: 700 },
} as const;
const highest = 0.34;
const smaller = 0.9;

export function captionText(
  cue: Cue,
  at: number,
  style: EditText['style'],
  frame: Frame,
): { text: EditText; widest: number } {
  const shape = shapes[frame.height > frame.width ? 'tall' : 'wide'];
  const text: EditText = {
    id: `cue-${at}`,
    atMs: cue.startMs,
    forMs: cue.endMs - cue.startMs,
    x: 0.5,
    y: 0.5,
    size: shape.size,
    turnDeg: 0,
    style,
    colour: colours[style],
    align: 'center',
    text: cue.text.trim(),
  };
  const most = highest * frameUnits * (frame.height / frame.width);
  while (text.size > 0.02 && layText(text, shape.widest).height > most) text.size *= smaller;
  return { text, widest: evenly(text, shape.widest) };
}

/** Lines of about one length are read more easily than a long one and a word: as narrow as so many lines can be. */
function evenly(text: EditText, widest: number): number {
  const lines = layText(text, widest).lines.length;
  let [fits, tooNarrow] = [widest, widest / lines / 2];
  if (lines === 1) return widest;
  for (let round = 0; round < 7; round++) {
    const middle = (fits + tooNarrow) / 2;
    if (layText(text, middle).lines.length > lines) tooNarrow = middle;
    else fits = middle;
  }
  return fits;
}
