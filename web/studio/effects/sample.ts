import { type EditClip, type EditList, emptyEditList } from '../../../contract/edit-list.ts';
import { createCompositor } from '../compositor/compositor.ts';
import type { Reel } from '../reels/reel.ts';
import { showAt } from '../reels/show.ts';
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
  ]);
  return {
    async draw(shown, effect, atMs) {
      await showAt(compositor, listOf(effect), reels, atMs);
      const pen = shown.getContext('2d');
      if (shown.width !== width || shown.height !== height) Object.assign(shown, { width, height });
      pen?.drawImage(canvas, 0, 0);
    },
    close: () => compositor.close(),
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
    sources: { plain: source, dressed: source },
    clips: effect.turns
      ? [clip('plain', 0, half), clip('dressed', half, sampleMs)]
      : [clip('dressed', 0, sampleMs)],
    effects: [
      { id: 'sample', atMs: effect.holds ? half : 0, forMs: sampleMs, effect: effect.name, strength: 1 },
    ],
  };
  lists.set(effect, list);
  return list;
}

function sceneReel(dressed: boolean): Reel {
  const canvas = new OffscreenCanvas(width, height);
  const reel: Reel = {
    ...{ durationMs: sampleMs, width, height, hasSound: false },
    async pictureAt(ms) {
      drawScene(canvas.getContext('2d')!, ms / sampleMs, dressed);
      return { picture: canvas, width, height };
    },
    twin: async () => sceneReel(dressed),
    soundOf: async () => null,
    close: () => {},
  };
  return reel;
}

/** `way` runs from 0 to 1 and joins up again. */
function drawScene(pen: OffscreenCanvasRenderingContext2D, way: number, dressed: boolean): void {
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
  pen.restore();
}

function disc(pen: OffscreenCanvasRenderingContext2D, x: number, y: number, radius: number, colour: string) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}
