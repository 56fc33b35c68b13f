import { film, grade, splitTone, tones, vibrance } from './grading.ts';
import type { Look } from './look.ts';

/** The light of a projector's bulb: amber lights, soft shadows that stay clean. */
export const lamp: Look = {
  name: 'lamp',
  grade: grade(
    tones({ gain: [1.05, 0.985, 0.91], gamma: 1.05 }),
    splitTone('#2a2630', '#ffa83c', 0.12),
    film(0.25, 0.48),
    vibrance(0.1),
  ),
};
