/**
 * As much of XML as a drawing needs: elements and attributes. Texts, comments and instructions are skipped; a document
 * type, entities of its own and CDATA refuse the whole, since they are how XML does harm. Pure, in one pass, with limits.
 */
export type XmlElement = { name: string; attributes: Map<string, string>; children: XmlElement[] };
type Read =
  | { ok: true; root: XmlElement }
  | { ok: false; reason: 'not_svg' | 'too_large' | 'forbidden'; what: string };

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** What stands for itself in an attribute; null for anything else that begins with &. */
function plain(value: string): string | null {
  let isOdd = false;
  const text = value.replaceAll(/&([^;\s]{0,12});?/g, (whole, body: string) => {
    if (Object.hasOwn(entities, body)) return entities[body]!;
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(body);
    const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : -1;
    if (point > 0 && point < 0x110000 && !(point >= 0xd800 && point < 0xe000))
      return String.fromCodePoint(point);
    isOdd = true;
    return whole;
  });
  return isOdd ? null : text;
}

const tag =
  /<(\/?)([A-Za-z_][\w:.-]{0,60})((?:\s+[A-Za-z_][\w:.-]{0,60}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export function xmlOf(
  text: string,
  limits: { elements: number; depth: number; attributeLength: number },
): Read {
  const no = (reason: 'not_svg' | 'too_large' | 'forbidden', what: string): Read => ({
    ok: false,
    reason,
    what,
  });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  for (let at = 0; ; ) {
    const next = text.indexOf('<', at);
    if (next < 0) break;
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('-->', next + 4);
      if (end < 0) return no('not_svg', 'comment');
      at = end + 3;
      continue;
    }
    if (text.startsWith('<?xml ', next) && next === text.search(/\S/)) {
      const end = text.indexOf('?>', next);
      if (end < 0) return no('not_svg', 'xml');
      at = end + 2;
      continue;
    }
    if (text.startsWith('<!', next) || text.startsWith('<?', next))
      return no('forbidden', text.slice(next, next + 12));
    tag.lastIndex = next;
    const found = tag.exec(text);
    if (!found) return no('not_svg', text.slice(next, next + 20));
    at = tag.lastIndex;
    const [, closes, name, attributes, empty] = found as unknown as [string, string, string, string, string];
    if (closes) {
      if (open.pop()?.name !== name) return no('not_svg', `/${name}`);
      continue;
    }
    if (root && open.length === 0) return no('not_svg', name);
    if (++count > limits.elements) return no('too_large', 'elements');
    if (open.length >= limits.depth) return no('too_large', 'depth');
    const element: XmlElement = { name, attributes: new Map(), children: [] };
    for (const [, key, double, single] of attributes.matchAll(attribute)) {
      const value = plain(double ?? single ?? '');
      if (value === null) return no('forbidden', key!);
      if (value.length > limits.attributeLength) return no('too_large', key!);
      element.attributes.set(key!, value);
    }
    open.at(-1)?.children.push(element);
    root ??= element;
    if (!empty) open.push(element);
  }
  return root && open.length === 0 ? { ok: true, root } : no('not_svg', open.at(-1)?.name ?? 'nothing');
}
