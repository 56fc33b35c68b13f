import type { EditSticker } from '../../../contract/edit-list.ts';
import { contain } from '../compositor/fit.ts';
import type { Points } from './seeing.ts';

/** Where what was seen in a picture lies in the frame. Pure; places in shares of the frame, sizes in shares of its width. */
type Size = { width: number; height: number };
export type Marks = {
  /** The middles of the eyes: the one on the left of the picture first. */
  eyes: readonly [number, number, number, number];
  /** Its middle, half its width, and how far it stands open. */
  mouth: readonly [number, number, number, number];
  /** The middle between the temples, the width there, and how far it leans (radians). */
  head: readonly [number, number, number, number];
};
export type Pinned = { x: number; y: number; scale: number; turnDeg: number };

export function framed(points: Points, point: number, picture: Size, frame: Size): [number, number] {
  const [x, y, width, height] = contain(picture, frame);
  return [x + points[point * 2]! * width, y + points[point * 2 + 1]! * height];
}

/** Numbers of MediaPipe's mesh. */
const at = {
  eyes: [33, 133, 362, 263],
  mouth: [61, 291],
  lips: [13, 14],
  temples: [234, 454],
} as const;

export function marksOf(points: Points, picture: Size, frame: Size): Marks {
  const place = (point: number) => framed(points, point, picture, frame);
  const between = (one: number, other: number) => {
    const [a, b] = [place(one), place(other)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
  };
  const far = (one: number, other: number) => {
    const [a, b] = [place(one), place(other)];
    return Math.hypot(b[0] - a[0], ((b[1] - a[1]) * frame.height) / frame.width);
  };
  const [left, right] = [between(at.eyes[0], at.eyes[1]), between(at.eyes[2], at.eyes[3])];
  const lean = Math.atan2(((right[1] - left[1]) * frame.height) / frame.width, right[0] - left[0]);
  return {
    eyes: [...left, ...right],
    mouth: [...between(...at.mouth), far(...at.mouth) / 2, far(...at.lips)],
    head: [...between(...at.temples), far(...at.temples), lean],
  };
}

/** A face of this share of the frame's width leaves a sticker as large as it is written. */
const usual = 0.4;

/** Where a sticker is now; null when what it follows is not seen. */
export function pinnedAt(
  { pin, x, y }: EditSticker,
  nowMs: number,
  seen: { points: Points; picture: Size } | null,
  frame: Size,
): Pinned | null {
  if (!pin) return { x, y, scale: 1, turnDeg: 0 };
  if (pin.kind === 'track') {
    const place = trackedAt(pin.places, nowMs);
    return { x: place.x + x, y: place.y + y, scale: 1, turnDeg: 0 };
  }
  if (!seen) return null;
  const { head } = marksOf(seen.points, seen.picture, frame);
  const [pinX, pinY] = framed(seen.points, pin.point, seen.picture, frame);
  const [scale, lean] = [head[2] / usual, head[3]];
  // How far it stands away turns and grows with the head too: a hat stays on it.
  const shape = frame.height / frame.width;
  const [dx, dy] = [x * scale, y * scale * shape];
  return {
    x: pinX + dx * Math.cos(lean) - dy * Math.sin(lean),
    y: pinY + (dx * Math.sin(lean) + dy * Math.cos(lean)) / shape,
    scale,
    turnDeg: (lean * 180) / Math.PI,
  };
}

/** Between the places something was seen at; before the first and after the last it stays there. */
export function trackedAt(
  places: readonly { atMs: number; x: number; y: number }[],
  nowMs: number,
): { x: number; y: number } {
  const next = places.findIndex(({ atMs }) => atMs > nowMs);
  if (next === 0) return places[0]!;
  const before = places[(next < 0 ? places.length : next) - 1]!;
  const after = places[next < 0 ? places.length - 1 : next]!;
  const part = after === before ? 0 : (nowMs - before.atMs) / (after.atMs - before.atMs);
  return { x: before.x + (after.x - before.x) * part, y: before.y + (after.y - before.y) * part };
}
