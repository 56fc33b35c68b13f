/** The rectangle of the frame that a piece of SVG touches: never too small, sometimes a little large. It knows only
 * what the pen and the scenes write (shapes.ts); an element or a transform it does not know gives the whole frame. */
import { HEIGHT, WIDTH } from './shapes.ts';

/** Edges on even pixels, inside the frame. */
export type Box = { x: number; y: number; wide: number; tall: number };

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
type Area = { left: number; top: number; right: number; bottom: number };

const EVERYTHING: Area = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT };
const nothing = (): Area => ({ left: 1e9, top: 1e9, right: -1e9, bottom: -1e9 });

function include(area: Area, x: number, y: number, around = 0) {
  if (x - around < area.left) area.left = x - around;
  if (x + around > area.right) area.right = x + around;
  if (y - around < area.top) area.top = y - around;
  if (y + around > area.bottom) area.bottom = y + around;
}

const times = (p: Matrix, q: Matrix): Matrix => [
  p[0] * q[0] + p[2] * q[1],
  p[1] * q[0] + p[3] * q[1],
  p[0] * q[2] + p[2] * q[3],
  p[1] * q[2] + p[3] * q[3],
  p[0] * q[4] + p[2] * q[5] + p[4],
  p[1] * q[4] + p[3] * q[5] + p[5],
];

/** Null for a transform that no scene writes. */
function matrixOf(text: string): Matrix | null {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [u = 0, v, w] = list!.trim().split(/[ ,]+/).map(Number);
    if (name === 'translate') matrix = times(matrix, [1, 0, 0, 1, u, v ?? 0]);
    else if (name === 'scale') matrix = times(matrix, [u, 0, 0, v ?? u, 0, 0]);
    else if (name === 'rotate') {
      const turn = (u * Math.PI) / 180;
      const [cos, sin, x, y] = [Math.cos(turn), Math.sin(turn), v ?? 0, w ?? 0];
      matrix = times(matrix, [cos, sin, -sin, cos, x - x * cos + y * sin, y - x * sin - y * cos]);
    } else return null;
  }
  return matrix;
}

const ARGUMENTS: Record<string, number> = { M: 2, L: 2, T: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, A: 7, Z: 0 };

/** The hull of all points and control points: a curve never leaves it. */
function includePath(area: Area, data: string) {
  const tokens = data.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)/g) ?? [];
  let [x, y, startX, startY, lastX, lastY] = [0, 0, 0, 0, 0, 0];
  let command = 'M';
  for (let i = 0; i < tokens.length; ) {
    if (/[a-zA-Z]/.test(tokens[i]!)) command = tokens[i++]!;
    const kind = command.toUpperCase();
    const count = ARGUMENTS[kind];
    if (count === undefined) return Object.assign(area, EVERYTHING);
    if (kind === 'Z') {
      [x, y] = [startX, startY];
      continue;
    }
    const values = tokens.slice(i, i + count).map(Number);
    i += count;
    const [fromX, fromY] = command === kind ? [0, 0] : [x, y];
    if (kind === 'S' || kind === 'T') include(area, 2 * x - lastX, 2 * y - lastY);
    const [oldX, oldY] = [x, y];
    if (kind === 'H') x = fromX + values[0]!;
    else if (kind === 'V') y = fromY + values[0]!;
    else {
      x = fromX + values[count - 2]!;
      y = fromY + values[count - 1]!;
    }
    [lastX, lastY] = kind === 'T' ? [2 * oldX - lastX, 2 * oldY - lastY] : [x, y];
    if (kind === 'C' || kind === 'S' || kind === 'Q')
      for (let k = 0; k < count - 2; k += 2) {
        [lastX, lastY] = [fromX + values[k]!, fromY + values[k + 1]!];
        include(area, lastX, lastY);
      }
    include(
      area,
      x,
      y,
      kind === 'A' ? 2 * Math.max(values[0]!, values[1]!, Math.hypot(x - oldX, y - oldY)) : 0,
    );
    if (kind === 'M') {
      [startX, startY] = [x, y];
      command = command === 'M' ? 'L' : 'l';
    }
  }
  return area;
}

