/** Time as an argument: the house lives on the system clock, tests on one they move by hand. Milliseconds since 1970. */
export type Clock = { now(): number };

export const systemClock: Clock = { now: () => Date.now() };

export function fakeClock(startMs = Date.UTC(2026, 0, 1, 12)): Clock & { advance(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
  };
}
