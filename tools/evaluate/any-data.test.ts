import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createChance } from '../../packages/content-graph/chance.ts';
import { measureAnyData } from './any-data.protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'any-data-'));
function write(name: string, lines: string[]) {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** Two tastes of thirty items; everyone walks through theirs in order, and wants the next. */
function walks() {
  const train: string[] = ['user,item,timestamp'];
  const valid: string[] = [];
  const test: string[] = ['item,user'];
  for (let user = 0; user < 240; user++) {
    const taste = user % 2 ? 'clay' : 'sea';
    const start = (user * 7) % 30;
    for (let step = 0; step < 6; step++)
      train.push(`u${user},${taste}-${(start + step) % 30},${user * 10 + step}`);
    valid.push(`u${user},${taste}-${(start + 6) % 30}`);
    test.push(`${taste}-${(start + 7) % 30},u${user}`);
  }
  return {
    train: write('train.csv', train),
    valid: write('valid.csv', valid),
    test: write('test.csv', test),
  };
}

const lines = (path: string) => readFileSync(path, 'utf8').trim().split('\n').slice(1);

describe('npm run evaluate on any data', () => {
  it('learns an order that no popularity knows, and says how it measured', async () => {
    const result = await measureAnyData({ ...walks(), ks: [1, 5] });
    const of = (name: string) => result.rows.find((row) => row.name === name)!.metrics;
    expect(of('content-graph')['hr@5']).toBeGreaterThan(0.95);
    expect(of('content-graph')['hr@1']!).toBeGreaterThan(of('popularity')['hr@1']! + 0.5);
    expect(result.setup).toMatchObject({
      catalogue: 60,
      users: 240,
      peopleAsked: 240,
      weightsLearnedOn: 'valid',
      fittedOn: 'train and valid',
      brokenLines: 0,
    });
  });

  it('reads values for what they say about what is wanted: noise for nothing, strengths for themselves', async () => {
    const { train, valid, test } = walks();
    const chance = createChance(5);
    const noise = lines(train).map((line) => `${line},${(chance() ** 8 * 50).toFixed(3)}`);
    const noisy = await measureAnyData({
      train: write('noise.csv', ['user,item,timestamp,value', ...noise]),
      ...{ valid, test, ks: [5] },
    });
    expect(noisy.setup.valuesRead).toMatchObject({ as: 'nothing' });
    expect(noisy.rows.at(-1)!.metrics['hr@5']).toBeGreaterThan(0.95);

    // Everyone also passes by the other taste, and leaves it at once.
    const passing = lines(train).flatMap((line) => {
      const [user, item, at] = line.split(',');
      const other = `${item!.startsWith('sea') ? 'clay' : 'sea'}-${Math.floor(chance() * 30)}`;
      return [`${user},${item},${at},1`, `${user},${other},${at},0.02`];
    });
    const strong = await measureAnyData({
      train: write('passing.csv', ['user,item,timestamp,value', ...passing]),
      ...{ valid, test, ks: [5] },
    });
    expect(strong.setup.valuesRead).not.toMatchObject({ as: 'nothing' });
    expect(strong.rows.at(-1)!.metrics['hr@5']).toBeGreaterThan(0.95);
  });

  it('counts what cannot be found, people nobody met, and what was seen already', async () => {
    const { train } = walks();
    const test = write('odd.csv', ['u0,never-met', 'stranger,sea-3', 'u0,sea-0', '', 'u0,sea-0', 'broken']);
    const { setup, rows } = await measureAnyData({ train, test, ks: [5] });
    // u0 met sea-0 in train: it is neither ranked nor wanted.
    expect(setup).toMatchObject({
      peopleAsked: 2,
      wantedOutsideTheCatalogue: 1,
      wantedButSeen: 2,
      brokenLines: 1,
      weightsLearnedOn: 'the last event of every other user of train',
    });
    expect(rows.every((row) => Number.isFinite(row.metrics['recall@5']))).toBe(true);
  });

  it('takes files as people have them: CR LF, quotes, other scripts, rows twice, times here and there, nothing in valid', async () => {
    const train: string[] = ['\uFEFFuserId,movieId,rating,timestamp'];
    const test: string[] = [];
    for (let user = 0; user < 60; user++)
      for (let step = 0; step < 6; step++) {
        const row = `"Ü, ${user}",ролик ${(user + step) % 12} 🎬,${step % 3 ? 4 : ''},${step % 2 ? user * 10 + step : ''}`;
        train.push(row, row);
        if (step === 0) test.push(`"Ü, ${user}",ролик ${(user + 7) % 12} 🎬`);
      }
    test.push('somebody nobody met,ролик 3 🎬');
    const crlf = (name: string, lines: string[]) => {
      const path = join(folder, name);
      writeFileSync(path, lines.join('\r\n'));
      return path;
    };
    const files = {
      train: crlf('people.csv', train),
      valid: crlf('nothing.csv', ['user,item']),
      test: crlf('people-test.csv', test),
    };
    const { setup, rows } = await measureAnyData({ ...files, ks: [3] });
    expect(setup).toMatchObject({
      users: 60,
      catalogue: 12,
      peopleAsked: 61,
      brokenLines: 0,
      wantedOutsideTheCatalogue: 0,
      weightsLearnedOn: 'the last event of every other user of train',
    });
    for (const { metrics } of rows)
      for (const one of Object.values(metrics)) expect(one).toBeGreaterThanOrEqual(0);
    const of = (name: string) => rows.find((row) => row.name === name)!.metrics['recall@3']!;
    expect(of('content-graph')).toBeGreaterThanOrEqual(Math.max(of('popularity'), of('item-kNN')) - 0.1);
  });

  it('says what a reader of the figures should know, and that there is nothing to find', async () => {
    const { train } = walks();
    const strange = write('strange.csv', ['sea-1,u0', 'sea-2,u1']);
    const { differs } = await measureAnyData({ train, test: strange, ks: [5] });
    expect(differs.join()).toMatch(/none of the wanted items is in train/);
    const met = write('met.csv', ['u0,sea-0']);
    await expect(measureAnyData({ train, test: met, ks: [5] })).rejects.toThrow(/--keep-seen/);
  });

  it('may rank again what was seen', async () => {
    const { train } = walks();
    const test = write('again.csv', ['u0,sea-0']);
    const { setup } = await measureAnyData({ train, test, ks: [60], keepSeen: true });
    expect(setup).toMatchObject({ peopleAsked: 1, wantedButSeen: 0 });
  });

  it('prints JSON and refuses in one line what it cannot run', async () => {
    const node = (args: string[]) =>
      promisify(execFile)(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args]);
    const { train, valid, test } = walks();
    const { stdout } = await node(['--train', train, '--valid', valid, '--test', test, '--k', '3', '--json']);
    expect(JSON.parse(stdout).rows.map((row: { name: string }) => row.name)).toContain('content-graph');
    await expect(node(['--train', train])).rejects.toMatchObject({
      stderr: expect.stringContaining('--test'),
    });
    await expect(node(['--train', train, '--test', test, '--k', 'many'])).rejects.toMatchObject({
      stderr: expect.stringMatching(/^--k takes whole numbers/),
    });
    await expect(node(['--trian', train])).rejects.toMatchObject({
      stderr: expect.stringMatching(/^Unknown option '--trian'/),
    });
  });
});

