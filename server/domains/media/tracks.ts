import type { AssetId } from '../../../contract/ids.ts';
import type { ListenResult } from '../../platform/media-engine/engine.types.ts';
import { newId } from '../../platform/random.ts';
import type { FoundFile } from '../../platform/storage/storage.ts';
import { newAddress } from './assets.store.ts';
import type { Files } from './files.http.ts';
import type { Making } from './making.ts';
import { trackFile } from './media.tables.ts';

/**
 * Sounds alone: one AAC file under an address of its own. Whoever orders a track names it (an id of theirs), says what it
 * is made from, and ends it. The file comes first and the row after it; at the end the address goes first and the row last.
 */
export type Tracks = ReturnType<typeof createTracks>;
export type Heard = Omit<ListenResult, 'path'>;
/** An asset of this server, or a WAV that was made for it. */
export type TrackSource = { assetId: AssetId } | { wavPath: string };

const keyOf = (id: string) => `tracks/${id}/${trackFile}`;

export function createTracks(making: Making, files: Pick<Files, 'forget'>) {
  const { storage, engine, uploads, assets } = making;
  const { db } = uploads;

  /** `keep` gets the file, which goes when it returns. */
  const hear = async (
    id: string,
    path: string,
    signal: AbortSignal,
    keep: (made: string, facts: Heard) => Promise<void>,
  ): Promise<Heard | null> =>
    making.scratch.within(`track-${id}`, async (folder) => {
      const heard = await engine.listen(path, `${folder}/${trackFile}`, { signal });
      if (!heard.ok) {
        making.log.warn({ track: id, refusal: heard.refusal }, 'a sound could not be listened to');
        return null;
      }
      const { path: made, ...facts } = heard;
      await keep(made, facts);
      return facts;
    });

  const listenTo = (id: string, path: string, signal: AbortSignal): Promise<Heard | null> =>
    hear(id, path, signal, async (made, facts) => {
      await storage.put(keyOf(id), { path: made });
      await db
        .insertInto('tracks')
        .values({ id, address: newAddress(), bytes: facts.bytes, tag: newId(12) })
        .onConflict((c) => c.column('id').doUpdateSet({ bytes: facts.bytes }))
        .execute();
    });

  const hearAsset = async <T>(id: AssetId, listening: (path: string) => Promise<T>): Promise<T | null> => {
    const asset = await assets.one(id);
    if (!asset?.address || !asset.has_sound) return null;
    const local = await storage.localPath(`assets/${id}/540.mp4`);
    if (!local) return null;
    try {
      return await listening(local.path);
    } finally {
      await local.release();
    }
  };

  const end = async (id: string): Promise<void> => {
    const row = await db.selectFrom('tracks').select('address').where('id', '=', id).executeTakeFirst();
    if (!row) return;
    await db.updateTable('tracks').set({ address: null }).where('id', '=', id).execute();
    if (row.address) await files.forget(row.address);
    await storage.removeAll(`tracks/${id}/`);
    await db.deleteFrom('tracks').where('id', '=', id).where('address', 'is', null).execute();
  };

  return {
    /** Makes the file and says what is heard in it; null: it has no sound, or is gone. Again: the same, at the same address. */
    async make(id: string, source: TrackSource, signal: AbortSignal): Promise<Heard | null> {
      if ('wavPath' in source) return listenTo(id, source.wavPath, signal);
      return hearAsset(source.assetId, (path) => listenTo(id, path, signal));
    },
    /** What is heard in an asset; nothing is kept. Null: it has no sound, or is gone. */
    hear: (id: AssetId, signal: AbortSignal): Promise<Heard | null> =>
      hearAsset(id, (path) => hear(`of-${id}`, path, signal, async () => {})),
    /** Where they may be fetched; one query. */
    async urls(ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('tracks')
        .select(['id', 'address'])
        .where('id', 'in', [...ids])
        .where('address', 'is not', null)
        .execute();
      return new Map(rows.map(({ id, address }) => [id, `/media/${address}/${trackFile}`]));
    },
    end,
    /** A new address; the old one ends. */
    async renew(id: string): Promise<void> {
      const before = await db.selectFrom('tracks').select('address').where('id', '=', id).executeTakeFirst();
      if (!before?.address) return;
      await db
        .updateTable('tracks')
        .set({ address: newAddress() })
        .where('id', '=', id)
        .where('address', '=', before.address)
        .execute();
      await files.forget(before.address);
    },
    /** Ends what was cut short; removes files that no row knows. `isOld`: no job is about to write its row. */
    async sweep(isOld: (file: FoundFile) => boolean): Promise<number> {
      const going = await db.selectFrom('tracks').select('id').where('address', 'is', null).execute();
      for (const { id } of going) await end(id);
      let removed = 0;
      for await (const file of storage.list('tracks/')) {
        if (!isOld(file)) continue;
        const id = file.key.split('/')[1]!;
        const known = await db.selectFrom('tracks').select('id').where('id', '=', id).executeTakeFirst();
        if (known) continue;
        await storage.remove(file.key);
        removed++;
      }
      return removed;
    },
  };
}
