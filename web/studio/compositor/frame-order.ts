import type { EditList, EditLook } from '../../../contract/edit-list.ts';
import type { Marks, Pinned } from '../seeing/marks.rules.ts';
import type { Keyed } from './keying.ts';

/** What a browser can hand to the graphics card. The caller keeps it: a VideoFrame stays open and is theirs to close. */
export type Picture = VideoFrame | ImageBitmap | HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas;
/** A picture with the pixels of its source, upright. */
export type Shown = {
  picture: Picture;
  width: number;
  height: number;
  /** Whoever stands in it is kept, and what is behind them is not. */
  keyed?: Keyed;
};

export type FrameOrder = {
  list: EditList;
  atMs: number;
  /** The picture of the clip at `atMs`; null draws black. */
  main: Shown | null;
  /** During a transition: the clip that goes. Without it there is a cut. */
  before: Shown | null;
  /** 0 … 1, how far the transition is; 1 shows only `main`. */
  blend: number;
  /** The look of the clip, or else of the list. */
  mainLook: EditLook | null;
  beforeLook: EditLook | null;
  transition: string | null;
  /** Beyond the cut of an effect that turns one clip into another, while both are seen. */
  other?: Shown | null;
  otherLook?: EditLook | null;
  /** The face in `main`, for effects that follow one. */
  face?: Marks | null;
  /** Where stickers are that follow something, by their ids; null for those that are not seen. */
  pins?: ReadonlyMap<string, Pinned | null>;
  /** The pictures of the other cells, in the order of the layout's `others`; null leaves a cell dark. */
  others?: readonly (Shown | null)[];
};
