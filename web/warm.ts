/**
 * Brings the first bytes of a media file into the browser's cache and measures the line while doing so.
 * A plain range request: it can be stopped at once, and takes exactly as much as was asked for.
 */
import type { Throughput } from './player/rung.ts';

export function createWarm(throughput: Throughput, now: () => number = () => performance.now()) {
  /** True when the bytes are in the cache; false where they cannot be (refused, private, no line). */
  return async function warm(url: string, bytes: number, signal: AbortSignal): Promise<boolean> {
    try {
      const response = await fetch(url, {
        headers: { range: `bytes=0-${bytes - 1}` },
        signal,
        priority: 'low',
      });
      if (!response.ok || /no-store/.test(response.headers.get('cache-control') ?? '')) {
        await response.body?.cancel();
        return false;
      }
      const bodyAt = now();
      const { byteLength } = await response.arrayBuffer();
      throughput.add(byteLength, now() - bodyAt);
      return true;
    } catch {
      // Swiped away, or no line: the player loads it when it is wanted.
      return false;
    }
  };
}
