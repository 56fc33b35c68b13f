/**
 * One recycled `<video>`: it is loaded, watched over and emptied, but never made anew, because a used element starts
 * faster and a phone allows only a few. It knows the element's moods and nothing of lists, feeds or settings.
 */
export type SlotNews = {
  playing: () => void;
  paused: () => void;
  waiting: () => void;
  loop: () => void;
  progress: () => void;
  time: () => void;
  /** A picture of what is loaded now is on the screen. */
  frame: () => void;
  failed: () => void;
};

export type Slot = {
  readonly element: HTMLVideoElement;
  /** The box that is placed on the stage; it holds the element for good. */
  readonly box: HTMLElement;
  /** Puts the box on a stage; an element that plays elsewhere in the page goes on playing while it moves in. */
  attach: (stage: Element) => void;
  readonly key: () => string | null;
  load: (key: string, url: string, poster: string, preload: 'auto' | 'metadata') => void;
  /** From now on the next picture that reaches the screen is news. */
  expectFrame: () => void;
  seek: (seconds: number) => void;
  /** Stops all traffic and forgets the video. */
  empty: () => void;
  /** Seconds loaded without a gap from the present moment on. */
  bufferedAhead: () => number;
  complete: () => boolean;
};

/** Browsers round the ends of what is buffered. */
const slackS = 0.35;

export function createSlot(
  element: HTMLVideoElement,
  adoptedKey: string | null,
  news: (slot: Slot) => SlotNews,
): Slot {
  let key = adoptedKey;
  let lastS = 0;
  let seeking = false;
  let load = 0;
  element.playsInline = true;
  element.loop = true;
  // The page's own element may begin by itself once; what is put into it later waits for its turn.
  element.autoplay = false;
  element.disableRemotePlayback = true;
  element.tabIndex = -1;
  const box = document.createElement('div');
  box.setAttribute('aria-hidden', 'true');

  const slot: Slot = {
    element,
    box,
    attach(stage) {
      stage.append(box);
      if (element.parentNode === box) return;
      const movable = box as HTMLElement & { moveBefore?: (node: Node, before: Node | null) => void };
      if (element.isConnected && movable.moveBefore) movable.moveBefore(element, null);
      else box.append(element);
    },
    key: () => key,
    expectFrame: awaitFrame,
    load(nextKey, url, poster, preload) {
      key = nextKey;
      lastS = 0;
      box.dataset.framed = 'no';
      element.poster = poster;
      element.preload = preload;
      element.src = url;
    },
    seek(seconds) {
      seeking = true;
      element.currentTime = seconds;
    },
    empty() {
      if (key === null) return;
      key = null;
      load += 1;
      box.dataset.framed = 'no';
      element.pause();
      element.removeAttribute('src');
      element.removeAttribute('poster');
      element.load();
    },
    bufferedAhead() {
      const { buffered, currentTime } = element;
      for (let i = 0; i < buffered.length; i++)
        if (buffered.start(i) <= currentTime + slackS && buffered.end(i) >= currentTime)
          return buffered.end(i) - currentTime;
      return 0;
    },
    complete: () =>
      element.duration > 0 && element.currentTime + slot.bufferedAhead() >= element.duration - slackS,
  };

  /** Says once when the next picture is there; `requestVideoFrameCallback` knows it to the frame. */
  function awaitFrame(): void {
    load += 1;
    const mine = load;
    let told = false;
    const tell = () => {
      if (told || mine !== load) return;
      told = true;
      box.dataset.framed = 'yes';
      hear.frame();
    };
    if ('requestVideoFrameCallback' in element) element.requestVideoFrameCallback(tell);
    else (element as HTMLVideoElement).addEventListener('playing', tell, { once: true });
  }

  const hear = news(slot);
  const on = (name: keyof HTMLMediaElementEventMap, listener: () => void) =>
    element.addEventListener(name, () => key !== null && listener());
  // A loaded picture may be shown before it plays; only the frame callback above stops the clock.
  on('loadeddata', () => {
    box.dataset.framed = 'yes';
  });
  on('playing', () => hear.playing());
  on('pause', () => hear.paused());
  on('waiting', () => hear.waiting());
  on('progress', () => hear.progress());
  on('canplaythrough', () => hear.progress());
  on('suspend', () => hear.progress());
  on('error', () => hear.failed());
  on('seeked', () => {
    look();
    seeking = false;
    lastS = element.currentTime;
  });
  on('timeupdate', look);

  /** From near the end to near the start, and nobody asked for it: it went round. */
  function look(): void {
    const { currentTime, duration } = element;
    if (!seeking && duration > 0 && lastS > duration / 2 && currentTime < lastS - duration / 2) hear.loop();
    if (!seeking) lastS = currentTime;
    hear.time();
  }

  if (adoptedKey !== null && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
    box.dataset.framed = 'yes';
  return slot;
}
