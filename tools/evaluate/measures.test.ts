import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tableOf, withResult } from './measures.ts';
import { protocols } from './protocols.ts';

const result = {
  protocol: '3 retrieval',
  data: 'three people',
  setup: { people: 3 },
  rows: [
    { name: 'popularity', metrics: { 'recall@20': 0.123456 }, spread: { 'recall@20': 0.01 }, seconds: 2 },
  ],
  differs: ['few people'],
};

describe('docs/measures.md', () => {
  it('has a place for every protocol', () => {
    const text = readFileSync(new URL('../../docs/measures.md', import.meta.url), 'utf8');
    for (const { number } of protocols) expect(withResult(text, number, result)).toContain('few people');
  });

  it('keeps everything outside of the marks, and says the same when written twice', () => {
    const text = 'before\n<!-- 3 -->\nold\n<!-- /3 -->\nafter\n';
    const once = withResult(text, 3, result);
    expect(once).toContain('| popularity | 0.1235 ± 0.01 | 2 |');
    expect(once).not.toContain('old');
    expect(once.startsWith('before\n') && once.endsWith('after\n')).toBe(true);
    expect(withResult(once, 3, result)).toBe(once);
    expect(() => withResult('nothing', 3, result)).toThrow('no place');
    expect(tableOf(result)).toContain('Data: three people.');
  });
});
