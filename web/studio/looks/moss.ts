import { fade, film, grade, saturation, splitTone, turnHue } from './grading.ts';
import { around } from './hues.ts';
import type { Look } from './look.ts';

/** A walk in the woods: olive and brown, low light. */
export const moss: Look = {
  name: 'moss',
  grade: grade(
    around(120, 70, turnHue(-18), saturation(0.7)),
    around(220, 60, saturation(0.6)),
    splitTone('#26361c', '#f2e2b4', 0.2),
    saturation(0.86),
    film(0.25, 0.5),
    fade([0.03, 0.035, 0.025], [0.97, 0.965, 0.92]),
  ),
};
