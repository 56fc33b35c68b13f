import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createIds } from './ids.ts';
import { readTable } from './table.reader.ts';

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
    columns: table.columns,
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
    expect(read('userId,movieId,rating,timestamp\n1,31,2.5,90\n')).toMatchObject({
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

  it('is read with bars, blanks and double colons, and from every kind of line end', () => {
    expect(read('user|item\nana|a,b\n').pairs).toEqual(['ana>a,b']);
    expect(read('ana clay\nbo sea\n').pairs).toEqual(['ana>clay', 'bo>sea']);
    expect(read('1::31::5::978300760\n1::44::3::978300761\n')).toMatchObject({
      pairs: ['1>31', '1>44'],
      at: [978300760000, 978300761000],
      value: [5, 3],
    });
    expect(read('user,item\rana,x\rbo,y').pairs).toEqual(['ana>x', 'bo>y']);
  });

  it('is read from gzip and UTF-16, and from what is neither text nor whole it says so', () => {
    expect(read(gzipSync('user,item\nana,x\n')).pairs).toEqual(['ana>x']);
    expect(read(Buffer.from('\uFEFFuser,item\nÜmit,x\n', 'utf16le')).pairs).toEqual(['Ümit>x']);
    expect(() => read(gzipSync('user,item\nana,x\n').subarray(0, 20))).toThrow(/cannot be unzipped/);
    expect(() => read(Buffer.from('PAR1…'))).toThrow(/is a Parquet file/);
  });

  it('is read from JSON: an object a line or a list of them, nested things, long numbers and broken lines', () => {
    const lines = [
      '{"reviewerID": "A, 1", "asin": "B\\"0", "helpful": [0, {"a": 1}], "overall": 4.0, "unixReviewTime": 1300000000}',
      '{"unixReviewTime": 1300000001, "asin": 76561197970982479, "reviewerID": "A}", "overall": null}',
      '{"reviewerID": "cut off, "asin',
      '{"reviewerID": "Ü", "asin": 76561197970982480, "overall": 2}',
    ];
    expect(read(lines.join('\n'))).toMatchObject({
      pairs: ['A, 1>B"0', 'A}>76561197970982479', 'Ü>76561197970982480'],
      at: [1300000000000, 1300000001000, 1300000001000],
      value: [4, 3, 2],
      broken: 1,
    });
    expect(read('[{"user":"a","item":1},\n {"user":"b","item":2}]').pairs).toEqual(['a>1', 'b>2']);
    expect(() => read('{"x":1,"y":2}')).toThrow(/keys x, y/);
  });

  it('takes a quote that nothing closes for a letter, and loses no line to it', () => {
    expect(read('user\titem\nana\t"Heroes"\nbo\t12" single\nbo\t"7 inch\nana\tx\n').pairs).toEqual([
      'ana>"Heroes"',
      'bo>12" single',
      'bo>"7 inch',
      'ana>x',
    ]);
  });

  it('sees by what stands in columns without names which are times and which are grades', () => {
    const rows = Array.from({ length: 40 }, (_, at) => ({
      user: at >> 3,
      item: at % 11,
      grade: 1 + ((at * 3) % 5),
    }));
    const of = (line: (row: (typeof rows)[number], at: number) => string) => read(rows.map(line).join('\n'));
    const timed = of(({ user, item, grade }, at) => `${user}\t${item}\t${grade}\t${881250949 + at}`);
    expect([timed.at![0], timed.value![0], timed.columns]).toEqual([
      881250949000,
      1,
      { user: 'column 1', item: 'column 2', at: 'column 4', value: 'column 3' },
    ]);
    expect(of(({ user, item, grade }) => `${user},${item},${grade}`)).toMatchObject({
      at: null,
      value: { 0: 1, 1: 4 },
    });
    // Places in a row grow within a user: that is an order, and no grade.
    expect(of(({ user, item }, at) => `${user},${item},${at % 8}`)).toMatchObject({
      value: null,
      at: { 1: 1 },
    });
    expect(of(({ user, item }, at) => `u${user}\t2009-05-04T23:08:${10 + at}Z\tt${item}`)).toMatchObject({
      pairs: { 0: 'u0>t0' },
      at: { 0: Date.parse('2009-05-04T23:08:10Z') },
    });
    // Which of artist and track is the item cannot be known.
    expect(() => of(({ item }, at) => `u\t2009-05-04T23:08:${10 + at}Z\ta${item}\tt${item}`)).toThrow(
      /name the columns/,
    );
  });

  it('takes names that it does not know for names, of several it knows the one that says more', () => {
    expect(read('wer,was,wann\nana,x,5\nbo,y,6\n')).toMatchObject({ pairs: ['ana>x', 'bo>y'], at: [5, 6] });
    expect(read('session_id,artist,user_id,track_id,date,timestamp\ns,a,ana,x,2,7\n')).toMatchObject({
      pairs: ['ana>x'],
      at: [7],
      columns: { user: 'user_id', item: 'track_id', at: 'timestamp' },
    });
    expect(() => read('rating,timestamp\n1,2\n')).toThrow(/none of them is the user/);
  });

  it('makes one unit of seconds, milli-, micro- and nanoseconds, and leaves what only counts', () => {
    const moments = [
      '1600000000',
      '1600000000000',
      '1600000000000000',
      '1600000000000000000',
      '-1600000000',
      '17',
    ];
    const { at } = read(`user,item,timestamp\n${moments.map((moment) => `a,x,${moment}`).join('\n')}\n`);
    expect(at).toEqual([1.6e12, 1.6e12, 1.6e12, 1.6e12, -1.6e12, 17]);
  });

  it('is empty when the file is', () => {
    expect(read('')).toMatchObject({ pairs: [], broken: 0 });
  });
});
