/** One channel out of several: their mean. One channel is given back as it is. */
export function monoOf(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (!first) return new Float32Array();
  if (others.length === 0) return first;
  const mixed = first.slice();
  for (const other of others) for (let i = 0; i < mixed.length; i++) mixed[i] = mixed[i]! + (other[i] ?? 0);
  for (let i = 0; i < mixed.length; i++) mixed[i] = mixed[i]! / channels.length;
  return mixed;
}
