import type { EditText } from '../../../contract/edit-list.ts';
import { hex, luma } from '../looks/grading.ts';
import { leftOf, type Pen, type TextLayout } from './text-layout.ts';

/** How each style of text is drawn, the origin at the top left of the block of letters. */
const ink = '#0a0a0c';
const paper = '#f7f5f2';

export type TextJob = {
  pen: Pen;
  layout: TextLayout;
  colour: string;
  /** Pixels per unit: shadows are measured in pixels, whatever the pen's scale. */
  scale: number;
  /** Draws every line, filled or stroked, as far as it is typed. */
  letters(how: 'fill' | 'stroke'): void;
};

/** Ink on light colours, paper on dark ones. */
const against = (colour: string) => (luma(hex(colour)) > 0.5 ? ink : paper);

/** A soft edge of the other kind keeps letters readable on whatever moves behind them. */
const softEdge = (colour: string, strength: number) =>
  against(colour) === ink ? `rgb(10 10 12 / ${strength})` : `rgb(247 245 242 / ${strength})`;

function shadow({ pen, layout, scale }: TextJob, colour: string, blur: number, drop = 0): void {
  pen.shadowColor = colour;
  pen.shadowBlur = blur * layout.em * scale;
  pen.shadowOffsetY = drop * layout.em * scale;
}

function plain(job: TextJob): void {
  shadow(job, softEdge(job.colour, 0.7), 0.22, 0.04);
  job.pen.fillStyle = job.colour;
  job.letters('fill');
}

function outline(job: TextJob): void {
  const { pen, layout } = job;
  pen.lineJoin = 'round';
  pen.lineWidth = layout.em * 0.19;
  pen.strokeStyle = against(job.colour);
  job.letters('stroke');
  pen.fillStyle = job.colour;
  job.letters('fill');
}

/** A card behind each line. Lines of nearly the same width get one width: small steps look like mistakes. */
function card(job: TextJob): void {
  const { pen, layout } = job;
  const { em, lineHeight, lines } = layout;
  const widths = lines.map(({ width }) => width);
  for (let round = 0; round < widths.length; round++)
    for (let i = 1; i < widths.length; i++) {
      const [one, other] = [widths[i - 1]!, widths[i]!];
      if (one > 0 && other > 0 && Math.abs(one - other) < em)
        widths[i - 1] = widths[i] = Math.max(one, other);
    }
  pen.beginPath();
  widths.forEach((width, i) => {
    if (width === 0) return;
    const x = leftOf(layout, width) - em * 0.36;
    pen.roundRect(x, i * lineHeight - em * 0.14, width + em * 0.72, lineHeight + em * 0.28, em * 0.26);
  });
  pen.fillStyle = job.colour;
  shadow(job, 'rgb(10 10 12 / 0.35)', 0.3, 0.06);
  pen.fill();
  shadow(job, 'transparent', 0);
  pen.fillStyle = against(job.colour);
  job.letters('fill');
}

/** A lit sign: hot letters, the colour in the air around them, and enough dark to see it by daylight. */
function lamp(job: TextJob): void {
  const { pen, colour } = job;
  shadow(job, 'rgb(10 10 12 / 0.75)', 0.7);
  pen.fillStyle = colour;
  job.letters('fill');
  for (const blur of [0.6, 0.3, 0.12]) {
    shadow(job, colour, blur);
    job.letters('fill');
  }
  shadow(job, 'transparent', 0);
  // A dark lamp is still a lamp: the darker its colour, the whiter its letters.
  const own = 0.28 * Math.min(1, 0.3 + luma(hex(colour)));
  const hot = hex(colour).map((value, i) => Math.round(255 * (own * value + (1 - own) * [1, 0.97, 0.9][i]!)));
  pen.fillStyle = `rgb(${hot.join(' ')})`;
  job.letters('fill');
}

/** Typed letters want paper less than they want an edge: a hard small shadow, as of type pressed in. */
function type(job: TextJob): void {
  shadow(job, softEdge(job.colour, 0.85), 0.12, 0.03);
  job.pen.fillStyle = job.colour;
  job.letters('fill');
  job.letters('fill');
}

export const textStyles: Record<EditText['style'], (job: TextJob) => void> = {
  plain,
  outline,
  card,
  lamp,
  type,
};
