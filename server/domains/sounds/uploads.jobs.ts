import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, AssetId, SoundId, UploadId } from '../../../contract/ids.ts';
import type { KnownInUpload, UploadSound } from '../../../contract/sounds.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Media } from '../media/media.ts';
import { type Listening, recognised } from './listening.jobs.ts';
import { verdictOn } from './recognise.rules.ts';
import { whyNot } from './sounds.rules.ts';
import type { uploadsStore } from './uploads.store.ts';

/**
 * Which known sound is heard in an upload, told to its owner before it is published: the same look that follows a
 * publication (`listening.jobs`), with nothing kept but the answer. Rights are looked at when it is read.
 */
const name = 'recognise-upload';
/** Somebody sits before it: behind what makes uploads ready, before finer renditions. */
const priority = 2;
const monthMs = 30 * 24 * 3_600_000;

type Order = { assetId: AssetId; ownerId: AccountId };
export type AskingUploads = Omit<Listening, 'media' | 'posts'> & {
  media: Pick<Media, 'tracks' | 'uploadFacts'>;
  accounts: Pick<Accounts, 'people'>;
  store: ReturnType<typeof uploadsStore>;
};

export function createAskingUploads(deps: AskingUploads) {
  const { jobs, heard, media, store, accounts, market, now } = deps;
  jobs.define({
    name,
    weight: 'heavy',
    async run({ assetId, ownerId }: Order, { signal, lastAttempt }) {
      await store.forget(new Date(now().getTime() - monthMs));
      if ((await store.one(assetId))?.done !== false) return;
      try {
        const found = await media.tracks.hear(assetId, signal);
        const first = found && (await recognised(deps, null, found, ownerId));
        await store.finish(assetId, first?.known.id ?? null, now());
      } catch (error) {
        // Nobody should wait for ever: after publishing it is looked at again.
        if (lastAttempt && !signal.aborted) await store.finish(assetId, null, now());
        throw error;
      }
    },
  });

  const shown = async (id: SoundId, ownerId: AccountId): Promise<KnownInUpload | null> => {
    const known = await heard.one(id);
    const verdict = known && verdictOn(known, ownerId, market);
    if (!known || !verdict || verdict === 'nothing') return null;
    const outcome = verdict === 'tell' ? whyNot(known) : known.withdrawn_at ? 'silent' : 'linked';
    // One’s own: nothing to think about.
    if (outcome === 'linked' && known.owner_id === ownerId) return null;
    const people = known.owner_id ? await accounts.people([known.owner_id]) : null;
    return {
      id,
      title: known.title,
      ownerHandle: (known.owner_id && people?.get(known.owner_id)?.handle) || null,
      outcome,
    };
  };

  return {
    /** Again: what is known by now. Throws not_found, upload_not_finished. */
    async ask(accountId: AccountId, uploadId: UploadId): Promise<UploadSound> {
      const upload = await media.uploadFacts(uploadId);
      if (upload?.ownerId !== accountId) throw new Refusal('not_found');
      const { assetId, state, facts } = upload;
      if (!assetId) throw new Refusal('upload_not_finished', { state });
      if (!facts?.hasSound) return { state: 'done', known: null };
      const row = await store.one(assetId);
      if (!row) {
        const order: Order = { assetId, ownerId: accountId };
        await store.want(assetId, now(), (trx) =>
          jobs.order(trx, name, order, { key: `${name}:${assetId}`, priority, maxAttempts: 2 }),
        );
      }
      if (!row?.done) return { state: 'listening', known: null };
      return { state: 'done', known: row.known && (await shown(row.known, accountId)) };
    },
  };
}
