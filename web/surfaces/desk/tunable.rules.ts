/** A number as somebody types it: a decimal comma counts as a point; then whether it is in range. */
export function judgeNumber(
  text: string,
  { min, max }: { min: number; max: number },
): { value: number; fault: null } | { value: null; fault: 'notANumber' | 'outOfRange' } {
  const trimmed = text.trim().replace(',', '.');
  const value = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(value)) return { value: null, fault: 'notANumber' };
  if (value < min || value > max) return { value: null, fault: 'outOfRange' };
  return { value, fault: null };
}
