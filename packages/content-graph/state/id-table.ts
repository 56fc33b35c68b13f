/**
 * Collisionless table: id ↔ row. Rows are dense; a released row is used again.
 * A Map, never an object: `__proto__` is an id like any other.
 */
export type IdTable = { rowOf: Map<string, number>; ids: (string | undefined)[]; free: number[] };

export function createIdTable(): IdTable {
  return { rowOf: new Map(), ids: [], free: [] };
}

export function rowFor(table: IdTable, id: string): number {
  const known = table.rowOf.get(id);
  if (known !== undefined) return known;
  const row = table.free.pop() ?? table.ids.length;
  table.ids[row] = id;
  table.rowOf.set(id, row);
  return row;
}

export function releaseRow(table: IdTable, row: number): void {
  const id = table.ids[row];
  if (id === undefined) return;
  table.rowOf.delete(id);
  table.ids[row] = undefined;
  table.free.push(row);
}
