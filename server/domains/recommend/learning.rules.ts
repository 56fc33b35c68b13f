import type { ContentGraph, GraphEvent } from '../../../packages/content-graph/content-graph.ts';
import type { StoredSignal } from '../signals/signals.ts';

/** One entry of the log into the graph. The same entries in the same order give the same graph. */
export function learnEntry(graph: ContentGraph, entry: StoredSignal): void {
  if (entry.kind === 'joined') {
    graph.mergeUser(entry.fromViewerId, entry.viewerId);
    return;
  }
  if (entry.kind === 'forgotten') {
    graph.forgetUser(entry.viewerId);
    return;
  }
  if (entry.kind === 'reset') {
    graph.forgetUser(entry.viewerId, { keepSeen: true });
    return;
  }
  if (!entry.saysNew) return;
  if (!entry.teaches) {
    graph.see(entry.viewerId, entry.videoId);
    return;
  }
  const event: GraphEvent = {
    user: entry.viewerId,
    item: entry.videoId,
    atMs: entry.happenedAtMs,
    kind: entry.kind === 'not_interested' ? 'not-interested' : entry.kind,
  };
  if (!entry.chosen) event.opened = true;
  if (entry.kind === 'view') {
    event.watchedMs = entry.watchedMs;
    event.loops = entry.loops;
    event.durationMs = entry.durationMs;
  }
  // A video that is not in the catalogue (deleted, or no longer for everybody) is counted there and otherwise left.
  graph.learn(event);
}
