import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../../../contract/errors.ts';

/**
 * Counts what somebody does in a window of time. In the memory of one process: with several, each allows as much.
 * `take` throws too_many_requests with `retryAfterSeconds`.
 */
export type Limiter = { take(name: string, key: string, points: number, seconds: number): Promise<void> };

export function createLimiter(on = true): Limiter {
  const windows = new Map<string, RateLimiterMemory>();
  return {
    async take(name, key, points, seconds) {
      if (!on) return;
      const id = `${name}:${points}:${seconds}`;
      const window = windows.get(id) ?? new RateLimiterMemory({ points, duration: seconds });
      windows.set(id, window);
      try {
        await window.consume(key);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw new Refusal('too_many_requests', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1000) });
      }
    },
  };
}
