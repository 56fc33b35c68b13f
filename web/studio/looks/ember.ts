import { film, grade, saturation, splitTone, tones } from './grading.ts';
import { around } from './hues.ts';
import type { Look } from './look.ts';

/** Beside the fire: red depths, glowing lights, darkness around. */
export const ember: Look = {
  name: 'ember',
  grade: grade(
    tones({ gamma: [0.98, 0.9, 0.84] }),
    around(220, 80, saturation(0.6)),
    splitTone('#5c1210', '#ff9a4a', 0.17),
    film(0.4, 0.46),
  ),
};
