import { film, grade, tones, vibrance } from './grading.ts';
import type { Look } from './look.ts';

/** A bright clear day: the everyday look, more of everything and nothing else. */
export const noon: Look = {
  name: 'noon',
  grade: grade(tones({ gamma: 1.06, gain: 1.02 }), film(0.35, 0.5), vibrance(0.32)),
};
