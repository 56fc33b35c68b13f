/** A two-dimensional `.npy` of little-endian floats (NumPy's format 1 to 3) and its list of ids, one a line. */
import { readFileSync } from 'node:fs';

export type Vectors = { rows: number; size: number; data: Float32Array };

export function readVectors(path: string): Vectors {
  const bytes = readFileSync(path);
  if (bytes.length < 12 || bytes.subarray(1, 6).toString('latin1') !== 'NUMPY')
    throw new Error(`${path} is not a .npy file`);
  const isOld = bytes[6] === 1;
  const from = isOld ? 10 : 12;
  const start = from + (isOld ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  const header = bytes.subarray(from, start).toString('latin1');
  const kind = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const shape = /'shape':\s*\((\d+),\s*(\d+)/.exec(header);
  if ((kind !== '<f4' && kind !== '<f8') || !shape || !header.includes("'fortran_order': False"))
    throw new Error(`${path}: rows of <f4 or <f8 in C order are read, not ${header.trim()}`);
  const [rows, size] = [Number(shape[1]), Number(shape[2])];
  const width = kind === '<f4' ? 4 : 8;
  if (bytes.length < start + rows * size * width) throw new Error(`${path} is cut short`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const data = new Float32Array(rows * size);
  for (let at = 0; at < data.length; at++)
    data[at] = width === 4 ? view.getFloat32(at * 4, true) : view.getFloat64(at * 8, true);
  return { rows, size, data };
}
