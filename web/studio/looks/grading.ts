/**
 * The bench on which looks are mixed: small steps from colour to colour, in the 0 … 1 of sRGB as it is stored, which is
 * where the eye's steps are about even. A look is a chain of them. Steps may leave the range; `grade` brings the result
 * back once, at the end, so that a highlight survives a gain that a later fade takes back.
 */
export type Colour = readonly [red: number, green: number, blue: number];
export type Step = (colour: Colour) => Colour;
export type Grade = (red: number, green: number, blue: number) => Colour;

const clamp = (value: number) => Math.min(1, Math.max(0, value));
const each = (colour: Colour, change: (value: number, channel: 0 | 1 | 2) => number): Colour => [
  change(colour[0], 0),
  change(colour[1], 1),
  change(colour[2], 2),
];
const triple = (value: number | Colour): Colour =>
  typeof value === 'number' ? [value, value, value] : value;
export const mix = (from: number, to: number, share: number): number => from + (to - from) * share;
const blend = (from: Colour, to: Colour, share: number): Colour =>
  each(from, (value, channel) => mix(value, to[channel], share));
export const smooth = (low: number, high: number, value: number): number => {
  const share = clamp((value - low) / (high - low));
  return share * share * (3 - 2 * share);
};

/** How bright a colour looks: the weights of Rec. 709, on stored values. */
export const luma = ([red, green, blue]: Colour): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** `#rrggbb` as numbers. */
export const hex = (code: string): Colour => [
  Number.parseInt(code.slice(1, 3), 16) / 255,
  Number.parseInt(code.slice(3, 5), 16) / 255,
  Number.parseInt(code.slice(5, 7), 16) / 255,
];

export function grade(...steps: Step[]): Grade {
  return (red, green, blue) => {
    let colour: Colour = [red, green, blue];
    for (const step of steps) colour = step(colour);
    return each(colour, clamp);
  };
}

/** The three wheels of a colourist: lift moves the shadows, gamma the middle, gain the lights. 0, 1, 1 change nothing. */
export function tones(wheels: {
  lift?: number | Colour;
  gamma?: number | Colour;
  gain?: number | Colour;
}): Step {
  const [lift, gamma, gain] = [triple(wheels.lift ?? 0), triple(wheels.gamma ?? 1), triple(wheels.gain ?? 1)];
  return (colour) =>
    each(colour, (value, i) => Math.max(0, value * gain[i] + lift[i] * (1 - value)) ** (1 / gamma[i]));
}

/** The S of a film's characteristic curve, with ends that stay where they are. Strength 0 … 1; the pivot stays too. */
export function film(strength: number, pivot = 0.5): Step {
  const steepness = 6;
  const logistic = (value: number) => 1 / (1 + Math.exp(-steepness * (value - pivot)));
  const [low, high] = [logistic(0), logistic(1)];
  return (colour) => each(colour, (value) => mix(value, (logistic(value) - low) / (high - low), strength));
}

/** A print that never gets quite black or quite white. */
export function fade(black: number | Colour, white: number | Colour = 1): Step {
  const [low, high] = [triple(black), triple(white)];
  return (colour) => each(colour, (value, channel) => mix(low[channel], high[channel], value));
}

export function saturation(amount: number): Step {
  return (colour) => blend(triple(luma(colour)), colour, amount);
}

/** Saturation for what has little of it: a shirt gains, a face that is warm already hardly. */
export function vibrance(amount: number): Step {
  return (colour) => {
    const chroma = Math.max(...colour) - Math.min(...colour);
    return blend(triple(luma(colour)), colour, 1 + amount * (1 - clamp(chroma)) ** 2);
  };
}

/** Shadows take the hue of one colour and lights that of another; brightness stays. */
export function splitTone(shadows: string, lights: string, amount: number): Step {
  const hueOf = (code: string): Colour => {
    const colour = hex(code);
    return each(colour, (value) => value - luma(colour));
  };
  const [dark, light] = [hueOf(shadows), hueOf(lights)];
  return (colour) => {
    const level = clamp(luma(colour));
    const [below, above] = [amount * (1 - level) ** 1.5, amount * level ** 1.5];
    return each(colour, (value, channel) => value + dark[channel] * below + light[channel] * above);
  };
}

/** Film whose silver was not washed out: the grey picture laid over the coloured one, hard and pale. */
export function bleach(amount: number): Step {
  return (colour) => {
    const grey = luma(colour);
    const over = each(colour, (value) => (grey < 0.5 ? 2 * value * grey : 1 - 2 * (1 - value) * (1 - grey)));
    return blend(colour, blend(triple(luma(over)), over, 0.45), amount);
  };
}

/** All hues turn together around the grey axis. */
export function turnHue(degrees: number): Step {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [own, next, last] = [
    cos + (1 - cos) / 3,
    (1 - cos) / 3 - sin / Math.sqrt(3),
    (1 - cos) / 3 + sin / Math.sqrt(3),
  ];
  return ([red, green, blue]) => [
    own * red + next * green + last * blue,
    last * red + own * green + next * blue,
    next * red + last * green + own * blue,
  ];
}
