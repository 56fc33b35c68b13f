/**
 * KuaiRand-Pure (Gao et al., CIKM 2022) as typed columns: impressions in time order, each user's last watches before
 * 04-25, and the videos. Knows the files; does NOT know protocols. Outcomes stand apart from what is known beforehand.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

export const KUAIRAND_FOLDER = new URL('../../../shared/data/kuairand', import.meta.url).pathname;

export function hasKuairand(folder: string = KUAIRAND_FOLDER): boolean {
  return existsSync(`${folder}/val.parquet`) && existsSync(`${folder}/test.parquet`);
}

/** The sound of 204 videos of which none is known: the graph meets it as a sound, nothing is concluded from sharing it. */
export const NO_SOUND = '0';

/** One place per impression, ordered by time; rows of the same millisecond keep the order of the log. */
export type Impressions = {
  count: number;
  /** 20220425 … 20220508 */
  date: Int32Array;
  atMs: Float64Array;
  user: Int32Array;
  video: Int32Array;
  tab: Int32Array;
  durationMs: Float64Array;
  /** Place in the log as the files have it, `val` before `test`. */
  logRow: Int32Array;
  // Outcomes: never an input for the same row.
  playedMs: Float64Array;
  long: Uint8Array;
  clicked: Uint8Array;
  liked: Uint8Array;
  shared: Uint8Array;
  followed: Uint8Array;
  hated: Uint8Array;
};

export type KuairandVideo = {
  creator: string;
  sound: string | null;
  tags: string[];
  kind: string;
  durationMs: number;
  publishedAtMs: number;
};

/** Oldest first; one entry per watch, `long` when the video is among the user's long watches too. */
export type WatchHistory = {
  user: number;
  lastMs: number;
  videos: Int32Array;
  long: Uint8Array;
  liked: Uint8Array;
};

/**
 * How long a watch of a history was, of which only is known whether it was long: near the medians of the impressions of
 * 04-25 … 04-28. Those that were not long end after two seconds whatever the length of the video; a share of the
 * length in their place would be a long view of a long video.
 */
export function usualWatchMs(durationMs: number, isLong: boolean): number {
  if (!isLong) return Math.min(2000, durationMs);
  return Math.min(durationMs, 15_000 + durationMs / 2, 80_000);
}

async function readRows(folder: string, name: string, columns: string[]): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(`${folder}/${name}.parquet`);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return parquetReadObjects({ file, compressors, columns });
}

const COLUMNS = [
  'date',
  'time_ms',
  'user_id',
  'video_id',
  'tab',
  'duration_ms',
  'play_time_ms',
  'long_view',
  'is_click',
  'is_like',
  'is_forward',
  'is_follow',
  'is_hate',
];

export async function readImpressions(folder: string = KUAIRAND_FOLDER): Promise<Impressions> {
  const rows = [...(await readRows(folder, 'val', COLUMNS)), ...(await readRows(folder, 'test', COLUMNS))];
  const time = Float64Array.from(rows, (row) => Number(row.time_ms));
  const order = Int32Array.from(rows.keys()).sort((a, b) => time[a]! - time[b]! || a - b);
  const column = (name: string) => Array.from(order, (at) => Number(rows[at]![name]));
  return {
    count: rows.length,
    logRow: order,
    date: Int32Array.from(column('date')),
    atMs: Float64Array.from(column('time_ms')),
    user: Int32Array.from(column('user_id')),
    video: Int32Array.from(column('video_id')),
    tab: Int32Array.from(column('tab')),
    durationMs: Float64Array.from(column('duration_ms')),
    playedMs: Float64Array.from(column('play_time_ms')),
    long: Uint8Array.from(column('long_view')),
    clicked: Uint8Array.from(column('is_click')),
    liked: Uint8Array.from(column('is_like')),
    shared: Uint8Array.from(column('is_forward')),
    followed: Uint8Array.from(column('is_follow')),
    hated: Uint8Array.from(column('is_hate')),
  };
}

export async function readHistories(folder: string = KUAIRAND_FOLDER): Promise<WatchHistory[]> {
  const columns = ['user_id', 'last_time_ms', 'watch_seq', 'long_watch_seq', 'like_seq'];
  return (await readRows(folder, 'user_sequences', columns)).map((row) => {
    const videos = Int32Array.from(row.watch_seq as bigint[], Number);
    const long = new Set(Array.from(row.long_watch_seq as bigint[], Number));
    const liked = new Set(Array.from(row.like_seq as bigint[], Number));
    return {
      user: Number(row.user_id),
      lastMs: Number(row.last_time_ms),
      videos,
      long: Uint8Array.from(videos, (video) => (long.has(video) ? 1 : 0)),
      liked: Uint8Array.from(videos, (video) => (liked.has(video) ? 1 : 0)),
    };
  });
}

/** Index is the video's id. Tags stand in quotes when there are several. */
export function readVideos(folder: string = KUAIRAND_FOLDER): KuairandVideo[] {
  const [, ...lines] = readFileSync(`${folder}/videos.csv`, 'utf8').trim().split('\n');
  const videos: KuairandVideo[] = [];
  for (const line of lines) {
    const quoted = /"([^"]*)"/.exec(line)?.[1];
    const cells = line.split(',');
    const tags = (quoted ?? cells[11] ?? '').split(',').filter((tag) => tag !== '' && tag !== 'unknown');
    videos[Number(cells[0])] = {
      creator: cells[1] || 'unknown',
      sound: cells[9] || null,
      tags,
      kind: `${cells[2]}/${cells[4]}`,
      durationMs: Number(cells[6]) || 0,
      publishedAtMs: Date.parse(cells[3] ?? '') || 0,
    };
  }
  return videos;
}
