import { fade, film, grade, saturation, splitTone, tones } from './grading.ts';
import { sparingSkin } from './hues.ts';
import type { Look } from './look.ts';

/** Half an hour after sunset: violet shadows, a last rose in the lights. */
export const dusk: Look = {
  name: 'dusk',
  grade: grade(
    tones({ gamma: 0.96 }),
    sparingSkin(0.7, splitTone('#3a2a7a', '#ffae9c', 0.25)),
    saturation(0.95),
    film(0.25, 0.48),
    fade([0.03, 0.022, 0.045], 1),
  ),
};
