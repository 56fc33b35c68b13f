import { hash } from 'node:crypto';

/**
 * Which creators a viewer has met, four bytes each: sorted 32-bit hashes. With a thousand creators the chance that one
 * who is new looks known is one in four million.
 */
const most = 4000;

export function hashOf(creator: string): number {
  return hash('sha256', creator, 'buffer').readUInt32BE(0);
}

export function readMet(bytes: Uint8Array | undefined): Set<number> {
  const met = new Set<number>();
  if (!bytes) return met;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= buffer.length; at += 4) met.add(buffer.readUInt32BE(at));
  return met;
}

/** Whoever has met more creators than are kept is told that a few of the old ones are new. */
export function writeMet(met: ReadonlySet<number>): Buffer {
  const kept = [...met].slice(-most).sort((a, b) => a - b);
  const buffer = Buffer.alloc(kept.length * 4);
  for (const [at, value] of kept.entries()) buffer.writeUInt32BE(value, at * 4);
  return buffer;
}
