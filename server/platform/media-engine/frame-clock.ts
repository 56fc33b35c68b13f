/** When is which frame shown? Pure: time stamps in, constant-rate slots out. It knows no FFmpeg.
 *
 * A constant source keeps its own rate (each of its frames is shown exactly once: 25 frames a second made 30
 * would stutter five times a second, 10 made 30 would cost bits and show nothing new). A variable one goes to
 * 30, or 60 where it is that lively: the frame nearest to each slot is shown, repeated or left out. */

export type Rate = { num: number; den: number };
export type SourceRate = { rate: Rate; constant: boolean };

export const perSecond = (rate: Rate): number => rate.num / rate.den;

/** Rates that cameras use; a container's rounded time stamps (Matroska: whole milliseconds) hide them. */
const commonRates: Rate[] = [
  ...[10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240].map((num) => ({ num, den: 1 })),
  ...[24, 30, 60, 120, 240].map((num) => ({ num: num * 1000, den: 1001 })),
  { num: 25, den: 2 },
];

/** A slower constant source would start and seek badly (a picture every quarter of a second): treat as variable. */
const slowestKeptRate = 8;
/** How far a frame may be from its own slot, in frames, and still own it alone. */
const slotTolerance = 0.45;

/** `times`: presentation seconds in rising order. `hints`: what the container claims. */
export function measureRate(times: ArrayLike<number>, hints: Rate[]): SourceRate {
  const count = times.length;
  const first = times[0] ?? 0;
  const span = (times[count - 1] ?? 0) - first;
  if (count < 2 || span <= 0) return { rate: { num: 30, den: 1 }, constant: false };
  const measured = (count - 1) / span;
  const near = (rate: Rate) => Math.abs(perSecond(rate) / measured - 1);
  const candidates = [...commonRates, ...hints.filter((hint) => hint.num > 0 && hint.den > 0)]
    .filter((rate) => near(rate) < 0.01)
    .sort((a, b) => near(a) - near(b));
  candidates.push({ num: Math.round(measured * 1000), den: 1000 });
  for (const rate of candidates) if (fitsSlots(times, perSecond(rate))) return { rate, constant: true };
  return { rate: candidates[candidates.length - 1] as Rate, constant: false };
}

function fitsSlots(times: ArrayLike<number>, rate: number): boolean {
  const first = times[0] as number;
  for (let index = 1; index < times.length; index++) {
    if (Math.abs(((times[index] as number) - first) * rate - index) > slotTolerance) return false;
  }
  return true;
}

/** The rate of a rendition. `ceiling`: 60 for rungs up to 720, 30 above. */
export function renditionRate(source: SourceRate, ceiling: 30 | 60): Rate {
  const rate = perSecond(source.rate);
  if (!source.constant || rate < slowestKeptRate)
    return { num: ceiling === 60 && rate > 45 ? 60 : 30, den: 1 };
  const keepEvery = Math.max(1, Math.ceil(rate / (ceiling * 1.01)));
  return { num: source.rate.num, den: source.rate.den * keepEvery };
}

export type FrameClock = {
  /** First slot of a frame shown from `seconds` (after the start of the source). */
  slotAt: (seconds: number) => number;
  /** Slots of the whole; at least one. */
  totalSlots: number;
};

export function createFrameClock(rate: Rate, durationSeconds: number): FrameClock {
  const slots = perSecond(rate);
  // The small bias keeps a stamp that was rounded down to the millisecond in its slot when frames are halved.
  const slotAt = (seconds: number) => Math.max(0, Math.floor(seconds * slots + 0.5 + 1e-6));
  return { slotAt, totalSlots: Math.max(1, Math.round(durationSeconds * slots)) };
}
