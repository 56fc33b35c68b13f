import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import type { EditList } from '../contract/edit-list.ts';
import { securityHeaders } from '../server/platform/http/guard.ts';

/** A page with the studio's engine alone: pictures of a list as its preview shows them, and of files that were made. */
type Studio = {
  open(list: EditList, materials: string[], stickers: { key: string; svg: string }[]): Promise<void>;
  /** How far the preview is from a frame that was drawn for itself, as the largest difference of a value. */
  previewAt(ms: number): Promise<number>;
  make(): Promise<string[]>;
  /** A file at a time, and the frame of the list at a time: mean absolute difference and PSNR. */
  compare(file: string, ms: number, frameMs: number): Promise<Nearness>;
  loudness(file: string): Promise<number[]>;
};
export type Nearness = { mean: number; psnr: number };
declare const studio: Studio;

export type Pictures = Awaited<ReturnType<typeof openPictures>>;

export async function openPictures(browser: Browser, files: Record<string, string>) {
  const assets = await bundle();
  const headers = new Headers();
  securityHeaders(headers, false);
  const page: Page = await browser.newPage();
  await page.route('http://localhost/**', async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const found = assets.get(path);
    if (found)
      return route.fulfill({ headers: { ...Object.fromEntries(headers), ...typeOf(path) }, body: found });
    if (files[path]) return route.fulfill({ contentType: 'video/mp4', body: await readFile(files[path]) });
    const body =
      '<!doctype html><link rel="stylesheet" href="/page.css"><script type="module" src="/entry.js"></script>';
    return route.fulfill({ headers: { ...Object.fromEntries(headers), 'content-type': 'text/html' }, body });
  });
  await page.goto('http://localhost/');
  await page.waitForFunction(() => 'studio' in globalThis);
  return {
    open: (list: EditList, materials: string[], stickers: { key: string; svg: string }[]) =>
      page.evaluate(([one, two, three]) => studio.open(one, two, three), [
        list,
        materials,
        stickers,
      ] as const),
    previewAt: (ms: number) => page.evaluate((at) => studio.previewAt(at), ms),
    make: () => page.evaluate(() => studio.make()),
    compare: (file: string, ms: number, frameMs = ms) =>
      page.evaluate(([one, at, frameAt]) => studio.compare(one, at, frameAt), [file, ms, frameMs] as const),
    loudness: (file: string) => page.evaluate((one) => studio.loudness(one), file),
  };
}

const typeOf = (path: string) => ({
  'content-type': path.endsWith('.js')
    ? 'text/javascript'
    : path.endsWith('.css')
      ? 'text/css'
      : path.endsWith('.json')
        ? 'application/json'
        : 'application/octet-stream',
});

async function bundle(): Promise<Map<string, Buffer>> {
  const web = join(import.meta.dirname, '..', 'web');
  const name = join(import.meta.dirname, 'entry.js');
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: web,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? name : null),
        load: (id) => (id === name ? entry(web) : null),
      },
    ],
    build: {
      ...{ write: false, minify: false, target: 'esnext', assetsInlineLimit: 0 },
      rolldownOptions: {
        input: 'entry',
        output: {
          ...{ entryFileNames: 'entry.js', chunkFileNames: '[name].js' },
          assetFileNames: ({ names }) =>
            names[0]?.endsWith('.css') ? 'page.css' : 'assets/[name]-[hash][extname]',
        },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0]! : built) as {
    output: { fileName: string; code?: string; source?: string | Uint8Array }[];
  };
  return new Map(output.map((file) => [file.fileName, Buffer.from(file.code ?? file.source ?? '')]));
}

const entry = (web: string) => `
  import '${web}/theme.css';
  import { createCompositor } from '${web}/studio/compositor/compositor.ts';
  import { exportVideo } from '${web}/studio/reels/export.ts';
  import { openPreview } from '${web}/studio/reels/preview.ts';
  import { openReel } from '${web}/studio/reels/reel.ts';
  import { showAt, textFace } from '${web}/studio/reels/show.ts';
  import { learnSticker } from '${web}/studio/stickers/pictures.ts';
  const pen = (size) => new OffscreenCanvas(size.width, size.height).getContext('2d', { willReadFrequently: true });
  const bytesOf = (picture, { width, height }) => {
    const one = pen({ width, height });
    one.drawImage(picture, 0, 0, width, height);
    return one.getImageData(0, 0, width, height).data;
  };
  const blob = async (path) => (await fetch('/' + path)).blob();
  let list, preview, shown, reels, other, canvas, compositor;
  const reelsOf = async (ids) => new Map(await Promise.all(ids.map(async (id) => [id, await openReel(await blob(id))])));
  /** What the list looks like then, by a compositor and sources of its own. */
  async function frameAt(ms) {
    await showAt(compositor, list, other, ms);
    return bytesOf(canvas, list);
  }
  const files = new Map();
  const fileOf = async (name) => {
    if (!files.has(name)) files.set(name, await openReel(await blob(name)));
    return files.get(name);
  };
  globalThis.studio = {
    async open(given, ids, stickers) {
      list = given;
      for (const { key, svg } of stickers) if (!(await learnSticker(key, svg))) throw new Error(key);
      await textFace();
      [reels, other] = [await reelsOf(ids), await reelsOf(ids)];
      shown = document.createElement('canvas');
      preview = openPreview(shown, reels, () => {});
      preview.set(list);
      canvas = new OffscreenCanvas(list.width, list.height);
      compositor = createCompositor(canvas);
    },
    async previewAt(ms) {
      const wanted = await frameAt(ms);
      preview.seek(ms);
      // It draws when it can: what it shows in the end counts.
      let worst = 255;
      for (let look = 0; look < 100 && worst > 0; look++) {
        await new Promise((later) => setTimeout(later, 50));
        worst = bytesOf(shown, list).reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0);
      }
      return worst;
    },
    async make() {
      const made = await exportVideo(list, reels, { name: 'made.mp4', signal: new AbortController().signal, onProgress() {} });
      files.set('exported', await openReel(made.file));
      return made.codecs;
    },
    async compare(name, ms, frameMs) {
      const wanted = await frameAt(frameMs);
      const { picture } = await (await fileOf(name)).pictureAt(ms);
      const found = bytesOf(picture, list);
      let [sum, squares, count] = [0, 0, 0];
      for (let i = 0; i < found.length; i++) {
        if (i % 4 === 3) continue;
        const off = Math.abs(found[i] - wanted[i]);
        sum += off;
        squares += off * off;
        count++;
      }
      return { mean: sum / count, psnr: 10 * Math.log10((255 * 255) / (squares / count)) };
    },
    async loudness(name) {
      const reel = await fileOf(name);
      const sound = await reel.soundOf(0, reel.durationMs);
      const samples = sound.getChannelData(0);
      const window = Math.round(sound.sampleRate / 10);
      return Array.from({ length: Math.floor(samples.length / window) }, (_, at) =>
        Math.sqrt(samples.subarray(at * window, (at + 1) * window).reduce((all, one) => all + one * one, 0) / window));
    },
  };`;
