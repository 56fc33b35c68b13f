/** 24 sums by hours of UTC as hours of a clock that is `aheadMinutes` ahead of it; half hours go to the hour they begin in. */
export function inOwnHours(hours: readonly number[], aheadMinutes: number): number[] {
  const ahead = Math.floor(aheadMinutes / 60);
  return hours.map((_, at) => hours[(((at - ahead) % 24) + 24) % 24] ?? 0);
}
