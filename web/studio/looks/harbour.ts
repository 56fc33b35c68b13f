import { film, grade, splitTone, turnHue, vibrance } from './grading.ts';
import { around, sparingSkin } from './hues.ts';
import type { Look } from './look.ts';

/** Blue water and lit faces: shadows go to petrol, skin stays warm against them. */
export const harbour: Look = {
  name: 'harbour',
  grade: grade(
    sparingSkin(0.85, splitTone('#0c4a5c', '#ffd9b0', 0.3)),
    around(225, 55, turnHue(-14)),
    film(0.4, 0.48),
    vibrance(0.1),
  ),
};
