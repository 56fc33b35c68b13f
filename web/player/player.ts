/**
 * Plays one list of videos, one at a time, on three recycled elements: the current one and the next two, which are
 * preloaded only while the current one is safe. Says what it does through `state`; measures through the meter.
 * It knows no page, no feed and no fetch: `warm` (bytes into the browser's cache) comes from outside.
 */
import type { Rendition } from '../../contract/videos.ts';
import { createStore, type Store } from '../store.ts';
import { createMeter, type Meter, type Watched } from './meter.ts';
import { chooseRendition, type Throughput } from './rung.ts';
import { createSlot, type Slot } from './slot.ts';

export type Source = {
  /** One impression: the same video served twice has two keys. */
  key: string;
  renditions: readonly Rendition[];
  posterUrl: string;
};

export type PlayerState = {
  key: string | null;
  phase: 'idle' | 'loading' | 'playing' | 'paused' | 'waiting' | 'failed';
  /** The browser refuses sound until the viewer touches the page. */
  soundBlocked: boolean;
  /** Which video each element holds; the stage places the boxes by it. */
  slots: readonly (string | null)[];
};

export type Wishes = { muted: boolean; speed: number; autoplay: boolean; saveData: boolean };

export type PlayerPorts = {
  wishes: () => Wishes;
  throughput: Throughput;
  shortSidePx: () => number;
  /** Brings the first `bytes` of a file into the browser's cache; false where that cannot be known to help. */
  warm: (url: string, bytes: number, signal: AbortSignal) => Promise<boolean>;
  now: () => number;
  visible: () => boolean;
  /** An impression ended, or the page is going away: its totals so far. */
  onWatched: (key: string, watched: Watched, muted: boolean) => void;
};

export type Player = {
  state: Store<PlayerState>;
  attach: (stage: Element) => void;
  /** Turns to `sources[index]`; what follows it in the list may be preloaded. */
  show: (sources: readonly Source[], index: number) => void;
  /** The swipe has come to rest: what was left can be emptied. */
  settle: () => void;
  /** The stage goes away. */
  leave: () => void;
  toggle: () => void;
  seekTo: (seconds: number) => void;
  retry: () => void;
  obey: () => void;
  element: () => HTMLVideoElement | null;
  onTime: (listener: () => void) => () => void;
  pageHidden: () => void;
  pageShown: () => void;
};

/** About the first 700 KB: four seconds and more of a 540 file, and what Chromium wants before it shows a picture. */
const preloadBytes = 700_000;
const safeAheadS = 20;

