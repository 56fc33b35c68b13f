import { join } from 'node:path';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, AssetId, UploadId } from '../../../contract/ids.ts';
import type { HeardSpeech } from '../../../contract/speech.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Home } from '../../platform/home.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Speech as SpeechPort } from '../../platform/speech/speech.ts';
import type { Media } from '../media/media.ts';
import { defineHear, orderHear } from './hear-speech.jobs.ts';
import { speechHttp } from './speech.http.ts';
import { presentHeard, speechStore, topicOf } from './speech.store.ts';

/**
 * Captions suggested by a machine: once for an asset, when its owner asks, for its owner alone. They are suggestions
 * until a person takes them; then they are captions like any other, and nothing here knows of it.
 */
export type Speech = {
  /** Again: the same answer; after a failure: once more. Throws not_found, speech_off, upload_not_finished. */
  ask(accountId: AccountId, uploadId: UploadId): Promise<HeardSpeech>;
  heard(accountId: AccountId, uploadId: UploadId): Promise<HeardSpeech>;
  http: Handled[];
};

export type SpeechDeps = {
  database: Database;
  jobs: Jobs;
  bus: Bus;
  clock: Clock;
  home: Pick<Home, 'scratch'>;
  media: Pick<Media, 'uploadFacts' | 'soundOf'>;
  speech: SpeechPort;
};

export function createSpeech(deps: SpeechDeps): Speech {
  const { jobs, bus, media, speech } = deps;
  const now = () => new Date(deps.clock.now());
  const store = speechStore(deps.database);
  defineHear({ jobs, bus, media, speech, store, now, folder: join(deps.home.scratch, 'speech') });

  const own = async (accountId: AccountId, uploadId: UploadId) => {
    const upload = await media.uploadFacts(uploadId);
    if (upload?.ownerId !== accountId) throw new Refusal('not_found');
    return upload;
  };
  const verbs: Omit<Speech, 'http'> = {
    async ask(accountId, uploadId) {
      const { state, assetId } = await own(accountId, uploadId);
      if (speech.state() !== 'on') throw new Refusal('speech_off', { reason: speech.state() });
      if (!assetId) throw new Refusal('upload_not_finished', { state });
      await store.transaction(async (trx) => {
        if (await store.want(trx, assetId as AssetId, uploadId, now())) await orderHear(jobs, trx, assetId);
      });
      await bus.publish(topicOf(uploadId), {});
      return verbs.heard(accountId, uploadId);
    },
    async heard(accountId, uploadId) {
      const { assetId } = await own(accountId, uploadId);
      return presentHeard(assetId ? await store.one(assetId) : undefined);
    },
  };
  return { ...verbs, http: speechHttp({ speech: verbs, bus }) };
}
