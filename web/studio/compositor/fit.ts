/** Where a picture goes in a frame. Pure. A place is x, y, width, height in shares of the frame, from its top left. */
export type Place = readonly [x: number, y: number, width: number, height: number];
type Size = { width: number; height: number };

/** Coders round sizes to even or to sixteen; a bar of two pixels would look like a fault. */
const nearlyEqual = 0.01;

/** The whole picture in the middle of the frame, on whole pixels, or over it all if the shapes are nearly the same. */
export function contain(picture: Size, frame: Size): Place {
  const [shape, framed] = [picture.width / picture.height, frame.width / frame.height];
  if (Math.abs(shape / framed - 1) < nearlyEqual) return cover(picture, frame);
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale].map((side) =>
    Math.max(1, Math.round(side)),
  ) as [number, number];
  const [x, y] = [Math.floor((frame.width - width) / 2), Math.floor((frame.height - height) / 2)];
  return [x / frame.width, y / frame.height, width / frame.width, height / frame.height];
}

/** The picture over the whole frame, its longer sides cut off evenly. */
export function cover(picture: Size, frame: Size): Place {
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height);
  const [width, height] = [(picture.width * scale) / frame.width, (picture.height * scale) / frame.height];
  return [(1 - width) / 2, (1 - height) / 2, width, height];
}

export const fills = ([x, y, width, height]: Place): boolean =>
  x <= 0 && y <= 0 && x + width >= 1 && y + height >= 1;

/** How many times a side is read for one pixel: the card's own reading spans two, so more is needed when it gets smaller. */
export function readings(picture: Size, frame: Size, place: Place): number {
  const smaller = Math.max(
    picture.width / (place[2] * frame.width),
    picture.height / (place[3] * frame.height),
  );
  return Math.min(4, Math.max(1, Math.ceil(smaller / 2 - 0.05)));
}
