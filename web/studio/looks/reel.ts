import { fade, grade, saturation, splitTone, tones } from './grading.ts';
import { around } from './hues.ts';
import type { Look } from './look.ts';

/** A reel found in the attic: yellowed, its blues gone, its blacks brown. */
export const reel: Look = {
  name: 'reel',
  grade: grade(
    tones({ gamma: [1.08, 1.02, 0.95] }),
    around(220, 70, saturation(0.55)),
    saturation(0.84),
    splitTone('#4a2030', '#ffe08c', 0.13),
    fade([0.11, 0.075, 0.07], [0.99, 0.955, 0.86]),
  ),
};
