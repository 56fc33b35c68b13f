import type { AssetId } from '../../../contract/ids.ts';
import type { NewFile } from './assets.store.ts';
import type { Making } from './making.ts';

/**
 * An asset loses its sound: each rendition is written again without it, under a new name, and what has sound goes, the HLS
 * package too (a player then takes the plain files). Nothing is encoded again. The upload's source stays, as it is never
 * served.
 */
const name = 'silence-asset';

export async function silenceAsset(making: Making, assetId: AssetId): Promise<void> {
  await making.assets.transaction(async (trx) => {
    if (!(await making.assets.silenced(trx, assetId, making.now()))) return;
    await making.jobs.order(
      trx,
      name,
      { assetId },
      { key: `${name}:${assetId}`, priority: -1, maxAttempts: 12 },
    );
  });
}

export function defineSilence(making: Making): void {
  making.jobs.define({
    name,
    weight: 'heavy',
    run: ({ assetId }: { assetId: AssetId }, { signal }) => run(making, assetId, signal),
  });
}

async function run(making: Making, assetId: AssetId, signal: AbortSignal): Promise<void> {
  const { assets, storage, engine, outbox } = making;
  const asset = await assets.one(assetId);
  if (!asset?.address || !asset.silenced_at) return;
  const made: NewFile[] = [];
  await making.scratch.within(`silence-${assetId}`, async (folder) => {
    for (const { name: from, rendition } of await assets.files(assetId)) {
      if (!rendition?.hasSound) continue;
      const local = await storage.localPath(`assets/${assetId}/${from}`);
      // A file that is lost is no harm here.
      if (!local) continue;
      const file = from.replace(/\.mp4$/, '-silent.mp4');
      try {
        const silent = await engine.silence(local.path, `${folder}/${file}`, { signal });
        if (!silent.ok) throw new Error(`silence of ${from} of ${assetId}: ${silent.refusal.code}`);
        await storage.put(`assets/${assetId}/${file}`, { path: silent.path });
        const codecs = rendition.codecs.split(',').filter((codec) => !codec.startsWith('mp4a'));
        made.push({
          name: file,
          kind: 'rendition',
          bytes: silent.bytes,
          rendition: { ...rendition, bytes: silent.bytes, hasSound: false, codecs: codecs.join(',') },
        });
      } finally {
        await local.release();
      }
    }
  });
  const old = await assets.transaction(async (trx) => {
    if (!(await assets.lock(trx, assetId))) return null;
    const ended = await assets.replaceSounding(trx, assetId, made);
    if (ended.length > 0) await outbox.emit(trx, 'media.improved', { assetId });
    return ended;
  });
  if (old === null) await storage.removeAll(`assets/${assetId}/`);
  for (const ended of old ?? []) await storage.remove(`assets/${assetId}/${ended}`);
}
