import { film as curve, fade, grade, saturation, splitTone } from './grading.ts';
import type { Look } from './look.ts';

/** A colour negative printed well: green in the depths, cream in the lights, no hard end. */
export const film: Look = {
  name: 'film',
  grade: grade(
    curve(0.45, 0.47),
    splitTone('#1d4038', '#ffdca8', 0.16),
    saturation(0.9),
    fade([0.035, 0.045, 0.04], [0.99, 0.975, 0.94]),
  ),
};
