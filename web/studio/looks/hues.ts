import { type Colour, luma, mix, type Step, smooth } from './grading.ts';

/** Steps that look at the hue: what a look does to leaves or sky it need not do to a face. */

/** Hue in degrees and how much of it there is; grey has hue 0 and none. */
export function hueOf([red, green, blue]: Colour): { hue: number; chroma: number } {
  const most = Math.max(red, green, blue);
  const chroma = most - Math.min(red, green, blue);
  if (chroma < 1e-6) return { hue: 0, chroma: 0 };
  const sixth =
    most === red
      ? (green - blue) / chroma
      : most === green
        ? (blue - red) / chroma + 2
        : (red - green) / chroma + 4;
  return { hue: (sixth * 60 + 360) % 360, chroma };
}

const apart = (one: number, other: number) => Math.abs(((one - other + 540) % 360) - 180);
const between = (from: Colour, to: Colour, share: number): Colour => [
  mix(from[0], to[0], share),
  mix(from[1], to[1], share),
  mix(from[2], to[2], share),
];

/** The steps happen to colours around one hue only; grey is left alone, and the border is soft. */
export function around(hue: number, width: number, ...steps: Step[]): Step {
  return (colour) => {
    const is = hueOf(colour);
    const share = (1 - smooth(width * 0.4, width, apart(is.hue, hue))) * smooth(0.02, 0.16, is.chroma);
    return share === 0
      ? colour
      : between(
          colour,
          steps.reduce((done, step) => step(done), colour),
          share,
        );
  };
}

/**
 * The steps happen to everything, but much less to faces. Human skin, dark or light, lies between red and orange
 * (about 10° to 40°); the darkest and the lightest have very little of that hue, so little is asked for.
 */
export function sparingSkin(kept: number, ...steps: Step[]): Step {
  return (colour) => {
    const is = hueOf(colour);
    const skin = (1 - smooth(14, 34, apart(is.hue, 24))) * smooth(0.008, 0.06, is.chroma);
    return between(
      steps.reduce((done, step) => step(done), colour),
      colour,
      skin * kept,
    );
  };
}

/** Grey out of the three channels, as a coloured glass before black-and-white film would: the weights are made to sum to 1. */
export function monochrome(red: number, green: number, blue: number): Step {
  const sum = red + green + blue;
  return (colour) => {
    const grey = (colour[0] * red + colour[1] * green + colour[2] * blue) / sum;
    return [grey, grey, grey];
  };
}

/** Brightness becomes a way from one colour over a second to a third: how a toned print is made. */
export function ramp(dark: Colour, middle: Colour, light: Colour): Step {
  return (colour) => {
    const level = luma(colour);
    return level < 0.5 ? between(dark, middle, level * 2) : between(middle, light, level * 2 - 1);
  };
}
