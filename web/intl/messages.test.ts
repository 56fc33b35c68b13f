import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { argumentsOf, compileMessage, faultsOf, pseudo, readCatalogues } from './catalogue.ts';

/**
 * The catalogues and the code that speaks from them: every language complete, every id there, none left over, and no
 * sentence in the code itself.
 */
const web = join(import.meta.dirname, '..');
const catalogues = readCatalogues(join(web, 'messages'));
const ids = new Set(Object.values(catalogues.en ?? {}).flatMap((room) => Object.keys(room)));

type Node = { type: string; [key: string]: unknown };
type Source = { file: string; nodes: Node[] };

const sources: Source[] = globSync('**/*.{ts,tsx}', { cwd: web })
  .filter((file) => !/\.(test|d|plugin)\.tsx?$/.test(file))
  .map((file) => ({ file, nodes: nodesOf(parseSync(file, readFileSync(join(web, file), 'utf8')).program) }));

function nodesOf(value: unknown, found: Node[] = []): Node[] {
  if (Array.isArray(value)) for (const item of value) nodesOf(item, found);
  else if (value && typeof value === 'object') {
    if (typeof (value as Node).type === 'string') found.push(value as Node);
    for (const part of Object.values(value)) nodesOf(part, found);
  }
  return found;
}

/** The ids an argument can be: a text, one of two texts, or a template whose holes stand for anything. */
function idsMeant(node: Node | undefined): (string | RegExp)[] {
  if (node?.type === 'Literal' && typeof node.value === 'string') return [node.value];
  if (node?.type === 'ConditionalExpression')
    return [...idsMeant(node.consequent as Node), ...idsMeant(node.alternate as Node)];
  if (node?.type === 'TemplateLiteral') {
    const texts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) =>
      value.cooked.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
    return [new RegExp(`^${texts.join('[\\w-]+')}$`)];
  }
  return [];
}

const known = (meant: string | RegExp) =>
  typeof meant === 'string' ? ids.has(meant) : [...ids].some((id) => meant.test(id));

test('every language says the same things with the same arguments', () => {
  expect(faultsOf(catalogues)).toEqual([]);
  expect(Object.keys(catalogues)).toContain('de');
});

test('every id in the code is in the catalogue', () => {
  const missing = sources.flatMap(({ file, nodes }) =>
    nodes
      .filter(
        (node) =>
          node.type === 'CallExpression' &&
          /^(say|rich)$/.test(
            String((node.callee as Node).name ?? ((node.callee as Node).property as Node)?.name ?? ''),
          ),
      )
      .flatMap((node) => idsMeant((node.arguments as Node[])[0]))
      .filter((meant) => !known(meant))
      .map((meant) => `${file}: ${meant}`),
  );
  expect(missing).toEqual([]);
});

test('no message is left over', () => {
  const meant = sources.flatMap(({ nodes }) =>
    nodes.filter((node) => node.type === 'Literal' || node.type === 'TemplateLiteral').flatMap(idsMeant),
  );
  const texts = new Set(meant.filter((item) => typeof item === 'string'));
  const patterns = meant
    .filter((item) => item instanceof RegExp)
    .filter((item) => /^\^[\w-]+\\\./.test(item.source));
  expect([...ids].filter((id) => !texts.has(id) && !patterns.some((pattern) => pattern.test(id)))).toEqual(
    [],
  );
});

test('no sentence stands in the code itself', () => {
  const spoken =
    /^(alt|title|label|hint|placeholder|text|summary|aria-(label|description|roledescription|valuetext))$/;
  const letters = /\p{L}{2}/u;
  const found = sources
    .filter(({ file }) => file.endsWith('.tsx'))
    .flatMap(({ file, nodes }) =>
      nodes
        .filter((node) => {
          if (node.type === 'JSXText') return letters.test(String(node.value));
          if (node.type !== 'JSXAttribute') return false;
          const value = node.value as Node | null;
          return (
            spoken.test(String((node.name as Node).name)) &&
            value?.type === 'Literal' &&
            letters.test(String(value.value))
          );
        })
        .map((node) => `${file}: ${JSON.stringify(node.type === 'JSXText' ? node.value : node.value)}`),
    );
  expect(found).toEqual([]);
});

test('a catalogue with a fault is found out', () => {
  const faults = faultsOf({
    en: { a: { one: 'Hello {name}', two: '{n, plural, one {#} other {#}}', three: 'x' }, b: { three: 'y' } },
    de: { a: { one: 'Hallo', two: '{n, plural, one {#}}', extra: 'z', three: ' ' } },
  });
  expect(faults.join('\n')).toMatch(/three is in a\.json and in b\.json/);
  expect(faults.join('\n')).toMatch(/de\/a\.json one: takes \{\}, en takes \{name:argument\}/);
  expect(faults.join('\n')).toMatch(/de\/a\.json two: /);
  expect(faults.join('\n')).toMatch(/de\/a\.json extra: not in en/);
  expect(faults.join('\n')).toMatch(/de\/a\.json three: empty/);
  expect(faults.join('\n')).toMatch(/de\/b\.json three: missing/);
});

test('the pseudo-language is longer and accented, and keeps its arguments', () => {
  const message = compileMessage('{n, plural, one {# view} other {# views}} by <b>{name}</b>');
  const mirrored = pseudo(message);
  expect([...argumentsOf(mirrored)].sort()).toEqual([...argumentsOf(message)].sort());
  expect(JSON.stringify(pseudo(compileMessage('Choose a video')))).toMatch(/Çĥö+šé å ṽîðéö~+/);
});
