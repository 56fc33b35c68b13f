/**
 * One turn of the wheel is one video, however fine the wheel: a mouse sends one large step, a touchpad a long tail of
 * small ones. Pure: events come with their time.
 */
export type WheelState = { at: number; sum: number; restUntil: number; lastSize: number };
export const stillWheel: WheelState = { at: Number.NEGATIVE_INFINITY, sum: 0, restUntil: 0, lastSize: 0 };

const gapMs = 160;
const enoughPx = 40;
const restMs = 420;

export function turnWheel(
  state: WheelState,
  deltaPx: number,
  at: number,
): { state: WheelState; step: -1 | 0 | 1 } {
  const size = Math.abs(deltaPx);
  const fresh = at - state.at > gapMs;
  // Within the tail of a swing only a new, stronger push counts as another turn.
  const pushed = size > state.lastSize * 1.6 && size > enoughPx;
  if (at < state.restUntil || (!fresh && state.sum === Number.POSITIVE_INFINITY && !pushed))
    return { state: { ...state, at, lastSize: size }, step: 0 };
  const sum = (fresh || state.sum === Number.POSITIVE_INFINITY ? 0 : state.sum) + deltaPx;
  if (Math.abs(sum) < enoughPx) return { state: { ...state, at, sum, lastSize: size }, step: 0 };
  return {
    state: { at, sum: Number.POSITIVE_INFINITY, restUntil: at + restMs, lastSize: size },
    step: sum > 0 ? 1 : -1,
  };
}
