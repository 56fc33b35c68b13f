import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize, resolve } from 'node:path';
import { breachesOf, circlesOf, type Edge, isTest } from './floors.rules.ts';

/**
 * Every import of a file of ours, types included. Read as text: our imports are always relative and carry their
 * ending, so that no resolver is needed; a parser that does not know the newest syntax would stop here.
 */
export async function readEdges(
  folders: readonly string[],
  root: string,
): Promise<{ modules: number; edges: Edge[] }> {
  const edges: Edge[] = [];
  let modules = 0;
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const from = path.slice(root.length + 1);
      modules++;
      for (const [, typeWord, to] of (await readFile(path, 'utf8')).matchAll(imports)) {
        edges.push({ from, to: normalize(join(dirname(from), to!)), typeOnly: typeWord !== undefined });
      }
    }
  }
  return { modules, edges };
}

// An import, an export from elsewhere, or a dynamic import; the statement's other words hold no quote and no semicolon.
const imports =
  /(?:^|[;\s}])(?:(?:import|export)(\s+type)?\s[^'";]*?\bfrom|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+\.tsx?)['"]/gm;

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const { modules, edges } = await readEdges(
    ['contract', 'packages', 'server', 'web', 'e2e', 'bench', 'tools'],
    root,
  );
  const breaches = breachesOf(edges.filter((edge) => edge.from !== 'tools/floors.test.ts'));
  const circles = circlesOf(edges.filter((edge) => !edge.typeOnly && !isTest(edge.from)));
  for (const { from, to, rule } of breaches) console.error(`${from} → ${to}: ${rule}`);
  for (const circle of circles) console.error(`a circle: ${circle.join(' → ')}`);
  if (modules < 100 || edges.length < 100) {
    console.error(
      `only ${modules} modules with ${edges.length} imports were read: the check itself is broken`,
    );
    process.exit(1);
  }
  console.log(
    `floors: ${modules} modules, ${edges.length} imports, ${breaches.length} breaches, ${circles.length} circles`,
  );
  process.exit(breaches.length + circles.length === 0 ? 0 : 1);
}
