import { film, grade, splitTone, tones, turnHue, vibrance } from './grading.ts';
import { around } from './hues.ts';
import type { Look } from './look.ts';

/** A late afternoon: gold in the middle tones, greens turned warm. */
export const honey: Look = {
  name: 'honey',
  grade: grade(
    tones({ gamma: [1.1, 1.03, 0.92] }),
    around(100, 60, turnHue(-16)),
    splitTone('#4a2c10', '#ffcf70', 0.12),
    film(0.2),
    vibrance(0.15),
  ),
};
