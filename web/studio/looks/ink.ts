import { film, grade } from './grading.ts';
import { monochrome } from './hues.ts';
import type { Look } from './look.ts';

/** Black ink on white: a red glass before the lens, so that skies go dark and faces light. */
export const ink: Look = {
  name: 'ink',
  grade: grade(monochrome(0.5, 0.4, 0.1), film(0.75, 0.48)),
};
