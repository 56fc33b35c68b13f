import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { EditSticker } from '../../../contract/edit-list.ts';
import { drawnPerson } from './face.fixture.ts';
import { bestFace, crop, detectorSide, meshSide, type Pixels, pointsOf, wholeOf } from './face.ts';
import { type GraphModel, readGraphModel } from './graph-model.ts';
import { framed, marksOf, pinnedAt, trackedAt } from './marks.rules.ts';
import { block, convolve, convolveDepth, halves, type Net, plain, resize, runNet } from './net.ts';
import { pictureOf, readTflite } from './tflite.ts';
import { follow, type Grey, patchAt } from './track.rules.ts';

const modules = join(import.meta.dirname, '../../../node_modules');
const bytesOf = (path: string): ArrayBuffer => new Uint8Array(readFileSync(join(modules, path))).buffer;
const graph = (name: string): Net => {
  const path = `@vladmandic/human/models/${name}`;
  const model = JSON.parse(readFileSync(join(modules, `${path}.json`), 'utf8')) as GraphModel;
  return readGraphModel(model, bytesOf(`${path}.bin`));
};

async function pixels(svg: string, size?: { width: number; height: number }): Promise<Pixels> {
  const drawn = sharp(Buffer.from(svg));
  if (size) drawn.resize(size.width, size.height, { fit: 'fill' });
  const { data, info } = await drawn.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

describe('arithmetic', () => {
  const ones = (count: number) => new Float32Array(count).fill(1);
  test('a kernel adds up what lies around, and nothing beyond the edge', () => {
    const from = block(3, 3, 1, Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    const how = { kernel: 3, stride: 1, padding: 'same', active: plain } as const;
    expect([...convolve(from, ones(9), Float32Array.of(100), how).data]).toEqual([
      112, 121, 116, 127, 145, 133, 124, 139, 128,
    ]);
    expect([...convolve(from, ones(9), Float32Array.of(0), { ...how, padding: 'valid' }).data]).toEqual([45]);
    expect([...convolveDepth(from, ones(9), null, { ...how, stride: 2 }).data]).toEqual([12, 16, 24, 28]);
  });
  test('a kernel of one place mixes channels, also when they are no multiple of four', () => {
    const from = block(1, 2, 2, Float32Array.from([1, 2, 3, 4]));
    const weights = Float32Array.from([1, 0, 0, 1, 1, 1, 2, 2, -1, -1]);
    const how = { kernel: 1, stride: 1, padding: 'valid', active: { kind: 'relu' } } as const;
    expect([...convolve(from, weights, new Float32Array(5), how).data]).toEqual([
      1, 2, 3, 6, 0, 3, 4, 7, 14, 0,
    ]);
  });
  test('halves of a float are read as they are written', () => {
    expect([...halves(Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001))]).toEqual([
      1,
      -2,
      expect.closeTo(1 / 3, 3),
      expect.closeTo(5.96e-8, 9),
    ]);
  });
  test('a picture twice as large lies between its pixels', () => {
    const from = block(1, 2, 1, Float32Array.of(0, 4));
    expect([...resize(from, 1, 4, true).data]).toEqual([0, 1, 3, 4]);
    expect([...resize(from, 1, 4, false).data]).toEqual([0, 2, 4, 4]);
  });
});

// The faces are drawn: nobody's photograph lies in here. With people it was tried on clips that are not part of this.
describe('a drawn person', () => {
  test('is told from the wall behind', async () => {
    const { net, output } = readTflite(bytesOf('@mediapipe/selfie_segmentation/selfie_segmentation.tflite'));
    const { data } = await pixels(drawnPerson(), { width: 256, height: 256 });
    const mask = runNet(net, pictureOf(data, 256), [output]).get(output)!;
    const at = (x: number, y: number) =>
      mask.data[Math.round((y / 480) * 256) * 256 + Math.round((x / 360) * 256)]!;
    for (const [x, y] of [
      [180, 210],
      [180, 440],
      [120, 430],
    ] as const)
      expect(at(x, y)).toBeGreaterThan(0.9);
    for (const [x, y] of [
      [20, 30],
      [340, 200],
      [30, 300],
    ] as const)
      expect(at(x, y)).toBeLessThan(0.1);
  });

  const [detector, mesh] = [graph('blazeface'), graph('facemesh')];
  const faceOf = (picture: Pixels) => {
    const whole = wholeOf(picture);
    const names = ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'];
    const found = runNet(detector, crop(picture, whole, detectorSide, -1, 1), names);
    const [scores, fewer, boxes, larger] = names.map((name) => found.get(name)!.data);
    const grids = [
      { cells: 16, each: 2, scores: scores!, boxes: boxes! },
      { cells: 8, each: 6, scores: fewer!, boxes: larger! },
    ];
    const square = bestFace(grids, whole);
    if (!square) return null;
    const drawn = runNet(mesh, crop(picture, square, meshSide, 0, 1), ['Identity_2']).get('Identity_2')!;
    return pointsOf(drawn.data, square, picture);
  };
  /** Where they are drawn: outer corners of the eyes, nose, mouth, chin. */
  const drawnAt = [
    [33, 126, 198],
    [263, 234, 198],
    [1, 180, 250],
    [13, 180, 284],
    [152, 180, 325],
  ] as const;

  test.each([
    ['upright', 0, 0],
    ['leaning', 18, 0],
    ['to the side of a wide picture', 0, 300],
  ])('has its 468 points found, %s', async (_name, degrees, moved) => {
    const picture = await pixels(drawnPerson({ degrees, moved }));
    const points = faceOf(picture)!;
    const turn = (degrees * Math.PI) / 180;
    for (const [point, x, y] of drawnAt) {
      const [dx, dy] = [x - 180, y - 210];
      const wanted = [
        180 + moved + dx * Math.cos(turn) - dy * Math.sin(turn),
        210 + dx * Math.sin(turn) + dy * Math.cos(turn),
      ];
      const found = [points[point * 2]! * picture.width, points[point * 2 + 1]! * picture.height];
      expect(Math.hypot(found[0]! - wanted[0]!, found[1]! - wanted[1]!), `point ${point}`).toBeLessThan(14);
    }
  });

  test('who is not there is not found', async () => {
    const wall =
      '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="480"><rect width="360" height="480" fill="#8fa6b8"/></svg>';
    expect(faceOf(await pixels(wall))).toBeNull();
  });
});

describe('a pinned sticker', () => {
  const frame = { width: 100, height: 200 };
  const points = new Float32Array(936);
  const put = (point: number, x: number, y: number) => points.set([x, y], point * 2);
  for (const point of [33, 133]) put(point, 0.4, 0.5);
  for (const point of [263, 362]) put(point, 0.6, 0.5);
  put(234, 0.3, 0.55);
  put(454, 0.7, 0.55);
  put(10, 0.5, 0.3);
  const sticker = (more: Partial<EditSticker>): EditSticker => ({
    ...{ id: 's', atMs: 0, forMs: 1000, x: 0, y: 0, size: 0.2, turnDeg: 0, sticker: 'star', pin: null },
    ...more,
  });

  test('sits on its point, in a picture that does not fill the frame too, and is gone with the face', () => {
    const hat = sticker({ pin: { kind: 'face', point: 10 }, y: -0.05 });
    const whole = pinnedAt(hat, 0, { points, picture: frame }, frame)!;
    expect(whole).toMatchObject({ x: 0.5, scale: expect.closeTo(1, 5), turnDeg: 0 });
    expect(whole.y).toBeCloseTo(0.25, 5);
    const wide = { points, picture: { width: 200, height: 100 } };
    expect(framed(points, 10, wide.picture, frame)[1]).toBeCloseTo(0.375 + 0.3 * 0.25, 5);
    expect(pinnedAt(hat, 0, null, frame)).toBeNull();
  });
  test('leans and grows with the head', () => {
    const leaning = points.slice();
    leaning.set([0.4, 0.45], 33 * 2);
    leaning.set([0.4, 0.45], 133 * 2);
    const { head } = marksOf(leaning, frame, frame);
    expect(head[3]).toBeCloseTo(Math.atan2(0.05 * 2, 0.2), 2);
    const near = points.map((value) => (value - 0.5) * 1.5 + 0.5);
    expect(
      pinnedAt(sticker({ pin: { kind: 'face', point: 10 } }), 0, { points: near, picture: frame }, frame)!
        .scale,
    ).toBeCloseTo(1.5, 5);
  });
  test('goes from place to place where it was tracked', () => {
    const places = [
      { atMs: 100, x: 0, y: 0 },
      { atMs: 200, x: 1, y: 0.5 },
    ];
    expect([0, 100, 150, 200, 900].map((ms) => trackedAt(places, ms).x)).toEqual([0, 0, 0.5, 1, 1]);
    expect(pinnedAt(sticker({ pin: { kind: 'track', places }, x: 0.1 }), 150, null, frame)).toMatchObject({
      x: 0.6,
      y: 0.25,
    });
  });
});

describe('what is followed', () => {
  /** A blob on a slow slope of light, with a grain that is the same every time. */
  const scene = (x: number, y: number, light = 1): Grey => {
    const data = new Float32Array(120 * 90);
    for (let row = 0; row < 90; row++)
      for (let column = 0; column < 120; column++) {
        const far = Math.hypot(column - x, row - y);
        const grain = ((column * 31 + row * 17) % 7) - 3;
        data[row * 120 + column] = light * (60 + column * 0.4 + 120 * Math.exp(-((far / 4) ** 2))) + grain;
      }
    return { width: 120, height: 90, data };
  };
  test('is found again where it went, between pixels too, and when the light changes', () => {
    const patch = patchAt(scene(40, 40), { x: 40, y: 40 })!;
    const found = follow(patch, scene(46.5, 37, 0.7), { x: 40, y: 40 })!;
    expect(found.x).toBeCloseTo(46.5, 0);
    expect(found.y).toBeCloseTo(37, 0);
  });
  test('is lost when it is gone, and nothing can be followed where all is alike', () => {
    const patch = patchAt(scene(40, 40), { x: 40, y: 40 })!;
    expect(follow(patch, scene(-60, -60), { x: 40, y: 40 })).toBeNull();
    expect(
      patchAt({ width: 40, height: 40, data: new Float32Array(1600).fill(80) }, { x: 20, y: 20 }),
    ).toBeNull();
  });
});
