import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../platform/database.ts';
import { migrate } from '../platform/migrations.ts';
import { freshDatabase } from './database.ts';

/**
 * The migrations against the types that the code believes in: every table has one owner, every column of the database
 * stands in a room's `*.tables.ts` and the other way round, and what may be null there may be null here.
 */
const server = join(import.meta.dirname, '..');
const migrations = join(server, 'migrations');
type Node = { type: string; start: number; end: number; [key: string]: unknown };
type Column = { nullable: boolean };

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Tables as a room's types say them: table → column → may it be null. */
function typesOf(file: string): Map<string, Map<string, Column>> {
  const text = readFileSync(file, 'utf8');
  const found = new Map<string, Map<string, Column>>();
  const literals = new Map<string, Node>();
  const statements = parseSync(file, text).program.body as unknown as Node[];
  for (const statement of statements) {
    const declared = (statement.declaration ?? statement) as Node | null;
    if (declared?.type === 'TSTypeAliasDeclaration')
      literals.set((declared.id as unknown as { name: string }).name, declared.typeAnnotation as Node);
  }
  const membersOf = (node: Node): Node[] => {
    const name = (node.typeName as { name?: string } | undefined)?.name;
    const literal = node.type === 'TSTypeReference' && name ? literals.get(name) : node;
    return (literal?.members as Node[]) ?? [];
  };
  const nameOf = (member: Node) => (member.key as { name: string }).name;
  const typeOf = (member: Node) => (member.typeAnnotation as { typeAnnotation: Node }).typeAnnotation;
  for (const [name, literal] of literals) {
    if (!name.endsWith('Tables')) continue;
    for (const table of membersOf(literal)) {
      const columns = membersOf(typeOf(table)).map((column) => {
        const words = text.slice(typeOf(column).start, typeOf(column).end);
        return [nameOf(column), { nullable: /\bnull\b|OrNull/.test(words) }] as const;
      });
      found.set(nameOf(table), new Map(columns));
    }
  }
  return found;
}

const files = globSync('{domains,platform}/**/{*.tables.ts,tunables.ts}', { cwd: server });

describe('the tables', () => {
  test('have one owner each', () => {
    const owned = files.flatMap((file) => [...typesOf(join(server, file)).keys()]);
    expect(owned.length).toBeGreaterThan(15);
    expect(owned.filter((name, index) => owned.indexOf(name) !== index)).toEqual([]);
  });

  test.each(files)('are what %s says', async (file) => {
    for (const [table, columns] of typesOf(join(server, file))) {
      const { rows } = await database.pool.query<{ name: string; nullable: boolean }>(
        `select column_name as name, is_nullable = 'YES' as nullable from information_schema.columns
         where table_schema = 'public' and table_name = $1`,
        [table],
      );
      const real = new Map(rows.map((row) => [row.name, row.nullable]));
      expect(
        [...columns.keys()].filter((name) => !real.has(name)),
        `columns of ${table} that only the types know`,
      ).toEqual([]);
      expect(
        // The sign-in library writes its own tables and knows more of them than our code reads.
        table.startsWith('auth_') ? [] : [...real.keys()].filter((name) => !columns.has(name)),
        `columns of ${table} that only Postgres knows`,
      ).toEqual([]);
      const otherwise = [...columns]
        .filter(([name, { nullable }]) => nullable !== real.get(name))
        .map(([name]) => name);
      expect(otherwise, `columns of ${table} whose null is seen differently`).toEqual([]);
    }
  });
});

describe('the migrations', () => {
  const names = readdirSync(migrations);

  test.each(names)('%s says its owner, lock, and whether it expands', (name) => {
    expect(name).toMatch(/^\d{8}T\d{4}-[a-z]+-[a-z-]+\.sql$/);
    const head = readFileSync(join(migrations, name), 'utf8').split('\n', 5).join('\n');
    expect(head).toMatch(/owner: \w+/);
    expect(head).toMatch(/lock/);
    expect(head).toMatch(/expand|contract/);
  });

  test('run once: again changes nothing', async () => {
    expect(await migrate(database, migrations)).toEqual([]);
  });
});
