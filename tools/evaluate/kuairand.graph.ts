/** What KuaiRand's users did, told to a graph: the same for every protocol that asks one. */
import {
  type ContentGraph,
  fitForecast,
  type GraphEventKind,
} from '../../packages/content-graph/content-graph.ts';
import { type Impressions, type KuairandVideo, usualWatchMs, type WatchHistory } from './kuairand.reader.ts';

/** Before a view is learned. */
type OnView = (user: number, video: number, isLong: boolean) => void;

function learn(
  graph: ContentGraph,
  [user, video, atMs]: readonly [number, number, number],
  kind: GraphEventKind,
  watchedMs?: number,
): void {
  graph.learn({
    user: `${user}`,
    item: `${video}`,
    atMs,
    kind,
    ...(watchedMs !== undefined && { watchedMs }),
  });
}

/** The catalogue and each user's last watches before 04-25, half a minute apart. */
export function learnHistories(
  graph: ContentGraph,
  { histories, videos }: { histories: readonly WatchHistory[]; videos: readonly KuairandVideo[] },
  onView?: OnView,
): void {
  for (const [id, video] of videos.entries())
    if (video) graph.putItem({ ...video, id: `${id}`, language: null });
  for (const { user, lastMs, videos: watched, long, liked } of histories)
    for (const [at, video] of watched.entries()) {
      const isLong = long[at] === 1;
      const what = [user, video, lastMs - (watched.length - at) * 30_000] as const;
      onView?.(user, video, isLong);
      learn(graph, what, 'view', usualWatchMs(videos[video]?.durationMs ?? 0, isLong));
      if (liked[at]) learn(graph, what, 'like');
    }
}

/** One impression of the log, with what was done about it. */
export function learnImpression(graph: ContentGraph, log: Impressions, at: number, onView?: OnView): void {
  const what = [log.user[at]!, log.video[at]!, log.atMs[at]!] as const;
  onView?.(what[0], what[1], log.long[at] === 1);
  learn(graph, what, 'view', log.playedMs[at]!);
  if (log.liked[at]) learn(graph, what, 'like');
  if (log.shared[at]) learn(graph, what, 'share');
  if (log.followed[at]) learn(graph, what, 'follow');
  if (log.hated[at]) learn(graph, what, 'not-interested');
}

/** At once, where a server fits beside serving. */
export function adoptForecast(graph: ContentGraph): void {
  const steps = graph.lessonsInSteps();
  let step = steps.next();
  while (!step.done) step = steps.next();
  graph.adopt(fitForecast(step.value, { seed: 1 }));
}
