import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIds, readTable } from './table.reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
function read(content: string | Uint8Array) {
  const path = join(folder, 'one.csv');
  writeFileSync(path, content);
  const users = createIds();
  const items = createIds();
  const table = readTable(path, users, items);
  return {
    pairs: Array.from(table.user, (user, at) => `${users.textOf(user)}>${items.textOf(table.item[at]!)}`),
    at: table.at && [...table.at],
    value: table.value && [...table.value],
    broken: table.broken,
  };
}

describe('a table of interactions', () => {
  it('is read without a header, with ids as words or numbers', () => {
    expect(read('ana,clay\n12,7\nana,7\n').pairs).toEqual(['ana>clay', '12>7', 'ana>7']);
  });

  it('finds its columns by name in any order', () => {
    expect(read('timestamp,item_id,extra,user_id\n5,x,?,ana\n6,y,?,bo\n')).toMatchObject({
      pairs: ['ana>x', 'bo>y'],
      at: [5, 6],
      value: null,
    });
  });

  it('knows what public data sets call their columns, and takes nobody called "book" for a header', () => {
    expect(read('userId,movieId,rating,timestamp\n1,31,2.5,90\n')).toEqual({
      pairs: ['1>31'],
      at: [90],
      value: [2.5],
      broken: 0,
    });
    expect(read('user_id:token\titem_id:token\ttimestamp:float\nana\tx\t5\n')).toMatchObject({
      pairs: ['ana>x'],
      at: [5],
    });
    expect(read('who,what,timestamp,rating\nana,x,5,3\n')).toMatchObject({ pairs: ['ana>x'], at: [5] });
    expect(read('ana,book\nbo,user\n').pairs).toEqual(['ana>book', 'bo>user']);
  });

  it('keeps letters of any script in ids', () => {
    expect(read('user,item\nÜmit,ролик\n李,🎬 "x"\n').pairs).toEqual(['Ümit>ролик', '李>🎬 "x"']);
  });

  it('keeps commas, quotes and line ends within quotes', () => {
    expect(read('user,item\n"a, b","say ""hi"""\n"two\nlines",x\n').pairs).toEqual([
      'a, b>say "hi"',
      'two\nlines>x',
    ]);
  });

  it('lives with CR LF, a byte order mark, blank lines and no line end at the last row', () => {
    expect(read('\uFEFFuser,item\r\n\r\nana,x\r\n   \r\nbo,y').pairs).toEqual(['ana>x', 'bo>y']);
  });

  it('counts rows without a user or an item and goes on', () => {
    expect(read('user,item\nana\n,x\nbo,\nbo,y\n')).toMatchObject({ pairs: ['bo>y'], broken: 3 });
  });

  it('gives a row without a time the time of its neighbour', () => {
    expect(read('user,item,timestamp\na,x,\na,y,10\na,z,\na,w,20\n').at).toEqual([10, 10, 10, 20]);
    expect(read('user,item,timestamp\na,x,2024-01-01T00:00:00Z\n').at).toEqual([1704067200000]);
  });

  it('has no times and no values when none can be read', () => {
    expect(read('user,item,timestamp,value\na,x,soon,much\n')).toMatchObject({ at: null, value: null });
  });

  it('is read with tabs and semicolons too', () => {
    expect(read('user\titem\nana\ta,b\n').pairs).toEqual(['ana>a,b']);
    expect(read('user;item\nana;x\n').pairs).toEqual(['ana>x']);
  });

  it('is whole across the blocks it is read in, and ids stay apart', () => {
    const rows = Array.from({ length: 260_000 }, (_, at) => `viewer-${at % 5003},item-${at % 7001}`);
    const { pairs } = read(`user,item\n${rows.join('\n')}\n`);
    expect(pairs.length).toBe(rows.length);
    expect(pairs.findIndex((pair, at) => pair !== rows[at]!.replace(',', '>'))).toBe(-1);
  });

  it('is empty when the file is', () => {
    expect(read('')).toMatchObject({ pairs: [], broken: 0 });
  });
});