/** A .npy of format 1. */
function npy(rows: number[][]): Uint8Array {
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows.length}, ${rows[0]!.length}), }`;
  const text = `${head.padEnd(128 - 10 - 1)}\n`;
  const size = Buffer.alloc(2);
  size.writeUInt16LE(text.length);
  const data = Buffer.from(Float32Array.from(rows.flat()).buffer);
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from('NUMPY'),
    Buffer.from([1, 0]),
    size,
    Buffer.from(text),
    data,
  ]);
}

describe('features of items', () => {
  it('find items of few events, whatever the order of the list, and a NaN row harms nobody', async () => {
    const train: string[] = [];
    const test: string[] = [];
    const ids: string[] = [];
    const rows: number[][] = [];
    for (let item = 0; item < 80; item++) {
      ids.push(`i${item}`);
      rows.push([item < 40 ? 1 : -1, item < 40 ? 0.5 : -0.5, 0.01 * item]);
    }
    // Everyone meets other items of their half: no two share an item, so only content connects them.
    for (let user = 0; user < 16; user++) {
      const half = user % 2 ? 40 : 0;
      for (let step = 0; step < 4; step++)
        train.push(`u${user},i${half + ((Math.floor(user / 2) * 5 + step) % 40)}`);
      test.push(`u${user},i${half + ((Math.floor(user / 2) * 5 + 4) % 40)}`);
      train.push(`w${user},i${half + ((Math.floor(user / 2) * 5 + 4) % 40)}`);
    }
    rows[39] = [Number.NaN, 1, 1];
    const features = join(folder, 'f.npy');
    writeFileSync(features, npy(rows));
    // Weights are learned on some people, and others are asked.
    const paths = { train: write('few.csv', train), test: write('few-test.csv', test.slice(8)) };
    const valid = write('few-valid.csv', test.slice(0, 8));
    const withFeatures = { itemFeatures: features, items: write('ids.txt', ids) };
    const of = async (options: object) => {
      const result = await measureAnyData({ ...paths, valid, ks: [40], ...options, noBaselines: true });
      return result.rows.at(-1)!.metrics['recall@40']!;
    };
    expect(await of(withFeatures)).toBeGreaterThan((await of({})) + 0.2);
    await expect(measureAnyData({ ...paths, itemFeatures: paths.train })).rejects.toThrow('is not a .npy');
  });
});
