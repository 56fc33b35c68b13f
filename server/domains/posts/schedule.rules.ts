import { Refusal } from '../../../contract/errors.ts';

/** When a video may go out, pure. */
const minuteMs = 60_000;
/** Further ahead than two months nobody plans a clip, and a person may have gone meanwhile. */
const farthestMs = 60 * 24 * 60 * minuteMs;

/** Throws schedule_out_of_range with the first and the last time that may be chosen. */
export function timeToGoOut(asked: string, now: Date): Date {
  const at = new Date(asked);
  const [first, last] = [now.getTime() + minuteMs, now.getTime() + farthestMs];
  // Half a minute of doubt goes to the person: their clock is not ours.
  if (!(at.getTime() >= first - minuteMs / 2 && at.getTime() <= last + minuteMs)) {
    throw new Refusal('schedule_out_of_range', {
      first: new Date(first).toISOString(),
      last: new Date(last).toISOString(),
    });
  }
  return at;
}
