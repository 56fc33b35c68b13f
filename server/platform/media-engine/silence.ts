/** A rendition without its sound: the same pictures, packet by packet. */

import { statSync } from 'node:fs';
import { Packet } from 'node-av/lib';
import type { FileResult } from './engine.types.ts';
import { createCopy, openOwnFile } from './own-file.ts';

export function silence(path: string, outPath: string): FileResult {
  const file = openOwnFile(path);
  const { video } = file;
  if (!video) throw new Error('a rendition without pictures');
  const copy = createCopy(outPath, [video]);
  const packet = new Packet();
  packet.alloc();
  while (file.format.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === video.index) copy.write(video, packet);
    packet.unref();
  }
  copy.finish();
  packet.free();
  file.close();
  return { path: outPath, bytes: statSync(outPath).size };
}
