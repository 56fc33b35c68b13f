/**
 * How much JavaScript and CSS the first screen loads: the entry with its static imports, and the words of one
 * language, as gzip bytes. The limit is 130 KB of JavaScript. Reads build/web (or the folder given), prints JSON and
 * fails when over the limit.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const limitBytes = 130_000;

type Chunk = { file: string; isEntry?: boolean; name?: string; imports?: string[]; css?: string[] };

export function firstScreenFiles(manifest: Record<string, Chunk>): {
  scripts: string[];
  styles: string[];
  words: string[];
} {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    for (const style of chunk.css ?? []) styles.add(style);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  visit('index.html');
  const words = Object.entries(manifest)
    .filter(([key]) => /kinora\/messages\/[^/]+\/first$/.test(key))
    .map(([, chunk]) => chunk.file);
  return { scripts: [...scripts], styles: [...styles], words };
}

if (process.argv[1] === import.meta.filename) {
  const folder = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../build/web'));
  const manifest = JSON.parse(readFileSync(resolve(folder, '.vite/manifest.json'), 'utf8'));
  const gzip = (file: string) => gzipSync(readFileSync(resolve(folder, file)), { level: 9 }).length;
  const { scripts, styles, words } = firstScreenFiles(manifest);
  if (scripts.length === 0 || words.length === 0) throw new Error('the manifest names no entry or no words');
  const sum = (files: string[]) => files.reduce((bytes, file) => bytes + gzip(file), 0);
  // A viewer loads one language; the largest stands for all.
  const scriptBytes = sum(scripts) + Math.max(...words.map(gzip));
  console.log(
    JSON.stringify(
      { figure: 'first-screen-bytes', scriptBytes, styleBytes: sum(styles), limitBytes, scripts },
      null,
      2,
    ),
  );
  if (scriptBytes > limitBytes) process.exitCode = 1;
}
