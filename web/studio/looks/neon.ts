import { film, grade, saturation, splitTone, tones, turnHue } from './grading.ts';
import { around, sparingSkin } from './hues.ts';
import type { Look } from './look.ts';

/** A street of signs at night: cyan against magenta, everybody still looks alive. */
export const neon: Look = {
  name: 'neon',
  grade: grade(
    tones({ gamma: 0.97 }),
    sparingSkin(0.8, splitTone('#14208c', '#ff5ab4', 0.26), saturation(1.18)),
    around(220, 60, turnHue(-20), saturation(1.2)),
    film(0.42, 0.47),
  ),
};
