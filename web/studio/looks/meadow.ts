import { film, grade, saturation, tones, turnHue, vibrance } from './grading.ts';
import { around, sparingSkin } from './hues.ts';
import type { Look } from './look.ts';

/** After rain: fresh greens, clear air, faces left alone. */
export const meadow: Look = {
  name: 'meadow',
  grade: grade(
    tones({ gamma: 1.1 }),
    around(105, 70, turnHue(10), saturation(1.22)),
    sparingSkin(0.6, tones({ gain: [0.985, 1.01, 1] })),
    film(0.22),
    vibrance(0.14),
  ),
};
