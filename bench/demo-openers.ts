/**
 * What an empty server spends until its first twelve clips can be watched: renders the openers as the demo room does,
 * two at a time, each with its poster, and prints JSON {clips, cpuSeconds, wallSeconds, bytes, mostBytes}. CPU is that
 * of this process and of the render children, user and system. Fails over 30 CPU seconds or 900 kB a clip.
 * With `all`, the other clips follow, one at a time, and nothing fails.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clips, openingClips } from '../server/domains/demo/catalogue.ts';
import { openRenderer } from '../server/domains/demo/render.ts';

const [mostCpuSeconds, mostClipBytes] = [30, 900_000];
const all = process.argv[2] === 'all';

/** CPU seconds of the children that ended and were waited for (proc(5), fields 16 and 17, in ticks of 10 ms). */
async function childrenCpuSeconds(): Promise<number> {
  const text = await readFile('/proc/self/stat', 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

const folder = await mkdtemp(join(tmpdir(), 'kinora-demo-openers-'));
const began = performance.now();
const sizes: number[] = [];
const work = async (waiting: (typeof clips)[number][]) => {
  const renderer = openRenderer();
  for (let clip = waiting.shift(); clip; clip = waiting.shift()) {
    const file = join(folder, `${clip.id}.mp4`);
    const { bytes } = await renderer.render(clip, file, { posterPath: join(folder, `${clip.id}.webp`) });
    sizes.push(bytes);
  }
  await renderer.close();
};
try {
  const openers = [...openingClips];
  await Promise.all([work(openers), work(openers)]);
  if (all) await work(clips.slice(openingClips.length));
} finally {
  await rm(folder, { recursive: true, force: true });
}
const own = process.cpuUsage();
const cpuSeconds = (own.user + own.system) / 1e6 + (await childrenCpuSeconds());
const mostBytes = Math.max(...sizes);
console.log(
  JSON.stringify({
    clips: sizes.length,
    cpuSeconds: Math.round(cpuSeconds * 10) / 10,
    wallSeconds: Math.round((performance.now() - began) / 100) / 10,
    bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    mostBytes,
  }),
);
if (!all && (cpuSeconds > mostCpuSeconds || mostBytes > mostClipBytes)) process.exitCode = 1;
