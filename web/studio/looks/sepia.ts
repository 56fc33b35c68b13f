import { film, grade, hex } from './grading.ts';
import { monochrome, ramp } from './hues.ts';
import type { Look } from './look.ts';

/** A print toned in brown, as the first short films were sold. */
export const sepia: Look = {
  name: 'sepia',
  grade: grade(
    monochrome(0.35, 0.55, 0.1),
    film(0.3, 0.48),
    ramp(hex('#1a0f08'), hex('#8d6f52'), hex('#fdf3df')),
  ),
};
