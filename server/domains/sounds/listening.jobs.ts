import type { AccountId, SoundId } from '../../../contract/ids.ts';
import type { Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Heard, Media } from '../media/media.ts';
import type { Posts } from '../posts/posts.ts';
import type { heardStore } from './heard.store.ts';
import { isKnown, verdictOn } from './recognise.rules.ts';

/**
 * Listening to a sound: its file is made, what is heard in it is kept, and whether it is a known one is looked up. In the
 * media engine's child process, behind uploads that somebody waits for.
 */
const name = 'listen-to-sound';
/** While the demo community is drawn, every core is needed by whoever waits for its first videos. */
export const afterDemoMs = 45_000;

export type Listening = {
  jobs: Jobs;
  log: Log;
  heard: ReturnType<typeof heardStore>;
  media: Pick<Media, 'tracks'>;
  posts: Pick<Posts, 'setSound'>;
  market: string | null;
  now(): Date;
};

export function defineListening(deps: Listening): void {
  const { jobs, heard, media } = deps;
  jobs.define({
    name,
    weight: 'heavy',
    async run({ soundId }: { soundId: SoundId }, { signal }) {
      const row = await heard.one(soundId);
      if (!row?.asset_id || row.heard_at || row.withdrawn_at || row.videos <= 0) return;
      const found = await media.tracks.make(soundId, { assetId: row.asset_id }, signal);
      if (!found) return;
      // Recognised first: a kill in between repeats both.
      await recognise(deps, soundId, found);
      if (!(await heard.keep(soundId, found, deps.now()))) await media.tracks.end(soundId);
    },
  });
}

export const orderListening = (jobs: Jobs, executor: Executor, soundId: SoundId, inMs = 0): Promise<void> =>
  jobs.order(
    executor,
    name,
    { soundId },
    {
      key: `${name}:${soundId}`,
      priority: 6,
      maxAttempts: 4,
      ...(inMs > 0 && { runAt: new Date(Date.now() + inMs) }),
    },
  );

async function recognise(deps: Listening, soundId: SoundId, found: Heard): Promise<void> {
  const { heard, posts, log } = deps;
  const own = await heard.one(soundId);
  if (!own) return;
  const first = await recognised(deps, soundId, found, own.owner_id);
  if (!first) return;
  const { known, verdict, shared } = first;
  const { length } = found.landmarks.hashes;
  log.info({ soundId, known: known.id, shared, landmarks: length, verdict }, 'a known sound was recognised');
  if (verdict === 'tell') return heard.noteResembled(soundId, known.id);
  const videoId = await heard.videoOf(soundId);
  if (videoId) await posts.setSound(videoId, { from: soundId, to: known.id });
}

/** The known sound that is heard in it, and what follows for its author; null: none of which anything follows. */
export async function recognised(
  { heard, market }: Pick<Listening, 'heard' | 'market'>,
  soundId: SoundId | null,
  found: Heard,
  authorId: AccountId | null,
) {
  const { length } = found.landmarks.hashes;
  for (const { id, shared } of await heard.resembling(soundId, found)) {
    if (!isKnown(shared, length)) return null;
    const known = await heard.one(id);
    const verdict = known ? verdictOn(known, authorId, market) : 'nothing';
    if (known && verdict !== 'nothing') return { known, verdict, shared };
  }
  return null;
}
