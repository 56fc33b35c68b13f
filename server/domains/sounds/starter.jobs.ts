import { fork } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Home } from '../../platform/home.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Media } from '../media/media.ts';
import type { heardStore } from './heard.store.ts';
import { termsOf } from './search.rules.ts';
import { type Starter, starterArtist, starters } from './starter.ts';
import type { PlayOrder } from './starter-child.ts';

/**
 * The starter library, one piece a job, with a rest between them and behind all that somebody waits for. A piece that was
 * killed is begun again; one that is there, also withdrawn, is left alone.
 */
const name = 'play-starter';
/** The demo community comes first, and whoever looks at it needs the cores. */
const firstMs = 60_000;
const restMs = 4000;
const mostMs = 60_000;

type Playing = {
  jobs: Jobs;
  home: Pick<Home, 'scratch'>;
  heard: ReturnType<typeof heardStore>;
  media: Pick<Media, 'tracks'>;
  now(): Date;
};

export function defineStarters(deps: Playing) {
  const { jobs, heard, media, now } = deps;
  const order = (inMs: number) =>
    jobs.order(
      heard.db,
      name,
      {},
      { key: name, priority: 20, maxAttempts: 3, runAt: new Date(Date.now() + inMs) },
    );
  const make = async (starter: Starter, signal: AbortSignal) => {
    const folder = join(deps.home.scratch, 'starters');
    const wavPath = join(folder, `${starter.id}.wav`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await play({ piece: starter.piece, wavPath }, signal);
      const found = await media.tracks.make(starter.id, { wavPath }, signal);
      if (!found) throw new Error(`${starter.id} could not be made`);
      const { id, title, mood } = starter;
      const terms = termsOf([title, starterArtist]);
      await heard.addToLibrary({ id, title, artist: starterArtist, mood, terms, at: now() });
      await heard.keep(id, found, now());
    } finally {
      await rm(wavPath, { force: true });
    }
  };
  jobs.define({
    name,
    weight: 'heavy',
    async run(_: object, { signal }) {
      const there = await heard.heardAmong(starters.map((one) => one.id));
      const [next, ...others] = starters.filter((one) => !there.has(one.id));
      if (!next) return;
      await make(next, signal);
      if (others.length > 0) await order(restMs);
    },
  });
  return { order: () => order(firstMs) };
}

async function play(order: PlayOrder, signal: AbortSignal): Promise<void> {
  const child = fork(fileURLToPath(new URL('./starter-child.ts', import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const kill = () => child.kill('SIGKILL');
  const late = setTimeout(kill, mostMs);
  signal.addEventListener('abort', kill, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', () => resolve());
      child.on('error', reject);
      child.on('exit', (code, by) => reject(new Error(`playing ended with ${code ?? by}`)));
      child.send(order);
    });
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', kill);
  }
}
