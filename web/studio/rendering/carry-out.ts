import type { RenderJob, RenderReport } from '../../../contract/render-job.ts';
import { createCompositor } from '../compositor/compositor.ts';
import { exportVideo, videoCodecFor } from '../reels/export.ts';
import { openReel, type Reel } from '../reels/reel.ts';
import { openStill } from '../reels/still.ts';
import { learnSticker } from '../stickers/pictures.ts';

/**
 * One order of the server, carried out by the studio's own export. All addresses are beside the page's own, which holds
 * the secret of this order. Knows no account and no draft.
 */
export async function carryOut(): Promise<void> {
  try {
    const job = (await (await fetch('job.json')).json()) as RenderJob;
    if (job.kind === 'look') await report({ kind: 'able', codec: await able() });
    else await render(job);
  } catch (error) {
    const { name, message, id = null } = error as Error & { id?: string };
    const code = name === 'no_encoder' || name === 'bad_material' ? name : 'failed';
    await report({ kind: 'failed', code, id, said: `${name}: ${message}`.slice(0, 500) });
  }
}

const report = (news: RenderReport) => fetch('report', { method: 'POST', body: JSON.stringify(news) });

/** The codec it would write; null when it has none. Throws where nothing can be drawn. */
async function able(): Promise<string | null> {
  createCompositor(new OffscreenCanvas(16, 16)).close();
  return videoCodecFor({ width: 720, height: 1280 });
}

async function render({ list, materials, stickers }: Extract<RenderJob, { kind: 'render' }>): Promise<void> {
  for (const { key, svg } of stickers)
    if (!(await learnSticker(key, svg))) throw badMaterial(key, 'the drawing cannot be read');
  const reels = new Map<string, Reel>();
  for (const { id, bytes } of materials) reels.set(id, await open(id, bytes, list.sources[id]?.kind));
  // Four reports a second; one that is lost is made good by the next.
  let toldAt = 0;
  const tell = (share: number) => {
    if (performance.now() - toldAt < 250) return;
    toldAt = performance.now();
    report({ kind: 'progress', share }).catch(() => {});
  };
  const { signal } = new AbortController();
  const { file } = await exportVideo(list, reels, { name: 'made.mp4', signal, onProgress: tell });
  const taken = await fetch('made', { method: 'POST', body: file });
  if (!taken.ok) throw new Error(`the file was not taken: ${taken.status}`);
}

async function open(id: string, size: number, kind: string | undefined): Promise<Reel> {
  const address = `material/${id}`;
  try {
    if (kind === 'picture') return await openStill(await (await fetched(address)).blob());
    return await openReel({
      size,
      // A request for each part: an answer that is read slowly would hold one of the browser's few lines.
      read: async (start, end) =>
        new Uint8Array(await (await fetched(address, `bytes=${start}-${end - 1}`)).arrayBuffer()),
    });
  } catch (error) {
    throw badMaterial(id, (error as Error).message);
  }
}

async function fetched(address: string, range?: string): Promise<Response> {
  const reply = await fetch(address, range ? { headers: { range } } : {});
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply;
}

const badMaterial = (id: string, said: string) =>
  Object.assign(new Error(said), { name: 'bad_material', id });
