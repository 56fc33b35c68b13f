import { arrow } from './arrow.ts';
import { bubble } from './bubble.ts';
import { clap } from './clap.ts';
import { cup } from './cup.ts';
import { eyes } from './eyes.ts';
import { heart } from './heart.ts';
import { lamp } from './lamp.ts';
import { pictureSticker } from './pictures.ts';
import { popcorn } from './popcorn.ts';
import { reel } from './reel.ts';
import { star } from './star.ts';
import type { Sticker } from './sticker.ts';

export type { Sticker } from './sticker.ts';

/** Every sticker, in the order of the gallery. */
export const stickers: readonly Sticker[] = [
  heart,
  clap,
  star,
  eyes,
  arrow,
  bubble,
  popcorn,
  reel,
  lamp,
  cup,
];

const byName = new Map(stickers.map((sticker) => [sticker.name, sticker]));
/** Null for one that is not known here: nothing is laid over the picture then. */
export const stickerOf = (name: string): Sticker | null => byName.get(name) ?? pictureSticker(name);
