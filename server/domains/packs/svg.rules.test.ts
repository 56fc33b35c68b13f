import { describe, expect, test } from 'vitest';
import { starterPacks } from './starter/starter.ts';
import { cleanSvg } from './svg.rules.ts';

const svg = (inside: string, head = 'viewBox="0 0 100 100"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${head}>${inside}</svg>`;
const shape = '<path d="M1 1h9v9Z" fill="#ff0000"/>';
const cleaned = (text: string) => {
  const result = cleanSvg(text);
  if (!result.ok) throw new Error(`${result.reason} ${result.what}`);
  return result;
};
const refusal = (text: string) => {
  const result = cleanSvg(text);
  return result.ok ? 'taken' : result.reason;
};

describe('a drawing', () => {
  test('keeps its shapes, gradients and looks, and cleaning it again changes nothing', () => {
    const drawing = svg(
      `<!-- by a program --><title>Cup</title><defs><linearGradient id="a" x1="0" x2="1"><stop offset="0" stop-color="red"/></linearGradient></defs>
       <g transform="translate(3 4) rotate(9)" style="fill: url(#a); stroke-width:2px"><circle cx="5" cy="5" r="3"/></g>${shape}`,
      'width="20" height="10"',
    );
    const { svg: clean, dropped } = cleaned(drawing);
    expect(clean).toContain('viewBox="0 0 20 10"');
    expect(clean).toContain('<circle cx="5" cy="5" r="3"/>');
    expect(clean).toContain('fill="url(#a)"');
    expect(clean).not.toMatch(/Cup|program|style=/);
    expect(dropped).toEqual(['title']);
    expect(cleaned(clean)).toEqual({ ok: true, svg: clean, dropped: [] });
  });
  test('says what was left out of it', () => {
    const text = svg(
      `<metadata><rdf:li xmlns:rdf="x"/></metadata><filter id="f"/><g filter="url(#f)" inkscape:label="x">${shape}</g>`,
    );
    expect(cleaned(text).dropped).toEqual(['filter', 'inkscape:label', 'metadata']);
  });
});

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['a script in what would be left out', '<metadata><script>alert(1)</script></metadata>'],
  ['a script under another name', '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>'],
  ['a page inside', '<foreignObject><body/></foreignObject>'],
  ['what happens on a press', '<path d="M0 0" onclick="alert(1)"/>'],
  ['a picture from elsewhere', '<image href="https://elsewhere.example/x.png"/>'],
  ['a use of elsewhere', '<use href="https://elsewhere.example/x.svg#a"/>'],
  ['a gradient from elsewhere', '<linearGradient id="b" href="//elsewhere.example/x.svg#a"/>'],
  ['a fill from elsewhere', '<path d="M0 0" fill="url(https://elsewhere.example/x.svg#a)"/>'],
  ['a style that loads', '<path d="M0 0" style="fill:url(//elsewhere.example/x)"/>'],
  ['a style sheet', '<style>@import "//elsewhere.example"</style>'],
  ['a link', '<a href="javascript:alert(1)"><path d="M0 0"/></a>'],
  ['what changes an attribute', '<set attributeName="href" to="javascript:alert(1)"/>'],
  ['a data address', '<path d="M0 0" mask="data:image/svg+xml,x"/>'],
  ['an entity', '<path d="&boom;"/>'],
  ['CDATA', '<![CDATA[<script>]]>'],
  ['an instruction', '<?xml-stylesheet href="x"?>'],
])('%s refuses the whole drawing', (_name, inside) => {
  expect(refusal(svg(shape + inside))).toBe('forbidden');
});

test('a document type is refused, with all the laughs that hide in one', () => {
  expect(refusal(`<!DOCTYPE svg [<!ENTITY a "ha">]>${svg(shape)}`)).toBe('forbidden');
});

test.each([
  ['nothing', ''],
  ['words', 'not a drawing'],
  ['a page', '<html><path d="M0 0"/></html>'],
  ['what is not closed', '<svg viewBox="0 0 1 1"><g>'],
  ['what is closed crosswise', '<svg viewBox="0 0 1 1"><g><defs></g></defs></svg>'],
  ['no size', '<svg><path d="M0 0"/></svg>'],
  ['an endless size', '<svg viewBox="0 0 1e999 1"><path d="M0 0"/></svg>'],
  ['two of them', `${svg(shape)}${svg(shape)}`],
])('%s is no drawing', (_name, text) => {
  expect(refusal(text)).toBe('not_svg');
});

test('nothing drawn, too much, or too deep is refused', () => {
  expect(refusal(svg('<g/>'))).toBe('empty');
  expect(refusal(svg('<path d="M0 0"/>'.repeat(1600)))).toBe('too_large');
  expect(refusal(svg('<g>'.repeat(30) + shape + '</g>'.repeat(30)))).toBe('too_large');
  expect(refusal(svg(`<path d="M${'0 '.repeat(40_000)}"/>`))).toBe('too_large');
});

test('an attribute cannot end itself', () => {
  const clean = cleaned(svg(`<path d="M0 0" id="a&quot; onload=&quot;x" fill="red"/>`)).svg;
  expect(clean).not.toContain('onload');
});

test.each(
  starterPacks.flatMap(({ key, stickers }) =>
    stickers.map(({ name, svg }) => [`${key}-${name}`, svg] as const),
  ),
)('the starter %s passes its own guard whole', (_key, drawn) => {
  expect(cleaned(drawn).dropped).toEqual([]);
});
