/**
 * Lighthouse on For You as a guest with a phone (its own simulated slow line and processor): performance,
 * accessibility and best practices, median of three. Simulated figures depend on the machine: read them with its load.
 * node bench/lighthouse.ts [--runs 3]; prints JSON.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import lighthouse from 'lighthouse';
import { circumstances, startCommunity } from './watched-community.ts';

type Launched = { port: number; kill(): void };
type Launcher = {
  launch(options: { chromePath: string; chromeFlags: string[]; logLevel: 'silent' }): Promise<Launched>;
};

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
const categories = ['performance', 'accessibility', 'best-practices'];
const timings = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
];

// The one that lighthouse itself brings.
const ofLighthouse = createRequire(createRequire(import.meta.url).resolve('lighthouse'));
const { launch } = (await import(pathToFileURL(ofLighthouse.resolve('chrome-launcher')).href)) as Launcher;

const before = circumstances();
const server = await startCommunity(4);
try {
  const runs: Record<string, number>[] = [];
  const remarks = new Set<string>();
  for (let run = 0; run < Number(values.runs); run++) {
    const chrome = await launch({
      chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      logLevel: 'silent',
    });
    try {
      const result = await lighthouse(server.origin, {
        port: chrome.port,
        onlyCategories: categories,
        logLevel: 'silent',
      });
      const { lhr } = result!;
      runs.push({
        ...Object.fromEntries(
          categories.map((name) => [name, Math.round(100 * (lhr.categories[name]?.score ?? 0))]),
        ),
        ...Object.fromEntries(
          timings.map((name) => [name, Math.round(1000 * (lhr.audits[name]?.numericValue ?? 0)) / 1000]),
        ),
      });
      for (const category of categories)
        for (const { id, weight } of lhr.categories[category]?.auditRefs ?? [])
          if (weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9) remarks.add(`${category}: ${id}`);
    } finally {
      chrome.kill();
    }
  }
  const median = (name: string) => runs.map((run) => run[name]!).sort((a, b) => a - b)[runs.length >> 1];
  console.log(
    JSON.stringify(
      {
        figure: 'lighthouse',
        runs: runs.length,
        ...Object.fromEntries([...categories, ...timings].map((name) => [name, median(name)])),
        remarks: [...remarks],
        before,
        after: circumstances(),
      },
      null,
      2,
    ),
  );
} finally {
  await server.close();
}
