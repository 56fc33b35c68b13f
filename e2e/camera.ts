import { open } from 'node:fs/promises';
import { Decoder, Demuxer } from 'node-av/api';

/** Files for Chromium's camera (YUV4MPEG2, as large as their pictures are), which come round again and again. */
async function writeCamera(
  path: string,
  { width, height, fps }: { width: number; height: number; fps: number },
  pictures: AsyncIterable<Uint8Array[]> | Iterable<Uint8Array[]>,
): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
    for await (const planes of pictures) await file.writev([Buffer.from('FRAME\n'), ...planes]);
  } finally {
    await file.close();
  }
}

/** Each picture carries its number in twelve blocks across the middle. */
export async function countingCamera(path: string, count = 120): Promise<void> {
  const [width, height] = [180, 320];
  function* pictures() {
    for (let number = 0; number < count; number++) {
      const luma = new Uint8Array(width * height).fill(90);
      for (let bit = 0; bit < 12; bit++)
        for (let y = 0.3 * height; y < 0.7 * height; y++) {
          const [from, to] = [bit + 2, bit + 3].map((at) => y * width + Math.floor((width * at) / 16));
          luma.fill((number >> bit) & 1 ? 220 : 30, from, to);
        }
      yield [luma, new Uint8Array((width * height) / 2).fill(128)];
    }
  }
  await writeCamera(path, { width, height, fps: 30 }, pictures());
}

/** A clip as a camera sees it, upright and 360 wide; no more than ten seconds. */
export async function cameraOf(clip: string, path: string): Promise<void> {
  await using input = await Demuxer.open(clip);
  const stream = input.video()!;
  using decoder = await Decoder.create(stream);
  const [width, height] = [360, 640];
  async function* pictures() {
    let count = 0;
    for await (const frame of decoder.frames(input.packets(stream.index))) {
      if (!frame) continue;
      // The middle of a wide picture, every pixel that is nearest: a camera need not be sharp.
      const scale = Math.min(frame.width / width, frame.height / height);
      const plane = (index: number, across: number, down: number, part: number) => {
        const [from, stride] = [frame.data![index]!, frame.linesize[index]!];
        const to = new Uint8Array(across * down);
        const [left, top] = [
          (frame.width - width * scale) / 2 / part,
          (frame.height - height * scale) / 2 / part,
        ];
        for (let y = 0; y < down; y++)
          for (let x = 0; x < across; x++)
            to[y * across + x] = from[Math.floor(top + y * scale) * stride + Math.floor(left + x * scale)]!;
        return to;
      };
      yield [
        plane(0, width, height, 1),
        plane(1, width / 2, height / 2, 2),
        plane(2, width / 2, height / 2, 2),
      ];
      frame.free();
      if (++count === 300) return;
    }
  }
  await writeCamera(path, { width, height, fps: 30 }, pictures());
}
