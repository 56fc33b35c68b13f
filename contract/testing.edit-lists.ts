import type { Edit } from './edit-list.edits.ts';
import { durationOf } from './edit-list.timeline.ts';
import {
  type EditBackdrop,
  type EditClip,
  type EditLayout,
  type EditList,
  type EditSource,
  type EditSticker,
  emptyEditList,
} from './edit-list.ts';

export const take: EditSource = {
  kind: 'take',
  durationMs: 4000,
  width: 720,
  height: 1280,
  hasSound: true,
  of: null,
  beatsMs: [],
};
const sources: Record<string, EditSource> = {
  take,
  mute: { ...take, kind: 'file', durationMs: 2500, hasSound: false },
  still: { ...take, kind: 'picture', durationMs: 600_000, width: 1000, height: 1000, hasSound: false },
  song: { ...take, kind: 'sound', of: 'tune', durationMs: 30_000, width: 0, height: 0, beatsMs: [500, 1000] },
  theirs: { ...take, kind: 'video', of: 'video', durationMs: 9000 },
  hole: { ...take, kind: 'slot', durationMs: 2000, width: 0, height: 0, hasSound: false },
};

export function clip(id: string, fromMs: number, toMs: number, more: Partial<EditClip> = {}): EditClip {
  const plain = { speed: 1, reversed: false, volume: 1, look: null, transition: null, backdrop: null };
  return { id, source: 'take', fromMs, toMs, ...plain, ...more };
}

export const sticker = (id: string, atMs: number, forMs: number): EditSticker => ({
  id,
  atMs,
  forMs,
  x: 0.5,
  y: 0.5,
  size: 0.3,
  turnDeg: 0,
  sticker: 'star',
  pin: null,
});

/** A frame of three in which the third cell is still free. */
export const layout: EditLayout = {
  name: 'grid',
  cells: 3,
  mine: 1,
  others: [
    { cell: 0, source: 'theirs', fromMs: 200, volume: 0.5, crop: { x: 0, y: 0, width: 1, height: 1 } },
  ],
};

export function listWith(clips: EditClip[], more: Partial<EditList> = {}): EditList {
  return { ...emptyEditList, sources, clips, ...more };
}

/** Three clips with all that a clip can have, and one of each of what is laid over them. */
export const fullList: EditList = listWith(
  [
    clip('a', 500, 2500, { speed: 2, look: { name: 'warm', strength: 0.5 } }),
    clip('b', 0, 1500, {
      ...{ reversed: true, source: 'mute', transition: { name: 'fade', ms: 400 } },
      backdrop: { kind: 'source', source: 'still', fromMs: 0 },
    }),
    clip('c', 1000, 4000, { speed: 0.3, transition: { name: 'push', ms: 700 } }),
  ],
  {
    texts: [
      {
        ...{ id: 't', atMs: 0, forMs: 800, x: 0.5, y: 0.2, size: 0.1, turnDeg: 0 },
        ...{ text: 'Hello', style: 'plain', colour: '#ffffff', align: 'center' },
      },
    ],
    stickers: [
      { ...sticker('s', 1000, 2000), pin: { kind: 'track', places: [{ atMs: 1000, x: 0.1, y: 0.2 }] } },
    ],
    sounds: [
      {
        ...{ id: 'm', atMs: 0, forMs: 9000, source: 'song', fromMs: 100, volume: 0.5 },
        ...{ fadeInMs: 0, fadeOutMs: 500, ducks: true, voice: false },
      },
    ],
    effects: [{ id: 'e', atMs: 200, forMs: 300, effect: 'shake', strength: 1 }],
    layout,
    credit: { kind: 'frame', video: 'video' },
    cues: [{ startMs: 0, endMs: 900, text: 'Hello' }],
    cueStyle: 'card',
  },
);

