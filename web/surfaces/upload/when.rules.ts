/**
 * The time at which a video goes out, between a field that knows only the clock on the wall and the moment it means.
 * Pure but for the zone, which is the browser's own.
 */
const minuteMs = 60_000;
const farthestMs = 60 * 24 * 60 * minuteMs;

/** What `<input type="datetime-local">` shows for a moment, in this device's zone. */
export function wallClock(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The moment meant, as the server keeps it; null while nothing readable stands there. */
export function momentOf(wall: string): string | null {
  const at = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(wall) ? new Date(wall) : null;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

/** The server's own range; the last half minute is too late to be pressed. */
export function faultOf(publishAt: string | null, now: number): 'none' | 'past' | 'far' | null {
  if (publishAt === null) return 'none';
  const ahead = new Date(publishAt).getTime() - now;
  if (Number.isNaN(ahead)) return 'none';
  if (ahead < minuteMs) return 'past';
  return ahead > farthestMs ? 'far' : null;
}

export const rangeAt = (now: number) => ({
  min: wallClock(new Date(now + 2 * minuteMs)),
  max: wallClock(new Date(now + farthestMs)),
});

/** The next full hour that leaves an hour to think. */
export function suggestedTime(now: number): string {
  const at = new Date(now + 60 * minuteMs);
  at.setMinutes(60, 0, 0);
  return at.toISOString();
}

/** "Sunday, 22 November 2026 at 18:00 Central European Standard Time": nobody has to guess the zone. */
export function spelledOut(language: string, publishAt: string, timeZone?: string): string {
  const at = new Date(publishAt);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(
    at,
  );
  const zone = new Intl.DateTimeFormat(language, { timeZoneName: 'long', timeZone })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return zone ? `${day} (${zone})` : day;
}
