/** The memory behind all columns of plain data: handed to another thread whole, where copying it would be a pause. */
export function buffersOf(data: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
    else for (const inner of Object.values(value)) look(inner);
  };
  look(data);
  return [...found];
}
