import { type EditClip, type EditList, emptyEditList } from '../../../contract/edit-list.ts';
import { createCompositor } from '../compositor/compositor.ts';
import type { Reel } from '../reels/reel.ts';
import { showAt } from '../reels/show.ts';
import type { Seeing } from '../seeing/seeing.ts';
import type { Effect } from './effect.ts';

/**
 * What an effect does, shown by itself on a small scene: somebody who waves before an evening sky, two seconds long.
 * Effects that turn one thing into another get a second scene, as the same person dressed up.
 */
export const sampleMs = 2000;
const [width, height] = [120, 150];

export type Samples = {
  /** Draws the moment of the sample on a canvas, over all of it. */
  draw(canvas: HTMLCanvasElement, effect: Effect, atMs: number): Promise<void>;
  close(): void;
};

/** Throws where there is no WebGL2. One card serves all samples, since a browser lends only a few. */
export function openSamples(): Samples {
  const canvas = new OffscreenCanvas(width, height);
  const compositor = createCompositor(canvas);
  const reels = new Map([
    ['plain', sceneReel(false)],
    ['dressed', sceneReel(true)],
    ['close', sceneReel(true, true)],
  ]);
  return {
    async draw(shown, effect, atMs) {
      await showAt(compositor, listOf(effect), reels, atMs, sampleSeeing);
      const pen = shown.getContext('2d');
      if (shown.width !== width || shown.height !== height) Object.assign(shown, { width, height });
      pen?.drawImage(canvas, 0, 0);
    },
    close: () => compositor.close(true),
  };
}

const lists = new WeakMap<Effect, EditList>();
function listOf(effect: Effect): EditList {
  const known = lists.get(effect);
  if (known) return known;
  const source = {
    ...({ kind: 'take', of: null, durationMs: sampleMs, width, height, hasSound: false } as const),
    beatsMs: [],
  };
  const clip = (id: string, fromMs: number, toMs: number): EditClip => ({
    ...{ id, source: id, fromMs, toMs, speed: 1, reversed: false, volume: 1 },
    ...{ look: null, transition: null, backdrop: null },
  });
  const half = sampleMs / 2;
  const list: EditList = {
    ...emptyEditList,
    ...{ width, height },
    sources: { plain: source, dressed: source, close: source },
    clips: effect.turns
      ? [clip('plain', 0, half), clip('dressed', half, sampleMs)]
      : [clip(effect.follows ? 'close' : 'dressed', 0, sampleMs)],
    effects: [
      { id: 'sample', atMs: effect.holds ? half : 0, forMs: sampleMs, effect: effect.name, strength: 1 },
    ],
  };
  lists.set(effect, list);
  return list;
}

function sceneReel(dressed: boolean, close = false): Reel {
  const canvas = new OffscreenCanvas(width, height);
  const reel: Reel = {
    ...{ durationMs: sampleMs, width, height, hasSound: false },
    async pictureAt(ms) {
      drawScene(canvas.getContext('2d')!, ms / sampleMs, dressed, close);
      return { picture: canvas, width, height };
    },
    twin: async () => sceneReel(dressed, close),
    soundOf: async () => null,
    close: () => {},
  };
  return reel;
}

/** How much larger the scene is drawn for what happens in a face. */
const nearer = 2.5;
/** Nobody needs to look for a face that was drawn here: the numbers of the mesh that effects read, and where they are. */
const drawnFace: readonly (readonly [point: number, x: number, y: number])[] = [
  ...([
    [33, -8, -75],
    [133, -4, -75],
    [362, 4, -75],
    [263, 8, -75],
  ] as const),
  ...([
    [61, -5, -67],
    [291, 5, -67],
    [13, 0, -66],
    [14, 0, -65],
  ] as const),
  ...([
    [234, -17, -74],
    [454, 17, -74],
  ] as const),
];
const sampleSeeing: Seeing = {
  maskAt: async () => ({ width: 1, height: 1, data: new Uint8Array([255]) }),
  async faceAt(_reel, ms) {
    const swing = Math.sin((ms / sampleMs) * 2 * Math.PI);
    const points = new Float32Array(468 * 2);
    for (const [point, x, y] of drawnFace) {
      const lean = swing * 0.05;
      const [atX, atY] = [
        56 + swing * 5 + x * Math.cos(lean) - y * Math.sin(lean),
        150 + x * Math.sin(lean) + y * Math.cos(lean),
      ];
      points[point * 2] = 0.5 + ((atX - 56) * nearer) / width;
      points[point * 2 + 1] = 0.5 + ((atY - 74) * nearer) / height;
    }
    return points;
  },
};

/** `way` runs from 0 to 1 and joins up again. */
function drawScene(
  pen: OffscreenCanvasRenderingContext2D,
  way: number,
  dressed: boolean,
  close: boolean,
): void {
  pen.resetTransform();
  if (close) pen.setTransform(nearer, 0, 0, nearer, width / 2 - 56 * nearer, height / 2 - 74 * nearer);
  const [swing, wave] = [Math.sin(way * 2 * Math.PI), Math.sin(way * 8 * Math.PI)];
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, dressed ? '#2b2350' : '#5d6672');
  sky.addColorStop(0.7, dressed ? '#e5734f' : '#a9adb0');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  disc(pen, 88 + swing * 6, 44, 15, dressed ? '#ffe2a0' : '#d6d7d4');
  pen.fillStyle = dressed ? '#39274d' : '#6f7470';
  pen.beginPath();
  pen.ellipse(30, 160, 110, 52, 0, 0, 2 * Math.PI);
  pen.fill();
  pen.save();
  pen.translate(56 + swing * 5, 150);
  pen.rotate(swing * 0.05);
  pen.lineCap = 'round';
  pen.lineWidth = 10;
  pen.strokeStyle = dressed ? '#ffb224' : '#8d8f94';
  for (const [side, lift] of [
    [-1, 8],
    [1, -52 - 9 * wave],
  ] as const) {
    pen.beginPath();
    pen.moveTo(side * 14, -44);
    pen.lineTo(side * 29, -42 + lift * 0.5);
    pen.lineTo(side * (33 + (side > 0 ? wave * 4 : 0)), -40 + lift);
    pen.stroke();
  }
  pen.fillStyle = dressed ? '#ffb224' : '#8d8f94';
  pen.beginPath();
  pen.roundRect(-20, -56, 40, 70, 16);
  pen.fill();
  disc(pen, 0, -76, 17, '#b97a56');
  pen.fillStyle = dressed ? '#241a33' : '#4a3a30';
  pen.beginPath();
  pen.arc(0, -80, 17.5, Math.PI, 0);
  pen.fill();
  if (dressed) {
    pen.fillStyle = '#ff5247';
    pen.beginPath();
    pen.roundRect(-24, -90, 48, 7, 3);
    pen.roundRect(-14, -108, 28, 22, 5);
    pen.fill();
  }
  disc(pen, -6, -75, 2, '#1a1420');
  disc(pen, 6, -75, 2, '#1a1420');
  pen.strokeStyle = '#6e2f2a';
  pen.lineWidth = 1.6;
  pen.beginPath();
  pen.arc(0, -70, 5, 0.15 * Math.PI, 0.85 * Math.PI);
  pen.stroke();
  pen.restore();
}

function disc(pen: OffscreenCanvasRenderingContext2D, x: number, y: number, radius: number, colour: string) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}