/** Numbers that follow from a seed (mulberry32), each a whole one from 0 up to but without its argument. */
export function diceOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** An edit that is often possible and sometimes not, from a few ids, so that they meet. */
export function anyEdit(list: EditList, seed: number): Edit {
  const dice = diceOf(seed);
  const one = <T>(choices: readonly T[]): T => choices[dice(choices.length)]!;
  const clipId = () => one([...list.clips.map(({ id }) => id), 'a', 'b', 'nobody']);
  const sourceId = () => one(['take', 'take', 'mute', 'still', 'song', 'hole', 'hole', 'constructor']);
  const range = () => {
    const fromMs = dice(2400);
    return { fromMs, toMs: fromMs + dice(1500) };
  };
  const look = () => one([null, { name: 'warm', strength: dice(3) / 2 }]);
  const transition = () => one([null, { name: 'fade', ms: 100 + dice(1200) }]);
  const speed = () => one([0.3, 0.7, 1, 1.1, 1.5, 2, 3]);
  const newClip = (): EditClip => ({
    ...clip(`c${dice(30)}`, 0, 1, { source: sourceId(), speed: speed(), look: look() }),
    ...range(),
    reversed: dice(2) === 1,
    transition: transition(),
  });
  const timed = () => ({ id: one(['t', 's', 'm', 'e', 'x', 'y', 'a']), atMs: dice(9000), forMs: dice(3000) });
  const put = (): Edit => {
    const [text, song] = [fullList.texts[0]!, fullList.sounds[0]!];
    return one<() => Edit>([
      () => ({ kind: 'put', part: 'texts', thing: { ...text, ...timed(), text: `${dice(9)}` } }),
      () => ({ kind: 'put', part: 'stickers', thing: { ...sticker('s', 0, 1), ...timed() } }),
      () => ({ kind: 'put', part: 'sounds', thing: { ...song, ...timed(), source: sourceId() } }),
      () => ({ kind: 'put', part: 'effects', thing: { ...fullList.effects[0]!, ...timed() } }),
    ])();
  };
  const backdrop = () =>
    one<EditBackdrop | null>([null, { kind: 'blur' }, { kind: 'source', source: sourceId(), fromMs: 0 }]);
  const set = (): Extract<Edit, { kind: 'setClip' }>['set'] =>
    one([
      () => ({ speed: speed() }),
      () => ({ reversed: dice(2) === 1 }),
      () => ({ volume: dice(5) / 2 }),
      () => ({ look: look() }),
      () => ({ transition: transition() }),
      () => ({ backdrop: backdrop() }),
    ])();
  return one<() => Edit>([
    () => ({ kind: 'addSource', id: sourceId(), source: { ...take, durationMs: one([4000, 5000]) } }),
    () => ({ kind: 'addClip', clip: newClip(), index: dice(6) }),
    () => ({
      kind: 'addClip',
      clip: { ...newClip(), source: 'hole', fromMs: 0, toMs: 900 },
      index: dice(6),
    }),
    () => ({ kind: 'removeClip', id: clipId() }),
    () => ({ kind: 'moveClip', id: clipId(), index: dice(6) }),
    () => ({ kind: 'trimClip', id: clipId(), ...range() }),
    () => ({
      kind: 'splitClip',
      atMs: (dice(1000) / 1000) * durationOf(list) + dice(2),
      newId: `c${dice(30)}`,
    }),
    () => ({ kind: 'setClip', id: clipId(), set: set() }),
    () => ({ kind: 'setClip', id: clipId(), set: set() }),
    put,
    put,
    () => ({ kind: 'remove', id: timed().id }),
    () => ({ kind: 'setLook', look: look() }),
    () => ({ kind: 'setLayout', layout: one([null, layout, { ...layout, mine: dice(4) }]) }),
    () => ({ kind: 'setCredit', credit: one([null, { kind: 'duet', video: 'video' }]) }),
    () => ({
      kind: 'fillSlot',
      id: 'hole',
      source: one(['theirs', 'theirs', sourceId()]),
      fromMs: dice(3) * 1000,
    }),
    () => ({ kind: 'setCueStyle', cueStyle: one([null, 'card']) }),
    () => ({
      kind: 'setCues',
      cues: [0, 1].map(() => ({ startMs: dice(900), endMs: 450 + dice(900), text: 'a' })),
    }),
    () => ({ kind: 'setCover', atMs: dice(3) * 1000 }),
    () => ({ kind: 'setSize', width: one([720, 1080, 721]), height: 1280 }),
  ])();
}
