import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bus } from '../../platform/bus.ts';
import type { Executor } from '../../platform/database.ts';
import type { JobCall, Jobs } from '../../platform/jobs.ts';
import type { Rendering } from '../../platform/rendering/rendering.types.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { Media } from '../media/media.ts';
import { faultCode, isWorthAnother } from './renderings.rules.ts';
import { type Order, type RenderingsStore, topicOf } from './renderings.store.ts';

/**
 * The order `render-draft`: from a draft to an upload whose last byte has come. It works in one folder that it empties
 * first; the file lies where its upload will look before one transaction makes both known: killed anywhere, it begins
 * again, and makes one upload.
 */
const renderDraft = 'render-draft';
const monthMs = 30 * 24 * 3_600_000;

export type RenderingWork = {
  jobs: Jobs;
  bus: Bus;
  media: Pick<Media, 'keepMade' | 'enterMade' | 'limits'>;
  drafts: Pick<Drafts, 'forRendering'>;
  rendering: Pick<Rendering, 'render'>;
  /** Drawings of packs, of those keys that are known. */
  drawings(keys: readonly string[]): Promise<{ key: string; svg: string }[]>;
  store: RenderingsStore;
  now(): Date;
  folder: string;
};

export function orderRender(jobs: Jobs, executor: Executor, order: Order): Promise<void> {
  // What the browser could not do twice it will not do the third time, and each takes minutes.
  return jobs.order(executor, renderDraft, order, {
    key: `${renderDraft}:${order.uploadId}`,
    maxAttempts: 2,
  });
}

export function defineRender(work: RenderingWork): void {
  const { store, now, bus } = work;
  work.jobs.define({
    name: renderDraft,
    weight: 'lone',
    async run(order: Order, call) {
      await store.forget(new Date(now().getTime() - monthMs));
      const row = await store.takeUp(order, now());
      if (!row) return;
      const tell = () => bus.publish(topicOf(order), {});
      await tell();
      try {
        await render(work, order, row.revision, call);
      } catch (error) {
        if (!call.signal.aborted && call.lastAttempt)
          await store.end(store.db, order, { state: 'failed', fault: 'internal' }, now());
        throw error;
      } finally {
        await tell();
      }
    },
  });
}

/** Ends the order in the store, or throws to be tried again. */
async function render(work: RenderingWork, order: Order, revision: number, call: JobCall): Promise<void> {
  const { store, now, media } = work;
  const fail = (fault: NonNullable<Parameters<typeof store.end>[2]['fault']>) =>
    store.end(store.db, order, { state: 'failed', fault }, now());
  const draft = await work.drafts.forRendering(order.accountId, order.draftId);
  // Removed meanwhile: there is nothing to publish, and nobody to be told.
  if (!draft) return store.remove(order.accountId, order.draftId);
  if (draft.revision !== revision || !draft.complete) return void (await fail('draft_moved_on'));
  const place = join(work.folder, order.uploadId);
  const unwanted = new AbortController();
  let notedAt = 0;
  const note = (share: number) => {
    if (performance.now() - notedAt < 1000) return;
    notedAt = performance.now();
    store
      .note(order, share, now())
      .then((wanted) => (wanted ? work.bus.publish(topicOf(order), {}) : unwanted.abort()))
      .catch((err) => call.log.debug({ err }, 'a progress note was lost'));
  };
  try {
    await rm(place, { recursive: true, force: true });
    await mkdir(place, { recursive: true, mode: 0o700 });
    const made = await work.rendering.render({
      list: draft.list,
      materials: draft.materials.map(({ takeId, bytes, open }) => ({ id: takeId, bytes, open })),
      stickers: await work.drawings([...new Set(draft.list.stickers.map(({ sticker }) => sticker))]),
      folder: place,
      maxBytes: media.limits().uploadBytes,
      signal: AbortSignal.any([call.signal, unwanted.signal]),
      onProgress: note,
    });
    if (!made.ok) {
      if (isWorthAnother(made.fault) && !call.lastAttempt)
        throw new Error(`rendering: ${made.fault.code} ${JSON.stringify(made.fault.details)}`);
      return void (await fail(faultCode(made.fault)));
    }
    const { size } = await stat(made.path);
    await media.keepMade(order.uploadId, made.path);
    await store.transaction(async (trx) => {
      // Replaced or stopped at the last moment: the bytes have no upload, and are swept.
      if (!(await store.end(trx, order, { state: 'ready', fault: null }, now()))) return;
      await media.enterMade(trx, {
        ...{ id: order.uploadId, ownerId: order.accountId, bytes: size },
        fileName: `kinora-${order.draftId}.mp4`,
      });
    });
  } catch (error) {
    // It was not wanted any more: that is its end.
    if (!unwanted.signal.aborted || call.signal.aborted) throw error;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
