/** Numbers for ids, given in the order they are met: ids as bytes in one arena, no object per id. */

export type Ids = {
  readonly count: number;
  /** The number of an id, given now if it is new. */
  numberOf: (bytes: Uint8Array, from: number, to: number) => number;
  numberOfText: (text: string) => number;
  /** -1 when it was never met. */
  find: (text: string) => number;
  textOf: (id: number) => string;
};

/** Open addressing over FNV-1a; ids are compared by their bytes, so no two are ever taken for one. */
export function createIds(): Ids {
  let arena = new Uint8Array(1 << 16);
  let used = 0;
  let from = new Float64Array(1 << 12);
  let count = 0;
  let slots = new Int32Array(1 << 13).fill(-1);
  let hashes = new Uint32Array(1 << 12);

  const slotOf = (bytes: Uint8Array, start: number, end: number, hash: number) => {
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const id = slots[slot]!;
      if (id < 0) return slot;
      if (hashes[id] !== hash || from[id + 1]! - from[id]! !== end - start) continue;
      let same = true;
      for (let at = start, own = from[id]!; same && at < end; at++, own++) same = bytes[at] === arena[own];
      if (same) return slot;
    }
  };
  const grow = (length: number) => {
    while (used + length > arena.length) arena = copied(arena, new Uint8Array(arena.length * 2));
    if (count + 2 > from.length) from = copied(from, new Float64Array(from.length * 2));
    if (count + 1 > hashes.length) hashes = copied(hashes, new Uint32Array(hashes.length * 2));
    if (count * 2 < slots.length) return;
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let id = 0; id < count; id++) {
      let slot = hashes[id]! & (slots.length - 1);
      while (slots[slot]! >= 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = id;
    }
  };
  const numberOf = (bytes: Uint8Array, start: number, end: number) => {
    const hash = fnv(bytes, start, end);
    const known = slots[slotOf(bytes, start, end, hash)]!;
    if (known >= 0) return known;
    grow(end - start);
    slots[slotOf(bytes, start, end, hash)] = count;
    arena.set(bytes.subarray(start, end), used);
    hashes[count] = hash;
    from[count] = used;
    used += end - start;
    from[count + 1] = used;
    return count++;
  };
  return {
    get count() {
      return count;
    },
    numberOf,
    numberOfText: (text) => {
      const bytes = Buffer.from(text);
      return numberOf(bytes, 0, bytes.length);
    },
    find: (text) => {
      const bytes = Buffer.from(text);
      return slots[slotOf(bytes, 0, bytes.length, fnv(bytes, 0, bytes.length))]!;
    },
    textOf: (id) => Buffer.from(arena.subarray(from[id], from[id + 1])).toString(),
  };
}

function fnv(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

type AnyArray = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;
export function copied<T extends AnyArray>(old: AnyArray, wide: T): T {
  wide.set(old);
  return wide;
}
