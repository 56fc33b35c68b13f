import type { EditLayout } from '../../../contract/edit-list.ts';
import { middle } from '../middle.ts';

/**
 * The videos of the other cells, playing while something is filmed beside them. The browser says of each picture when
 * it is seen; from that follows when the moment was seen at which they began, and so which picture of the camera belongs
 * to it. What is filmed at a speed plays here as much slower or faster, and fits in the result. Knows no camera.
 */
export type Companions = {
  /** How much of the result they last; 0 when there are none. */
  lastMs: number;
  /** Still, at a moment of the result. */
  seek(ms: number): Promise<void>;
  /** Resolves when they move. */
  start(speed: number): Promise<void>;
  /** When the moment they began at was seen, in `performance.now()`; null as long as nothing is known. */
  beganAt(): number | null;
  pause(): void;
};
type Other = EditLayout['others'][number] & { durationMs: number };

/** Players in the order of `others`; one that cannot be played is left out. */
export function accompany(players: readonly HTMLVideoElement[], others: readonly Other[]): Companions {
  const lastMs = Math.max(0, ...others.map(({ durationMs, fromMs }) => durationMs - fromMs));
  // Whoever lasts longest keeps the time: the others may have ended.
  const lead = Math.max(
    0,
    others.findIndex(({ durationMs, fromMs }) => durationMs - fromMs === lastMs),
  );
  let fromMs = 0;
  let seen: number[] = [];
  let watching = 0;
  const watch = (rate: number) => {
    const player = players[lead];
    if (!player) return;
    const startMs = others[lead]!.fromMs + fromMs;
    const mine = ++watching;
    seen = [];
    const note = (now: number, mediaMs: number) => seen.push(now - (mediaMs - startMs) / rate);
    if (!('requestVideoFrameCallback' in player)) {
      (player as HTMLVideoElement).addEventListener('timeupdate', () => {
        if (mine === watching) note(performance.now(), (player as HTMLVideoElement).currentTime * 1000);
      });
      return;
    }
    const next = () =>
      player.requestVideoFrameCallback((_, { mediaTime, expectedDisplayTime }) => {
        if (mine !== watching) return;
        // The picture it stood at was there before it moved.
        if (!player.paused && mediaTime * 1000 > startMs) note(expectedDisplayTime, mediaTime * 1000);
        next();
      });
    next();
  };
  const playing = () =>
    players.filter((_, index) => others[index]!.durationMs - others[index]!.fromMs > fromMs);

  return {
    lastMs,
    async seek(ms) {
      fromMs = ms;
      await Promise.all(
        players.map(async (player, index) => {
          const { fromMs: own, durationMs } = others[index]!;
          player.pause();
          if (player.readyState === 0 && !player.error) await heard(player, 'loadedmetadata');
          const seconds = Math.min(durationMs, own + ms) / 1000;
          const isThere = Math.abs(player.currentTime - seconds) < 1e-3 && player.readyState >= 2;
          if (player.error || isThere) return;
          const there = heard(player, 'seeked');
          player.currentTime = seconds;
          await there;
        }),
      );
    },
    async start(speed) {
      watch(1 / speed);
      await Promise.all(
        playing().map((player) => {
          player.playbackRate = 1 / speed;
          return player.play().catch(() => {});
        }),
      );
    },
    beganAt: () => middle(seen),
    pause() {
      watching++;
      for (const player of players) player.pause();
    },
  };
}

/** Also when it cannot be played (any more): nobody waits for that. */
const heard = (player: HTMLVideoElement, event: string) =>
  new Promise<void>((done) => {
    for (const one of [event, 'error', 'emptied']) player.addEventListener(one, () => done(), { once: true });
  });
