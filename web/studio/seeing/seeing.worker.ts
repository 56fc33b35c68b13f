/**
 * Looks at pictures: who stands before the background, and where a face is. The networks' weights come from our own
 * server when they are first needed (person 0.25 MB, face 2.2 MB), and are kept as long as this worker lives.
 */

import personBytes from '../../../node_modules/@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url';
import detectorBytes from '../../../node_modules/@vladmandic/human/models/blazeface.bin?url';
import detectorModel from '../../../node_modules/@vladmandic/human/models/blazeface.json?url';
import meshBytes from '../../../node_modules/@vladmandic/human/models/facemesh.bin?url';
import meshModel from '../../../node_modules/@vladmandic/human/models/facemesh.json?url';
import { bestFace, crop, detectorSide, meshSide, pointsOf, wholeOf } from './face.ts';
import { type GraphModel, readGraphModel } from './graph-model.ts';
import { type Block, runNet } from './net.ts';
import { halved, pictureOf, readTflite } from './tflite.ts';

export type Look = { id: number; kind: 'person' | 'face'; width: number; height: number; data: ArrayBuffer };
export type LookNews = { id: number; seen: ArrayBuffer | null } | { id: number; failed: string };

const once = <Thing>(load: () => Promise<Thing>): (() => Promise<Thing>) => {
  let loading: Promise<Thing> | null = null;
  return () => {
    loading ??= load().catch((error) => {
      loading = null; // The network may be back the next time.
      throw error;
    });
    return loading;
  };
};
async function fetched(address: string): Promise<Response> {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
  return reply;
}
const person = once(async () => readTflite(await (await fetched(personBytes)).arrayBuffer()));
const graph = async (model: string, bytes: string) => {
  const [description, weights] = await Promise.all([fetched(model), fetched(bytes)]);
  return readGraphModel((await description.json()) as GraphModel, await weights.arrayBuffer());
};
const detector = once(() => graph(detectorModel, detectorBytes));
const mesh = once(() => graph(meshModel, meshBytes));

async function see({ kind, width, height, data }: Look): Promise<ArrayBuffer | null> {
  const pixels = { width, height, data: new Uint8ClampedArray(data) };
  if (kind === 'person') {
    const { net, output } = await person();
    const mask = runNet(net, pictureOf(pixels.data, width), [output]).get(output)!;
    return halved(mask).buffer as ArrayBuffer;
  }
  const whole = wholeOf(pixels);
  const grids = ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'];
  const found = runNet(await detector(), crop(pixels, whole, detectorSide, -1, 1), grids);
  const [scores, fewer, boxes, larger] = grids.map((name) => (found.get(name) as Block).data);
  const square = bestFace(
    [
      { cells: 16, each: 2, scores: scores!, boxes: boxes! },
      { cells: 8, each: 6, scores: fewer!, boxes: larger! },
    ],
    whole,
  );
  if (!square) return null;
  const drawn = runNet(await mesh(), crop(pixels, square, meshSide, 0, 1), ['Identity_1', 'Identity_2']);
  // The mesh says itself whether what it was shown is a face.
  if (drawn.get('Identity_1')!.data[0]! < 0.5) return null;
  return pointsOf(drawn.get('Identity_2')!.data, square, pixels).buffer as ArrayBuffer;
}

let queue: Promise<void> = Promise.resolve();
addEventListener('message', ({ data: look }: MessageEvent<Look>) => {
  queue = queue.then(async () => {
    try {
      const seen = await see(look);
      postMessage({ id: look.id, seen } satisfies LookNews, { transfer: seen ? [seen] : [] });
    } catch (error) {
      postMessage({ id: look.id, failed: (error as Error).message } satisfies LookNews);
    }
  });
});
