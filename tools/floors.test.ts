import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { breachesOf, circlesOf } from './floors.rules.ts';
import { readEdges } from './floors.ts';

/** The canary: a small house that breaks each rule once, read by the same reader as the real one. */
const canary: Record<string, string> = {
  'web/hen.ts': `import { egg } from './egg.ts'; export const hen = () => egg;`,
  'web/egg.ts': `import { hen } from './hen.ts'; export const egg = () => hen;`,
  'contract/words.ts': `import type { Row } from '../server/platform/row.ts'; export type W = Row;`,
  'packages/graph/graph.ts': `import { word } from '../../contract/word.ts'; export const g = word;`,
  'contract/word.ts': 'export const word = 1;',
  'server/platform/row.ts': `import { publish } from '../domains/posts/posts.ts'; export type Row = typeof publish;`,
  'server/domains/posts/posts.ts': `import { feed } from '../feed/feed.ts'; export const publish = feed;`,
  'server/domains/feed/feed.ts': `import { table } from '../accounts/people.store.ts'; export const feed = table;`,
  'server/domains/accounts/people.store.ts': 'export const table = 1;',
  'server/domains/social/social.ts': `import { publish } from '../posts/posts.ts'; export const s = publish;`,
  'server/domains/attic/attic.ts': `import { table } from '../accounts/accounts.ts'; export const a = table;`,
  'server/domains/accounts/accounts.ts': `export { table } from './people.store.ts'; export { s } from '../../../web/page.ts';`,
  'web/page.ts': `import { publish } from '../server/domains/posts/posts.ts'; export const s = publish;`,
};

test('the check finds every breach that it is there to find', async () => {
  const root = await mkdtemp(join(tmpdir(), 'kinora-floors-'));
  for (const [path, text] of Object.entries(canary)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const { modules, edges } = await readEdges(['contract', 'packages', 'server', 'web'], root);
  await rm(root, { recursive: true });
  expect(modules).toBeGreaterThanOrEqual(Object.keys(canary).length);
  const found = breachesOf(edges).map((one) => one.rule);
  for (const rule of [
    'the contract imports nothing of ours',
    'a package imports nothing of ours',
    'the platform knows no room',
    'calls go down: posts (floor 1) may not import feed (floor 4)',
    'a room is entered by its door, accounts/accounts.ts',
    'calls go down: social (floor 1) may not import posts (floor 1)',
    'the room attic has no floor',
    'the server does not know the web',
    'the web does not know the server',
  ]) {
    expect(found).toContain(rule);
  }
  expect(circlesOf(edges)).toEqual([expect.arrayContaining(['web/egg.ts', 'web/hen.ts'])]);
});

test('what goes down and by the door is allowed', () => {
  expect(
    breachesOf([
      { from: 'server/domains/feed/feed.ts', to: 'server/domains/posts/posts.ts' },
      { from: 'server/domains/feed/feed.ts', to: 'server/platform/database.ts' },
      { from: 'server/compose.ts', to: 'server/domains/feed/feed.ts' },
      { from: 'web/api.ts', to: 'contract/videos.ts' },
    ]),
  ).toEqual([]);
});
