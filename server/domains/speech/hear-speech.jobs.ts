import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Executor } from '../../platform/database.ts';
import type { JobCall, Jobs } from '../../platform/jobs.ts';
import type { Speech as SpeechPort } from '../../platform/speech/speech.ts';
import type { Media } from '../media/media.ts';
import { type SpeechStore, topicOf } from './speech.store.ts';

/**
 * The order `hear-speech`. It waits behind everything that somebody must have to publish, runs in one folder that it
 * empties first, and writes its result in one statement: killed anywhere, it begins again.
 */
const hearSpeech = 'hear-speech';
/** Behind renditions: a video without suggestions can be published, one without media cannot. */
const priority = 20;
const monthMs = 30 * 24 * 3_600_000;

type Hearing = {
  jobs: Jobs;
  bus: Bus;
  media: Pick<Media, 'soundOf'>;
  speech: SpeechPort;
  store: SpeechStore;
  now(): Date;
  folder: string;
};

export function orderHear(jobs: Jobs, executor: Executor, assetId: AssetId): Promise<void> {
  // What stops the engine once is tried once more, and no third time: it takes minutes of a core.
  return jobs.order(
    executor,
    hearSpeech,
    { assetId },
    { key: `${hearSpeech}:${assetId}`, priority, maxAttempts: 2 },
  );
}

export function defineHear(hearing: Hearing): void {
  const { jobs, bus, store, now } = hearing;
  jobs.define({
    name: hearSpeech,
    weight: 'heavy',
    async run({ assetId }: { assetId: AssetId }, call) {
      await store.forget(new Date(now().getTime() - monthMs));
      const row = await store.one(assetId);
      if (!row || row.state === 'done') return;
      const tell = (note: object) => bus.publish(topicOf(row.upload_id), note);
      await store.set(assetId, { state: 'hearing' }, now());
      await tell({});
      try {
        await hear(hearing, assetId, call, tell);
      } catch (error) {
        if (call.lastAttempt && !call.signal.aborted) {
          await store.set(assetId, { state: 'failed' }, now());
          await tell({});
        }
        throw error;
      }
      await tell({});
    },
  });
}

async function hear(
  { media, speech, store, now, folder }: Hearing,
  assetId: AssetId,
  { signal, log }: JobCall,
  tell: (note: object) => Promise<void>,
): Promise<void> {
  const sound = await media.soundOf(assetId);
  // The upload was discarded meanwhile: there is nobody to be told.
  if (!sound) return store.finish(assetId, [], now());
  const place = join(folder, assetId);
  try {
    await rm(place, { recursive: true, force: true });
    await mkdir(place, { recursive: true, mode: 0o700 });
    const cues = await speech.transcribe(sound.path, place, {
      signal,
      onProgress(progress) {
        const lost = (error: unknown) => log.debug({ err: error }, 'a progress note was lost');
        store.set(assetId, { progress }, now()).then(() => tell({}), lost);
      },
    });
    await store.finish(assetId, cues, now());
  } finally {
    await sound.release();
    await rm(place, { recursive: true, force: true });
  }
}
