/**
 * Measures how one impression was watched, honestly: time counts only while the picture moves and the page is
 * visible; a seek adds nothing, a loop goes on counting. Pure: every call brings its own time (any clock that only
 * goes forward, in ms). It knows no video element; the player tells it what the element did.
 */
export type Watched = {
  watchedMs: number;
  loops: number;
  pauses: number;
  seeks: number;
  /** Time the viewer wanted to see moving pictures, had seen the first one, and got none. */
  stalledMs: number;
  /** From wanting the video to its first frame; undefined until there was one. */
  firstFrameMs: number | undefined;
};

export type Meter = {
  /** The viewer turned to this video (again). */
  want: (at: number) => void;
  /** The first picture is on the screen. */
  frame: (at: number) => void;
  playing: (at: number) => void;
  /** It ran dry: the viewer waits. */
  waiting: (at: number) => void;
  /** It stands still on purpose; `byViewer` counts as a pause. */
  paused: (at: number, byViewer: boolean) => void;
  hidden: (at: number) => void;
  shown: (at: number) => void;
  seek: (at: number) => void;
  loop: () => void;
  read: (at: number) => Watched;
};

type Motion = 'still' | 'playing' | 'waiting';

export function createMeter(): Meter {
  let motion: Motion = 'still';
  let visible = true;
  let lastAt: number | null = null;
  let wantedAt: number | null = null;
  let watchedMs = 0;
  let stalledMs = 0;
  let firstFrameMs: number | undefined;
  let loops = 0;
  let pauses = 0;
  let seeks = 0;

  /** Books the time since the last call under what was going on during it. */
  function book(at: number): void {
    const spanMs = lastAt === null ? 0 : Math.max(0, at - lastAt);
    lastAt = at;
    if (!visible) return;
    if (motion === 'playing') watchedMs += spanMs;
    else if (motion === 'waiting' && firstFrameMs !== undefined) stalledMs += spanMs;
  }
  function become(next: Motion, at: number): void {
    book(at);
    motion = next;
  }

  return {
    want(at) {
      book(at);
      if (firstFrameMs === undefined) wantedAt = at;
    },
    frame(at) {
      book(at);
      if (firstFrameMs === undefined && wantedAt !== null) firstFrameMs = Math.max(0, at - wantedAt);
    },
    playing: (at) => become('playing', at),
    waiting(at) {
      // Waiting before anybody asked it to play, or while it is paused, keeps nobody waiting.
      if (motion === 'playing') become('waiting', at);
    },
    paused(at, byViewer) {
      if (byViewer && motion !== 'still') pauses += 1;
      become('still', at);
    },
    hidden(at) {
      book(at);
      visible = false;
    },
    shown(at) {
      book(at);
      visible = true;
    },
    seek(at) {
      // What comes until the picture moves again is the seek's own wait, not a stall.
      become('still', at);
      seeks += 1;
    },
    loop() {
      loops += 1;
    },
    read(at) {
      book(at);
      return {
        watchedMs: Math.round(watchedMs),
        loops,
        pauses,
        seeks,
        stalledMs: Math.round(stalledMs),
        firstFrameMs: firstFrameMs === undefined ? undefined : Math.round(firstFrameMs),
      };
    },
  };
}
