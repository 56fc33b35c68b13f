/**
 * KuaiRand as the ranker meets it: each impression a showing and an outcome, and the watches before 04-25 (which have
 * no times and no tab) spread over the seventeen days that they are from. Knows no protocol.
 */
import { readFileSync } from 'node:fs';
import type { Outcome, Showing } from '../../packages/content-graph/models/ranker/showing.ts';
import {
  type Impressions,
  KUAIRAND_FOLDER,
  type KuairandVideo,
  readHistories,
  readImpressions,
  readVideos,
} from './kuairand.reader.ts';

/** Coarse attributes of users; the ranker sees each as one key, without its meaning. */
const TRAITS = [
  'user_active_degree',
  'follow_user_num_range',
  'fans_user_num_range',
  'register_days_range',
  'onehot_feat0',
  'onehot_feat1',
  'onehot_feat4',
  'onehot_feat6',
  'onehot_feat7',
  'onehot_feat8',
  'onehot_feat9',
  'onehot_feat10',
  'onehot_feat11',
];
const LOG_BEGINS = Date.UTC(2022, 3, 8);
const NO_TRAITS: number[] = [];
const SKIP_MS = 3000;
const FINISHED_SHARE = 0.9;

export type PastWatch = { user: number; video: number; atMs: number; long: number };

export type KuairandShowings = {
  impressions: Impressions;
  videos: KuairandVideo[];
  past: PastWatch[];
  /** Reused: the same object every time. */
  pastShowing(watch: PastWatch): Showing;
  showing(row: number): Showing;
  /** Without the watch quantile, which is relative to what was learned so far. */
  outcome(row: number): Outcome;
};

export async function readShowings(folder: string = KUAIRAND_FOLDER): Promise<KuairandShowings> {
  const impressions = await readImpressions(folder);
  const videos = readVideos(folder);
  const keyOf = createKeys();
  const known = videos.map(({ creator, sound, tags }) => ({
    creator: keyOf(`creator ${creator}`),
    sound: sound === null ? -1 : keyOf(`sound ${sound}`),
    tags: tags.map((tag) => keyOf(`tag ${tag}`)),
  }));
  const traits = readTraits(folder, createKeys());
  const past: PastWatch[] = [];
  for (const { user, lastMs, videos: watched, long } of await readHistories(folder)) {
    const gap = Math.max(1000, (lastMs - LOG_BEGINS) / watched.length);
    // Whether an earlier watch of the same video was long is not in the data: only the last one counts.
    const lastAt = new Map(Array.from(watched, (video, at) => [video, at]));
    for (const [video, at] of lastAt)
      past.push({ user, video, atMs: lastMs - (watched.length - 1 - at) * gap, long: long[at]! });
  }
  past.sort((a, b) => a.atMs - b.atMs);
  const showing: Showing = {
    user: 0,
    traits: NO_TRAITS,
    item: 0,
    creator: 0,
    sound: 0,
    language: -1,
    tags: [],
    surface: 0,
    durationMs: 0,
    publishedAtMs: 0,
    atMs: 0,
  };
  const fill = (user: number, video: number, surface: number, durationMs: number, atMs: number): Showing =>
    Object.assign(showing, known[video], {
      user,
      traits: traits.get(user) ?? NO_TRAITS,
      item: video,
      surface,
      durationMs,
      publishedAtMs: videos[video]!.publishedAtMs,
      atMs,
    });
  const { user, video, tab, durationMs, atMs, playedMs, long, liked, shared, followed, hated } = impressions;
  return {
    impressions,
    videos,
    past,
    pastShowing: (watch) => fill(watch.user, watch.video, -1, videos[watch.video]!.durationMs, watch.atMs),
    showing: (row) => fill(user[row]!, video[row]!, tab[row]!, durationMs[row]!, atMs[row]!),
    outcome: (row) => ({
      long: long[row]!,
      finish: durationMs[row]! > 0 && playedMs[row]! >= FINISHED_SHARE * durationMs[row]! ? 1 : 0,
      skip: playedMs[row]! < SKIP_MS ? 1 : 0,
      like: liked[row]!,
      share: shared[row]!,
      follow: followed[row]!,
      hide: hated[row]!,
    }),
  };
}

function createKeys(): (name: string) => number {
  const rowOf = new Map<string, number>();
  return (name) => {
    const known = rowOf.get(name);
    if (known !== undefined) return known;
    rowOf.set(name, rowOf.size);
    return rowOf.size - 1;
  };
}

function readTraits(folder: string, keyOf: (name: string) => number): Map<number, number[]> {
  const [head, ...lines] = readFileSync(`${folder}/users.csv`, 'utf8').trim().split('\n');
  const places = TRAITS.map((name) => head!.split(',').indexOf(name));
  return new Map(
    lines.map((line) => {
      // Ranges stand in quotes because of their comma.
      const cells = line.replaceAll(/"[^"]*"/g, (quoted) => quoted.slice(1, -1).replace(',', '…')).split(',');
      return [Number(cells[0]), places.map((place, at) => keyOf(`${TRAITS[at]}=${cells[place]}`))];
    }),
  );
}
