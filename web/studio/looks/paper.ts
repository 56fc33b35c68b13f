import { fade, grade, saturation, tones } from './grading.ts';
import type { Look } from './look.ts';

/** Daylight on a page: light, quiet, hardly any black. */
export const paper: Look = {
  name: 'paper',
  grade: grade(tones({ gamma: 1.22 }), saturation(0.82), fade([0.09, 0.088, 0.085], [0.985, 0.98, 0.968])),
};
