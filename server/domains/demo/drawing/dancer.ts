/** A stick figure made of joints. A pose is a row of angles in degrees, limbs measured from hanging straight down,
 * positive towards the right of the picture; poses blend, so a dance is a list of poses and a beat. */
import { easeOut } from './easing.ts';
import { circle, ellipse, type Point, place, trail } from './shapes.ts';
import { face } from './things.ts';

export type Pose = {
  /** Tilt of the trunk. */ lean: number;
  /** Hip offset in figure units (the figure is about 300 high). */ dx: number;
  dy: number;
  /** [upper, lower] of each limb. */ armL: Point;
  armR: Point;
  legL: Point;
  legR: Point;
};

export const pose = (
  lean: number,
  dx: number,
  dy: number,
  armL: Point,
  armR: Point,
  legL: Point,
  legR: Point,
): Pose => ({ lean, dx, dy, armL, armR, legL, legR });

const between = (a: number, b: number, t: number) => a + (b - a) * t;
const pair = (a: Point, b: Point, t: number): Point => [between(a[0], b[0], t), between(a[1], b[1], t)];

export const blendPose = (a: Pose, b: Pose, t: number): Pose => ({
  lean: between(a.lean, b.lean, t),
  dx: between(a.dx, b.dx, t),
  dy: between(a.dy, b.dy, t),
  armL: pair(a.armL, b.armL, t),
  armR: pair(a.armR, b.armR, t),
  legL: pair(a.legL, b.legL, t),
  legR: pair(a.legR, b.legR, t),
});

/** The pose at a beat: arrives early in the beat and holds, which is what makes it look like dancing. */
export const danceAt = (moves: readonly Pose[], beat: number): Pose => {
  const i = Math.floor(Math.max(0, beat));
  const snap = easeOut(Math.min(1, (Math.max(0, beat) - i) * 1.7));
  return blendPose(moves[(i + moves.length - 1) % moves.length]!, moves[i % moves.length]!, snap);
};

const limb = (x: number, y: number, [upper, lower]: Point, long: number): Point[] => {
  const rad = Math.PI / 180;
  const kx = x + Math.sin(upper * rad) * long;
  const ky = y + Math.cos(upper * rad) * long;
  return [
    [x, y],
    [kx, ky],
    [kx + Math.sin(lower * rad) * long, ky + Math.cos(lower * rad) * long],
  ];
};

/** Feet at about (0, 0) when standing. `dress` colours the head; `plain` leaves the face away (shadows). */
export function dancer(
  p: Pose,
  ink: string,
  dress: { head?: string; shoes?: string; mood?: number; open?: number; plain?: boolean } = {},
): string {
  const rad = Math.PI / 180;
  const hip: Point = [p.dx, -142 + p.dy];
  const neck: Point = [hip[0] + Math.sin(p.lean * rad) * 96, hip[1] - Math.cos(p.lean * rad) * 96];
  const legL = limb(hip[0] - 8, hip[1], p.legL, 71);
  const legR = limb(hip[0] + 8, hip[1], p.legR, 71);
  const shoe = (leg: Point[], side: number) =>
    ellipse(leg[2]![0] + side * 7, leg[2]![1] - 2, 19, 10, dress.shoes ?? ink);
  const headX = neck[0] + Math.sin(p.lean * 1.2 * rad) * 44;
  const headY = neck[1] - Math.cos(p.lean * 1.2 * rad) * 44;
  return (
    trail(limb(neck[0] - 4, neck[1] + 12, p.armL, 58), ink, 15) +
    trail(legL, ink, 18) +
    trail(legR, ink, 18) +
    shoe(legL, -1) +
    shoe(legR, 1) +
    trail([hip, neck], ink, 24) +
    trail(limb(neck[0] + 4, neck[1] + 12, p.armR, 58), ink, 15) +
    circle(headX, headY, 38, dress.head ?? ink) +
    (dress.plain
      ? ''
      : place(headX, headY - 2, face(50, dress.open ?? 1, dress.mood ?? 0.9, '#2a1a22'), { turn: p.lean }))
  );
}
