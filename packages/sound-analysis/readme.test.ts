import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { beatsOf } from './beats.ts';
import { monoOf } from './mono.ts';
import { peaksOf } from './peaks.ts';

test('does what the README shows', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const body = example.replace(/^import .*$/gm, '').replace(/console\.log\(/g, 'said.push(');
  const run = new Function('beatsOf', 'monoOf', 'peaksOf', `const said = []; ${body}; return said;`);
  expect(run(beatsOf, monoOf, peaksOf)).toEqual(['128,0,0,0,0', 120, null]);
});
