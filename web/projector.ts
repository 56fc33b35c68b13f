/**
 * The one player of this page, connected to the device: three video elements (the first is the one the server put
 * into the page), the settings, the line, and the signals. Surfaces ask for `projector` and give it their list.
 */

import type { Video } from '../contract/videos.ts';
import { streams } from './api.ts';
import { openedToken } from './opening.ts';
import { createPlayer, type Source } from './player/player.ts';
import { createThroughput } from './player/rung.ts';
import { bootstrap } from './session.ts';
import { settings } from './settings.ts';
import { createSignals } from './signals.ts';
import { createWarm } from './warm.ts';

type Connection = { downlink?: number; saveData?: boolean; effectiveType?: string };
const connection = (navigator as Navigator & { connection?: Connection }).connection;

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null; // Reading the property itself throws where cookies are blocked.
  }
}

export const signals = createSignals({
  url: streams.signals,
  storage: storage(),
  now: Date.now,
  newId: newKey,
  fetch: (...request) => fetch(...request),
  beacon: (url, body) => navigator.sendBeacon(url, body),
});

/** `crypto.randomUUID` exists only on https and localhost; a server on a home network has neither. */
export function newKey(): string {
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The key of what no feed served: the viewer opened it, and its token is known a moment later. */
const unserved = 'video:';
export function sourceOf(item: { video: Video; token: string | null }): Source {
  const { id, media } = item.video;
  return {
    key: item.token ?? unserved + id,
    renditions: media?.renditions ?? [],
    posterUrl: media?.posterUrl ?? '',
  };
}

function firstVideo(): { element: HTMLVideoElement | null; key: string | null } {
  const element = document.querySelector<HTMLVideoElement>('#first-video');
  const item = bootstrap?.video
    ? { video: bootstrap.video, token: null }
    : bootstrap?.feed?.items.find(({ video }) => video.media);
  return { element, key: element && item ? sourceOf(item).key : null };
}

const throughput = createThroughput(connection?.downlink ?? null);
const first = firstVideo();

let lastSaid = '';

export const projector = createPlayer(
  [
    first.element ?? document.createElement('video'),
    document.createElement('video'),
    document.createElement('video'),
  ],
  first.key,
  {
    wishes() {
      const { muted, speed, autoplay, dataSaver } = settings.get();
      const reduced = matchMedia('(prefers-reduced-data: reduce)').matches;
      return { muted, speed, autoplay, saveData: dataSaver || reduced || (connection?.saveData ?? false) };
    },
    throughput,
    shortSidePx: () => Math.min(innerWidth, innerHeight) * devicePixelRatio,
    warm: createWarm(throughput),
    now: () => performance.now(),
    visible: () => document.visibilityState === 'visible',
    onWatched(key, watched, muted) {
      const token = key.startsWith(unserved) ? openedToken(key.slice(unserved.length)) : key;
      if (!token || (watched.watchedMs === 0 && watched.firstFrameMs === undefined)) return;
      // A page that is hidden and then closed says the same thing twice.
      const said = `${key} ${JSON.stringify(watched)}`;
      if (said === lastSaid) return;
      lastSaid = said;
      const { watchedMs, loops, pauses, seeks, stalledMs, firstFrameMs } = watched;
      signals.add({
        token,
        kind: 'view',
        watchedMs,
        loops,
        pauses,
        seeks,
        muted,
        stalledMs: Math.min(stalledMs, 600_000),
        firstFrameMs: firstFrameMs === undefined ? undefined : Math.min(firstFrameMs, 600_000),
      });
    },
  },
);

/** What the page does to the player and the signals; called once at the start. */
export function connectProjector(): void {
  settings.subscribe(projector.obey);
  addEventListener('online', signals.online);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') return projector.pageShown();
    projector.pageHidden();
    signals.leave();
  });
  addEventListener('pagehide', () => {
    projector.pageHidden();
    signals.leave();
  });
  void signals.flush();
  // Sound that the browser held back comes with the first touch or key.
  const gestures = ['pointerup', 'keydown', 'click'] as const;
  const giveSound = () => {
    if (projector.state.get().soundBlocked) projector.state.change({ soundBlocked: false });
    projector.obey();
  };
  for (const gesture of gestures) addEventListener(gesture, giveSound, { capture: true, passive: true });
}
