import { fade, film, grade, saturation, tones } from './grading.ts';
import { sparingSkin } from './hues.ts';
import type { Look } from './look.ts';

/** A clear winter morning: cool whites, crisp, a little pale. */
export const frost: Look = {
  name: 'frost',
  grade: grade(
    sparingSkin(0.65, tones({ gain: [0.93, 1, 1.07], gamma: 1.06 })),
    saturation(0.82),
    film(0.28, 0.45),
    fade([0.015, 0.025, 0.04], [0.97, 0.99, 1]),
  ),
};
