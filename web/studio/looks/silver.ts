import { bleach, film, grade, saturation, tones } from './grading.ts';
import type { Look } from './look.ts';

/** Silver left in the film: hard, metallic, almost without colour. */
export const silver: Look = {
  name: 'silver',
  grade: grade(bleach(0.55), saturation(0.8), tones({ gain: [0.99, 1, 1.015], gamma: 1.08 }), film(0.15)),
};
