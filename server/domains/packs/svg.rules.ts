import { type XmlElement, xmlOf } from './xml.rules.ts';

/**
 * A drawing that somebody brought, made anew from what is known to be harmless: shapes, gradients, clips and their
 * looks. Nothing of the original text is kept. What could run, load, or read something refuses the whole drawing, since
 * whoever drew it meant something else than a sticker; what is merely unknown is left out and named.
 */
export type CleanSvg =
  | { ok: true; svg: string; dropped: string[] }
  | { ok: false; reason: SvgReason; what: string };
export type SvgReason = 'not_svg' | 'too_large' | 'forbidden' | 'empty';

export const svgLimits = { bytes: 65_536, elements: 1500, depth: 24, attributeLength: 20_000 } as const;

const shapes = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon']);
const holders = new Set(['svg', 'g', 'defs', 'clipPath', 'mask', 'linearGradient', 'radialGradient', 'stop']);
/** What somebody who draws a sticker does not need, and somebody who wants harm does. */
const forbidden =
  /^(script|foreignobject|iframe|object|embed|audio|video|canvas|image|feimage|use|a|style|link|handler|listener|set|animate.*|discard|html|body|base|meta|font-face-uri|cursor|switch)$/i;

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:px|%)?$/i;
const numbers = /^[-+0-9.eE,%\s]*$/;
const keyword = /^[a-zA-Z-]{1,30}$/;
const colour = /^(?:#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|(?:rgb|rgba|hsl|hsla)\([-0-9.,%/\sa-z]{1,60}\))$/;
const local = /^url\(\s*["']?#([A-Za-z_][\w.-]{0,60})["']?\s*\)$/;
const paint = { test: (text: string) => colour.test(text) || local.test(text) };
const anchor = { test: (text: string) => local.test(text) || text === 'none' };
const transform = /^(?:\s*(?:translate|scale|rotate|skewX|skewY|matrix)\([-+0-9.eE,\s]*\)\s*,?)*$/;
const name = /^[A-Za-z_][\w.-]{0,60}$/;
const fragment = /^#[A-Za-z_][\w.-]{0,60}$/;

const looks: Record<string, { test(text: string): boolean }> = {
  fill: paint,
  stroke: paint,
  color: colour,
  'stop-color': colour,
  'fill-opacity': number,
  'stroke-opacity': number,
  'stop-opacity': number,
  opacity: number,
  'fill-rule': keyword,
  'clip-rule': keyword,
  'stroke-width': number,
  'stroke-linecap': keyword,
  'stroke-linejoin': keyword,
  'stroke-miterlimit': number,
  'stroke-dasharray': { test: (text) => text === 'none' || numbers.test(text) },
  'stroke-dashoffset': number,
  'clip-path': anchor,
  mask: anchor,
  'paint-order': /^[a-z\s]{1,30}$/,
  display: keyword,
  visibility: keyword,
  'vector-effect': keyword,
};
const own: Record<string, { test(text: string): boolean }> = {
  id: name,
  d: /^[MmLlHhVvCcSsQqTtAaZz0-9eE.,+\-\s]*$/,
  points: numbers,
  transform,
  gradientTransform: transform,
  gradientUnits: keyword,
  clipPathUnits: keyword,
  maskUnits: keyword,
  maskContentUnits: keyword,
  spreadMethod: keyword,
  viewBox: numbers,
  preserveAspectRatio: /^[a-zA-Z\s]{1,30}$/,
  offset: number,
  ...Object.fromEntries(
    ['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'width', 'height'].map(
      (one) => [one, number],
    ),
  ),
};

export function cleanSvg(text: string): CleanSvg {
  if (Buffer.byteLength(text) > svgLimits.bytes) return { ok: false, reason: 'too_large', what: 'bytes' };
  const read = xmlOf(text, svgLimits);
  if (!read.ok) return { ok: false, reason: read.reason, what: read.what };
  const { root } = read;
  if (root.name !== 'svg') return { ok: false, reason: 'not_svg', what: root.name };
  const dropped = new Set<string>();
  let drawn = 0;

  function written(element: XmlElement): string {
    if (shapes.has(element.name)) drawn++;
    const inside = element.children
      .map((child) => {
        if (shapes.has(child.name) || (holders.has(child.name) && child.name !== 'svg'))
          return written(child);
        refuseIf(forbidden.test(child.name.replace(/^.*:/, '')), child.name);
        dropped.add(child.name);
        // Inside of what is left out nothing is drawn, but what is forbidden is no better there.
        for (const hidden of everyIn(child))
          refuseIf(forbidden.test(hidden.name.replace(/^.*:/, '')), hidden.name);
        return '';
      })
      .join('');
    const attributes = [...kept(element)].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
    return inside
      ? `<${element.name}${attributes}>${inside}</${element.name}>`
      : `<${element.name}${attributes}/>`;
  }

  function kept(element: XmlElement): Map<string, string> {
    const all = new Map<string, string>();
    for (const [key, raw] of element.attributes) {
      const value = raw.trim();
      refuseIf(/^on/i.test(key), key);
      refuseIf(/javascript:|data:|expression\(|@import|&#/i.test(value), key);
      if (key === 'style') {
        for (const declaration of value.split(';').filter((one) => one.trim() !== '')) {
          const at = declaration.indexOf(':');
          const [property, worth] = [declaration.slice(0, at).trim(), declaration.slice(at + 1).trim()];
          refuseIf(/url\(/i.test(worth) && !local.test(worth), property);
          if (looks[property]?.test(worth)) all.set(property, worth);
          else dropped.add(property);
        }
        continue;
      }
      if (key === 'href' || key === 'xlink:href') {
        refuseIf(!fragment.test(value), key);
        if (/Gradient$/.test(element.name)) all.set('href', value);
        else dropped.add(key);
        continue;
      }
      refuseIf(/url\(/i.test(value) && !local.test(value), key);
      if (Object.hasOwn(own, key) || Object.hasOwn(looks, key)) {
        if ((own[key] ?? looks[key])!.test(value)) all.set(key, value);
        else dropped.add(key);
      } else if (!/^xml/.test(key)) dropped.add(key);
    }
    return all;
  }

  try {
    const [width, height] = [root.attributes.get('width'), root.attributes.get('height')].map((value) =>
      Number.parseFloat(value ?? ''),
    ) as [number, number];
    const box = (root.attributes.get('viewBox') ?? `0 0 ${width} ${height}`)
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const isBox =
      box.length === 4 &&
      box.every((one) => Number.isFinite(one) && Math.abs(one) < 1e5) &&
      box[2]! > 0 &&
      box[3]! > 0;
    if (!isBox) return { ok: false, reason: 'not_svg', what: 'viewBox' };
    const looksOfRoot = [...kept(root)].filter(([key]) => Object.hasOwn(looks, key));
    const inside = root.children.length > 0 ? written({ ...root, attributes: new Map(looksOfRoot) }) : '';
    if (drawn === 0) return { ok: false, reason: 'empty', what: 'svg' };
    // Sizes make it a picture of its own for <img>; the studio draws it as large as it needs.
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${box[2]}" height="${box[3]}" viewBox="${box.join(' ')}"`;
    return { ok: true, svg: inside.replace('<svg', head), dropped: [...dropped].sort().slice(0, 30) };
  } catch (error) {
    if (error instanceof Forbidden)
      return { ok: false, reason: 'forbidden', what: error.message.slice(0, 40) };
    throw error;
  }
}

class Forbidden extends Error {}
function refuseIf(isForbidden: boolean, what: string): void {
  if (isForbidden) throw new Forbidden(what);
}
function* everyIn(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    yield child;
    yield* everyIn(child);
  }
}
const escaped = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