export function createPlayer(
  elements: HTMLVideoElement[],
  adoptedKey: string | null,
  ports: PlayerPorts,
): Player {
  const state = createStore<PlayerState>({
    key: null,
    phase: 'idle',
    soundBlocked: false,
    slots: elements.map((_, i) => (i === 0 ? adoptedKey : null)),
  });
  const timeListeners = new Set<() => void>();
  const meters = new Map<string, Meter>();
  /** What was tried and failed, by key: the next attempt takes another file. */
  const failed = new Map<string, Set<string>>();
  let sources: readonly Source[] = [];
  let index = 0;
  let current: Slot | null = null;
  let meter: Meter | null = null;
  let pausedByViewer = false;
  let preloading: AbortController | null = null;
  let loadingSince: { at: number; bytes: number } | null = null;
  const av1 = elements[0]?.canPlayType('video/mp4; codecs="av01.0.05M.08"') === 'probably';

  const slots = elements.map((element, i) =>
    createSlot(element, i === 0 ? adoptedKey : null, (slot) => {
      const mine = (listener: () => void) => () => slot === current && listener();
      return {
        playing: mine(() => {
          meter?.playing(ports.now());
          state.change({ phase: 'playing' });
        }),
        paused: mine(() => {
          meter?.paused(ports.now(), pausedByViewer);
          if (state.get().phase !== 'failed') state.change({ phase: 'paused' });
        }),
        waiting: mine(() => {
          if (!slot.element.seeking) meter?.waiting(ports.now());
          if (state.get().phase === 'playing') state.change({ phase: 'waiting' });
        }),
        loop: mine(() => meter?.loop()),
        frame: mine(() => meter?.frame(ports.now())),
        progress: mine(() => void preloadNext()),
        time: mine(() => {
          for (const listener of timeListeners) listener();
          if (!preloading) void preloadNext();
        }),
        failed: mine(() => fallBack()),
      };
    }),
  );

  function tellSlots(): void {
    const keys = slots.map((slot) => slot.key());
    if (keys.some((key, i) => key !== state.get().slots[i])) state.change({ slots: keys });
  }

  function renditionOf(source: Source): Rendition | null {
    const tried = failed.get(source.key);
    return chooseRendition(
      tried ? source.renditions.filter((rendition) => !tried.has(rendition.url)) : source.renditions,
      {
        mbps: ports.throughput.mbps(),
        saveData: ports.wishes().saveData,
        shortSidePx: ports.shortSidePx(),
        av1,
      },
    );
  }

  function meterOf(key: string): Meter {
    let known = meters.get(key);
    if (!known) {
      known = createMeter();
      meters.set(key, known);
      // Nobody swipes back a hundred videos; a meter begun anew would only report what is new.
      if (meters.size > 100) meters.delete(meters.keys().next().value!);
    }
    return known;
  }

  /** The present impression is over (or the page is): book and report it. */
  function report(): void {
    const key = state.get().key;
    if (key === null || !meter || !current) return;
    ports.onWatched(key, meter.read(ports.now()), current.element.muted);
  }

  function show(nextSources: readonly Source[], nextIndex: number): void {
    sources = nextSources;
    index = nextIndex;
    const source = sources[index];
    const key = source?.key ?? null;
    if (key !== null && key === state.get().key) {
      void preloadNext();
      return;
    }
    halt();
    if (!source) {
      state.change({ key: null, phase: 'idle' });
      return;
    }

    let slot = slots.find((candidate) => candidate.key() === source.key && !candidate.element.error);
    meter = meterOf(source.key);
    const playsAlready = slot?.element.paused === false;
    // The page's first video was wanted when the page was: the clock of `now` starts there.
    meter.want(source.key === adoptedKey ? 0 : ports.now());
    if (!ports.visible()) meter.hidden(ports.now());
    else meter.shown(ports.now());
    pausedByViewer = false;
    // What follows and is ready stays; everything else gives its bandwidth to the new one.
    const near = new Set(sources.slice(index + 1, index + 3).map(({ key }) => key));
    for (const other of slots) {
      if (other === slot || (near.has(other.key() ?? '') && other.element.readyState >= 2)) continue;
      // The one just left is still on its way out of the screen; `settle` empties it.
      if (other.key() === state.get().key) other.element.preload = 'none';
      else other.empty();
    }
    if (!slot) {
      slot = freeSlot(near);
      const rendition = renditionOf(source);
      if (!rendition) {
        current = slot;
        slot.empty();
        tellSlots();
        state.change({ key, phase: 'failed' });
        return;
      }
      loadingSince = { at: ports.now(), bytes: rendition.bytes };
      slot.load(source.key, rendition.url, source.posterUrl, 'auto');
    }
    current = slot;
    slot.element.preload = 'auto';
    slot.expectFrame();
    tellSlots();
    state.change({ key, phase: playsAlready ? 'playing' : 'loading' });
    if (playsAlready) {
      // It has played since before this script was here; what was seen of it counts.
      const playedMs = slot.element.currentTime * 1000;
      const since = Math.max(0, ports.now() - playedMs);
      if (playedMs > 0) meter.frame(since);
      meter.playing(since);
      obey();
    } else if (ports.wishes().autoplay) void start();
    else state.change({ phase: 'paused' });
  }

  /** Stops the present one and whatever is being preloaded. */
  function halt(): void {
    preloading?.abort();
    preloading = null;
    loadingSince = null;
    report();
    if (current) {
      meter?.paused(ports.now(), false);
      const left = current;
      current = null;
      left.element.pause();
    }
    meter = null;
  }

  function freeSlot(keep: ReadonlySet<string>): Slot {
    const last = state.get().key;
    return (
      slots.find((slot) => slot.key() === null) ??
      slots.find((slot) => slot.key() !== last && !keep.has(slot.key() ?? '')) ??
      slots.find((slot) => slot !== current && slot.key() !== last) ??
      slots[0]!
    );
  }

  async function start(): Promise<void> {
    const slot = current;
    if (!slot) return;
    obey();
    try {
      await slot.element.play();
    } catch (error) {
      if (slot !== current || !(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
      if (slot.element.muted) return state.change({ phase: 'paused' });
      // Sound needs a touch first: begin without, and give the sound back at the first gesture.
      state.change({ soundBlocked: true });
      return start();
    }
  }

  /** Applies what the viewer wishes now: sound and speed. */
  function obey(): void {
    const { muted, speed } = ports.wishes();
    for (const { element } of slots) {
      element.muted = muted || state.get().soundBlocked;
      element.defaultPlaybackRate = speed;
      element.playbackRate = speed;
    }
  }

  function fallBack(): void {
    const source = sources[index];
    if (!current || !source) return;
    const url = current.element.currentSrc;
    const tried = failed.get(source.key) ?? new Set<string>();
    for (const rendition of source.renditions) if (url.endsWith(rendition.url)) tried.add(rendition.url);
    failed.set(source.key, tried);
    const other = navigator.onLine ? renditionOf(source) : null;
    if (!other || tried.size === 0) {
      meter?.paused(ports.now(), false);
      state.change({ phase: 'failed' });
      return;
    }
    current.load(source.key, other.url, source.posterUrl, 'auto');
    current.expectFrame();
    void start();
  }

  function isSafe(slot: Slot): boolean {
    return slot.complete() || slot.bufferedAhead() >= safeAheadS;
  }

  /** The next one, then the one after it, one at a time. */
  async function preloadNext(): Promise<void> {
    if (!current || preloading || !isSafe(current) || !ports.visible()) return;
    if (loadingSince && current.complete()) {
      ports.throughput.add(loadingSince.bytes, ports.now() - loadingSince.at);
      loadingSince = null;
    }
    if (ports.wishes().saveData) return;
    const wanted = sources
      .slice(index + 1, index + 3)
      .find(({ key }) => !slots.some((slot) => slot.key() === key) && !failed.has(key));
    const rendition = wanted && renditionOf(wanted);
    if (!wanted || !rendition) return;
    const near = new Set(sources.slice(index, index + 3).map(({ key }) => key));
    const slot = slots.find((candidate) => candidate !== current && !near.has(candidate.key() ?? ''));
    if (!slot) return;
    const turn = new AbortController();
    preloading = turn;
    const warmed = await ports.warm(rendition.url, Math.min(rendition.bytes, preloadBytes), turn.signal);
    if (turn.signal.aborted) return;
    slot.load(wanted.key, rendition.url, wanted.posterUrl, warmed ? 'metadata' : 'auto');
    tellSlots();
    await pictureOf(slot.element, turn.signal);
    if (turn.signal.aborted) return;
    preloading = null;
    void preloadNext();
  }

  return {
    state,
    show,
    obey,
    attach(stage) {
      for (const slot of slots) slot.attach(stage);
    },
    settle() {
      const near = new Set(sources.slice(index, index + 3).map(({ key }) => key));
      for (const slot of slots) if (slot !== current && !near.has(slot.key() ?? '')) slot.empty();
      tellSlots();
    },
    leave() {
      halt();
      for (const slot of slots) slot.empty();
      state.set({ ...state.get(), key: null, phase: 'idle', slots: slots.map(() => null) });
    },
    toggle() {
      if (!current) return;
      if (current.element.paused) {
        pausedByViewer = false;
        void start();
      } else {
        pausedByViewer = true;
        current.element.pause();
      }
    },
    seekTo(seconds) {
      if (!current || !(current.element.duration > 0)) return;
      meter?.seek(ports.now());
      current.seek(Math.min(Math.max(0, seconds), current.element.duration - 0.05));
      for (const listener of timeListeners) listener();
    },
    retry() {
      const source = sources[index];
      if (!source || !current) return;
      failed.delete(source.key);
      const rendition = renditionOf(source);
      if (!rendition) return;
      state.change({ phase: 'loading' });
      current.load(source.key, rendition.url, source.posterUrl, 'auto');
      current.expectFrame();
      tellSlots();
      void start();
    },
    element: () => current?.element ?? null,
    onTime(listener) {
      timeListeners.add(listener);
      return () => {
        timeListeners.delete(listener);
      };
    },
    pageHidden() {
      meter?.hidden(ports.now());
      report();
    },
    pageShown: () => meter?.shown(ports.now()),
  };
}

/** Resolves when the element can show its first picture, has failed, or is no longer wanted. */
function pictureOf(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return Promise.resolve();
  return new Promise((resolve) => {
    const over = new AbortController();
    const done = () => {
      over.abort();
      resolve();
    };
    // The element is used again and again: none of these may stay on it.
    for (const name of ['loadeddata', 'error', 'emptied'] as const)
      element.addEventListener(name, done, { signal: over.signal });
    signal.addEventListener('abort', done, { signal: over.signal });
  });
}