/** The area of one element in its own coordinates, without its stroke; null for an element that paints nothing. */
function areaOf(name: string, attributes: Map<string, string>, text: string): Area | null {
  const at = (key: string) => Number(attributes.get(key) ?? 0);
  const area = nothing();
  if (name === 'circle' || name === 'ellipse') {
    const [rx, ry] = name === 'circle' ? [at('r'), at('r')] : [at('rx'), at('ry')];
    include(area, at('cx') - rx, at('cy') - ry);
    include(area, at('cx') + rx, at('cy') + ry);
  } else if (name === 'rect') {
    include(area, at('x'), at('y'));
    include(area, at('x') + at('width'), at('y') + at('height'));
  } else if (name === 'path') includePath(area, attributes.get('d') ?? '');
  else if (name === 'polygon') includePath(area, `M${attributes.get('points')}`);
  // No letter of the fonts in use is wider than it is high by half, also when a script takes another font.
  else if (name === 'text') include(area, at('x'), at('y'), at('font-size') * 1.5 * Math.max(1, text.length));
  else return { ...EVERYTHING };
  return area.left > area.right ? null : area;
}

/** How far a stroke reaches around its element; a group's stroke is its children's. */
function strokeOf(name: string, attributes: Map<string, string>, inherited: number): number {
  if (!attributes.has('stroke')) return inherited;
  const width = Number(attributes.get('stroke-width') ?? 1);
  // A mitred corner reaches at most four half widths out (miter limit 4); ends with square caps less.
  const round = name === 'circle' || name === 'ellipse' || attributes.get('stroke-linejoin') === 'round';
  return round ? width / 2 : width * 2;
}

export function boundsOf(svg: string): Box | null {
  const total = nothing();
  const stack: { matrix: Matrix; around: number }[] = [{ matrix: [1, 0, 0, 1, 0, 0], around: 0 }];
  const painted = svg.includes('<defs') ? svg.replace(/<(defs|mask|clipPath)\b.*?<\/\1>/gs, '') : svg;
  for (const [, end, name, inside, text] of painted.matchAll(/<(\/?)(\w+)([^>]*)>([^<]*)/g)) {
    if (end) {
      if (name === 'g') stack.pop();
      continue;
    }
    const attributes = new Map<string, string>();
    for (const [, key, value] of inside!.matchAll(/([\w-]+)="([^"]*)"/g)) attributes.set(key!, value!);
    const outer = stack.at(-1)!;
    const transform = attributes.get('transform');
    const own = transform ? matrixOf(transform) : null;
    if (transform && !own) return boxOf(EVERYTHING);
    const matrix = own ? times(outer.matrix, own) : outer.matrix;
    const around = strokeOf(name!, attributes, outer.around);
    if (name === 'g') {
      stack.push({ matrix, around });
      continue;
    }
    const area = areaOf(name!, attributes, text!.trim());
    if (!area) continue;
    for (const x of [area.left - around, area.right + around])
      for (const y of [area.top - around, area.bottom + around])
        include(total, matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]);
  }
  return boxOf(total);
}

function boxOf(area: Area): Box | null {
  // One pixel around for the soft edge of the rasteriser, then to the next even pixel.
  const even = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const x = even(Math.floor((area.left - 1) / 2) * 2, WIDTH);
  const y = even(Math.floor((area.top - 1) / 2) * 2, HEIGHT);
  const wide = even(Math.ceil((area.right + 1) / 2) * 2, WIDTH) - x;
  const tall = even(Math.ceil((area.bottom + 1) / 2) * 2, HEIGHT) - y;
  return wide > 0 && tall > 0 ? { x, y, wide, tall } : null;
}
