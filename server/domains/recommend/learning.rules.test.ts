import { expect, test } from 'vitest';
import { createContentGraph } from '../../../packages/content-graph/content-graph.ts';
import type { StoredSignal } from '../signals/signals.ts';
import { learnEntry } from './learning.rules.ts';

const nowMs = 1_800_000_000_000;

/** What a stranger is expected to make of `hit`, after twenty known viewers watched it to its end. */
function expectedAfter(chosen: boolean): number {
  const graph = createContentGraph({ seed: 1 });
  const put = (id: string) =>
    graph.putItem({
      id,
      creator: id,
      sound: null,
      tags: [],
      language: null,
      durationMs: 12_000,
      publishedAtMs: nowMs,
    });
  const watch = (viewerId: string, videoId: string, watchedMs: number, isChosen: boolean) =>
    learnEntry(graph, {
      kind: 'view',
      viewerId,
      videoId,
      watchedMs,
      loops: 0,
      durationMs: 12_000,
      happenedAtMs: nowMs,
      saysNew: true,
      teaches: true,
      chosen: isChosen,
    } as StoredSignal);
  put('hit');
  for (let at = 0; at < 30; at++) put(`other-${at}`);
  for (let viewer = 0; viewer < 20; viewer++) {
    for (let at = 0; at < 30; at++) watch(`viewer-${viewer}`, `other-${at}`, at % 3 ? 1000 : 12_000, true);
    watch(`viewer-${viewer}`, 'hit', 12_000, chosen);
  }
  const [ranked] = graph.rank({ user: 'stranger', atMs: nowMs, limit: 1, allow: (id) => id === 'hit' });
  return ranked!.heads.watch;
}

test('what viewers were shown lifts a video for others, what they opened by themselves hardly does', () => {
  expect(expectedAfter(true)).toBeGreaterThan(0.5);
  expect(expectedAfter(false)).toBeLessThan(0.45);
});
