import type { SoundId } from '../../../contract/ids.ts';
import type { Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Media } from '../media/media.ts';
import type { Posts } from '../posts/posts.ts';
import type { heardStore } from './heard.store.ts';

/** What becomes of a sound's file, and of the videos that use it, when it is withdrawn or nobody hears it any more. */
const silence = 'silence-sound';
const settle = 'settle-sound';
const page = 100;

type Ending = {
  jobs: Jobs;
  heard: ReturnType<typeof heardStore>;
  media: Pick<Media, 'tracks' | 'silence'>;
  posts: Pick<Posts, 'posts'>;
};

export function defineSilencing({ jobs, heard, media, posts }: Ending): void {
  jobs.define({
    name: silence,
    weight: 'light',
    async run({ soundId }: { soundId: SoundId }) {
      if (!(await heard.one(soundId))?.withdrawn_at) return;
      await media.tracks.end(soundId);
      for (let after = ''; ; ) {
        const ids = await heard.usesAfter(soundId, after, page);
        const found = await posts.posts(ids);
        // One that was given another sound meanwhile keeps that.
        for (const { soundId: now, assetId } of found.values())
          if (assetId && now === soundId) await media.silence(assetId);
        if (ids.length < page) return;
        after = ids.at(-1)!;
      }
    },
  });
}

export const orderSilencing = (jobs: Jobs, executor: Executor, soundId: SoundId): Promise<void> =>
  jobs.order(executor, silence, { soundId }, { key: `${silence}:${soundId}` });

/** Fewer videos have a sound, or fewer of them are public. */
export function defineSettling({ jobs, heard, media }: Ending): void {
  jobs.define({
    name: settle,
    weight: 'light',
    async run({ soundId }: { soundId: SoundId }) {
      const row = await heard.one(soundId);
      if (!row?.original) return;
      if (row.videos <= 0) {
        await media.tracks.end(soundId);
        // What was withdrawn is recognised also when it comes back.
        if (!row.withdrawn_at) await heard.forgetLandmarks(row.no);
      }
      // Whoever heard it in public knows the address of its file.
      else if (row.uses <= 0) await media.tracks.renew(soundId);
    },
  });
}

export const orderSettling = (jobs: Jobs, executor: Executor, soundId: SoundId): Promise<void> =>
  jobs.order(executor, settle, { soundId }, { key: `${settle}:${soundId}` });
