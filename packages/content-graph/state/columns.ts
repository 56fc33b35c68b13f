/** Growing typed arrays: a column keeps one number per row. */
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/** The same array when it has room for `length`, else a copy half as large again, new places holding `fill`. */
export function grown<Column extends NumberArray>(column: Column, length: number, fill = 0): Column {
  if (column.length >= length) return column;
  const room = Math.max(16, length, Math.ceil(column.length * 1.5));
  const larger = new (column.constructor as new (length: number) => Column)(room);
  larger.set(column);
  if (fill !== 0) larger.fill(fill, column.length);
  return larger;
}
