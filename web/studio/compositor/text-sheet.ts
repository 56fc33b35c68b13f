import type { EditText } from '../../../contract/edit-list.ts';
import { frameUnits, layText, leftOf, type TextLayout } from './text-layout.ts';
import { graphemes } from './text-lines.ts';
import { textStyles } from './text-styles.ts';

/** No card is sure to take more, and letters that large are out of the frame anyway: they are then drawn coarser. */
const largestSide = 4096;

/** Draws a text upright on a canvas that is made as large as it needs; answers the size it has in the frame, in pixels. */
export function paintText(
  canvas: OffscreenCanvas,
  text: EditText,
  frameWidth: number,
  shown: number | null,
  widest?: number,
): { width: number; height: number } {
  const layout = layText(text, widest);
  const full = frameWidth / frameUnits;
  const [wide, high] = [layout.width + 2 * layout.around, layout.height + 2 * layout.around];
  const scale = Math.min(full, largestSide / wide, largestSide / high);
  canvas.width = Math.max(1, Math.ceil(wide * scale));
  canvas.height = Math.max(1, Math.ceil(high * scale));
  const pen = canvas.getContext('2d')!;
  pen.setTransform(scale, 0, 0, scale, layout.around * scale, layout.around * scale);
  pen.font = layout.font;
  pen.direction = layout.direction;
  pen.textBaseline = 'alphabetic';
  const lines = typed(layout, shown);
  textStyles[text.style]({
    pen,
    layout,
    colour: text.colour,
    scale,
    letters(how) {
      const fromRight = layout.direction === 'rtl';
      pen.textAlign = fromRight ? 'right' : 'left';
      lines.forEach((line, i) => {
        if (line === '') return;
        const { width } = layout.lines[i]!;
        // A line that is still being typed grows from where the whole one will begin.
        const x = leftOf(layout, width) + (fromRight ? width : 0);
        const y = i * layout.lineHeight + layout.lineHeight / 2 + layout.em * 0.34;
        if (how === 'fill') pen.fillText(line, x, y);
        else pen.strokeText(line, x, y);
      });
    },
  });
  return { width: (canvas.width / scale) * full, height: (canvas.height / scale) * full };
}

/** The lines as far as so many letters reach; the break between two counts as one. */
function typed(layout: TextLayout, shown: number | null): string[] {
  let left = shown ?? Number.POSITIVE_INFINITY;
  return layout.lines.map(({ text }) => {
    if (left === Number.POSITIVE_INFINITY) return text;
    const letters = graphemes(text);
    const line = letters.slice(0, Math.max(0, left)).join('');
    left -= letters.length + 1;
    return line;
  });
}
