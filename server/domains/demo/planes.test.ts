import sharp from 'sharp';
import { expect, it } from 'vitest';
import { clips } from './catalogue.ts';
import { boundsOf } from './drawing/bounds.ts';
import { HEIGHT, WIDTH } from './drawing/shapes.ts';
import { drawClip, rasterise, svgAt } from './frames.ts';
import { layOver, stillOf } from './planes.ts';

it('the rectangle of the moving layer holds all that it paints, in every clip', async () => {
  for (const clip of clips) {
    const drawing = drawClip(clip);
    for (const t of [0.2, 0.8]) {
      const svg = drawing.at(t, (t * clip.durationMs) / 1000);
      const box = boundsOf(svg);
      if (box) expect([box.x % 2, box.y % 2, box.wide % 2, box.tall % 2], clip.id).toEqual([0, 0, 0, 0]);
      const painted = new Uint32Array((await rasterise(svg)).buffer.slice(0, WIDTH * HEIGHT * 4));
      for (let y = 0; y < HEIGHT; y++)
        for (let x = 0; x < WIDTH; x++) {
          const inside = box && x >= box.x && x < box.x + box.wide && y >= box.y && y < box.y + box.tall;
          if (!inside && painted[y * WIDTH + x]! >>> 24)
            throw new Error(`${clip.id} at ${t} paints ${x}, ${y} outside of ${JSON.stringify(box)}`);
        }
    }
  }
});

it('a picture laid over in planes is the picture drawn in one piece', async () => {
  const clip = clips[0]!;
  const drawing = drawClip(clip);
  const svg = drawing.at(0.5, clip.durationMs / 2000);
  const box = boundsOf(svg)!;
  const planes = layOver(stillOf(await rasterise(drawing.still)), await rasterise(svg, box), box);
  const whole = stillOf(
    await sharp(Buffer.from(svgAt(clip, drawing, clip.durationMs / 2)))
      .ensureAlpha()
      .raw()
      .toBuffer(),
  ).planes;
  expect(planes.length).toBe(WIDTH * HEIGHT * 1.5);
  const apart = planes.reduce((sum, value, i) => sum + Math.abs(value - whole[i]!), 0) / planes.length;
  expect(apart).toBeLessThan(0.5);
});

it('white, black and red have the levels of BT.709 in TV range', () => {
  const filled = (r: number, g: number, b: number) => {
    const { planes } = stillOf(
      Buffer.from(
        Array(WIDTH * HEIGHT)
          .fill([r, g, b, 255])
          .flat(),
      ),
    );
    return [planes[0], planes[WIDTH * HEIGHT], planes.at(-1)];
  };
  expect(filled(255, 255, 255)).toEqual([235, 128, 128]);
  expect(filled(0, 0, 0)).toEqual([16, 128, 128]);
  expect(filled(255, 0, 0)).toEqual([63, 102, 240]);
});
