import { fade, grade, tones } from './grading.ts';
import { monochrome } from './hues.ts';
import type { Look } from './look.ts';

/** A quiet grey with long middle tones. */
export const slate: Look = {
  name: 'slate',
  grade: grade(monochrome(0.28, 0.6, 0.12), tones({ gamma: 1.1 }), fade(0.06, 0.96)),
};
