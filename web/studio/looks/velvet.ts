import { film, grade, saturation, splitTone, tones, vibrance } from './grading.ts';
import { sparingSkin } from './hues.ts';
import type { Look } from './look.ts';

/** A theatre's curtain: deep, full, plum in the blacks. */
export const velvet: Look = {
  name: 'velvet',
  grade: grade(
    tones({ gamma: 0.92 }),
    sparingSkin(0.65, splitTone('#4c1440', '#ffe6cc', 0.2), saturation(1.12)),
    film(0.5, 0.45),
    vibrance(0.12),
  ),
};
