/**
 * What half an hour of editing leaves in memory. A draft of fifteen seconds is trimmed, split, put in another order,
 * written on, coloured, undone, played and searched, and its tools and galleries are opened and closed, about once every
 * two seconds; the same edits for a seed. Every so often the page collects its garbage, and it is counted what is still
 * there: the script's heap, nodes, listeners, what lies on the graphics card, pictures of decoders, clocks of sound, and
 * the private memory of the renderer and of the process that draws. What grows from the second quarter to the last,
 * after undo's two hundred steps are full, grows for good.
 * node bench/studio-memory.ts [--edits 900] [--minutes 30] [--seed 1] [--only play,split]; prints JSON. Without --minutes as
 * fast as it goes; --only finds out which kind of edit it is that leaves something.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { drawing, openChromium, openDevice, phone, startServer } from '../e2e/stage.ts';
import { lcg, makeClip } from '../server/testing/clips.ts';
import { counting, type StillThere } from './studio-memory.page.ts';
import { circumstances } from './watched-community.ts';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '900' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const edits = Number(values.edits);
const everyMs = values.minutes ? (Number(values.minutes) * 60_000) / edits : 0;
const samples = Math.min(24, Math.floor(edits / 10));
const only = values.only?.split(',') ?? null;
/** Of what was there in the second quarter; below that it is noise. */
const mayGrow = {
  heapMb: 6,
  nodes: 400,
  listeners: 150,
  sounding: 40,
  rendererMb: 60,
  drawerMb: 60,
  textures: 8,
};

type Sample = {
  edits: number;
  heapMb: number;
  nodes: number;
  listeners: number;
  sounding: number;
} & StillThere & {
    rendererMb: number;
    drawerMb: number;
  };

const random = lcg(Number(values.seed));
const before = circumstances();
const server = await startServer();
const folder = await mkdtemp(join(tmpdir(), 'kinora-memory-'));
const browser = await openChromium(drawing);
try {
  const { page, context, faults } = await openDevice(browser, server, { ...phone, deviceScaleFactor: 1 });
  await context.addInitScript(counting);
  const file = join(folder, 'take.mp4');
  await makeClip(file, {
    ...{ width: 360, height: 640, fps: [30, 1], durationMs: 15_000, gopFrames: 30 },
    sound: { kind: 'clap', levelDb: -6, codec: 'aac' },
  });
  await page.goto('/studio');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('list', { name: 'Clips' }).getByRole('button').first().waitFor();
  const tools = await context.newCDPSession(page);
  await tools.send('Performance.enable');

  const found: Sample[] = [await look(page, tools, 0)];
  const done: Record<string, number> = {};
  const from = performance.now();
  for (let edit = 1; edit <= edits; edit++) {
    const what = await page.evaluate(({ lots, only }) => globalThis.editing.edit(lots, only), {
      lots: [random(), random(), random()],
      only,
    });
    done[what] = (done[what] ?? 0) + 1;
    await later(Math.max(0, from + edit * everyMs - performance.now()));
    if (edit % Math.floor(edits / samples) === 0) {
      found.push(await look(page, tools, edit));
      process.stderr.write(`${JSON.stringify(found.at(-1))}\n`);
    }
  }
  const seconds = Math.round((performance.now() - from) / 1000);
  const quarter = (which: number) =>
    found.slice((found.length * which) >> 2, (found.length * (which + 1)) >> 2);
  const mean = (all: Sample[], key: keyof Sample) =>
    all.reduce((sum, one) => sum + one[key], 0) / Math.max(1, all.length);
  const growth = Object.fromEntries(
    (Object.keys(found[0]!) as (keyof Sample)[])
      .filter((key) => key !== 'edits')
      .map((key) => [key, Math.round((mean(quarter(3), key) - mean(quarter(1), key)) * 10) / 10]),
  );
  const wrong = [
    ...Object.entries(mayGrow).flatMap(([key, most]) =>
      growth[key]! > most ? [`${key} grew by ${growth[key]}`] : [],
    ),
    ...faults,
  ];
  process.stdout.write(
    `${JSON.stringify({ figure: 'studio-memory', edits, seconds, done, growth, mayGrow, faults: wrong, samples: found, before, after: circumstances() }, null, 1)}\n`,
  );
  process.exitCode = wrong.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

async function look(page: Page, tools: CDPSession, at: number): Promise<Sample> {
  // Twice: what a collector's own callbacks let go of is collected the second time.
  for (let turn = 0; turn < 2; turn++) {
    await page.evaluate(() => new Promise((idle) => setTimeout(idle, 1200)));
    await tools.send('HeapProfiler.collectGarbage');
  }
  // What an allocator keeps for the next time is not lost.
  await tools.send('Memory.simulatePressureNotification', { level: 'critical' });
  await later(300);
  const { metrics } = await tools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const there = await page.evaluate(() => globalThis.editing.still());
  return {
    edits: at,
    heapMb: tenths(metric('JSHeapUsedSize') / 1e6),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    sounding: metric('AudioHandlers'),
    ...there,
    rendererMb: Math.max(0, ...privateMb('--type=renderer')),
    drawerMb: Math.max(0, ...privateMb('--type=gpu-process')),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Memory that belongs to one process of our browser alone. */
function privateMb(kind: string): number[] {
  const parents = new Map<number, { parent: number; ours: boolean }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      parents.set(Number(name), {
        parent,
        ours: readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(kind),
      });
    } catch {
      // Ended meanwhile.
    }
  }
  const below = (pid: number): boolean =>
    pid > 1 && (pid === process.pid || below(parents.get(pid)?.parent ?? 0));
  return [...parents].flatMap(([pid, { ours }]) => {
    if (!ours || !below(pid)) return [];
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1]);
    return [Math.round((kb('Private_Clean') + kb('Private_Dirty')) / 1024)];
  });
}
