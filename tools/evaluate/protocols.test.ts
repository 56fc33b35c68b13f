import { describe, expect, it } from 'vitest';
import { hasToys, readToys } from './next-item.protocol.ts';
import { hasSequences } from './retrieval.protocol.ts';

describe('data of the protocols', () => {
  it.skipIf(!hasToys())('Toys: 19,412 people, 11,924 items, 167,597 events', () => {
    const rows = readToys();
    expect(rows.length).toBe(19_412);
    expect(rows.reduce((sum, row) => sum + row.length, 0)).toBe(167_597);
    expect(new Set(rows.flatMap((row) => [...row])).size).toBe(11_924);
  });

  it('is not there in a folder without it', () => {
    expect(hasToys('/nowhere/sequences.txt')).toBe(false);
    expect(hasSequences('/nowhere')).toBe(false);
  });
});
