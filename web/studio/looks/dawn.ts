import { fade, grade, saturation, splitTone, tones } from './grading.ts';
import type { Look } from './look.ts';

/** The first light: rose over pale blue, softer than it was. */
export const dawn: Look = {
  name: 'dawn',
  grade: grade(
    tones({ gamma: [1.16, 1.08, 1.1] }),
    splitTone('#5b6fae', '#ffb9a0', 0.14),
    saturation(0.94),
    fade([0.06, 0.055, 0.075], [1, 0.975, 0.965]),
  ),
};
