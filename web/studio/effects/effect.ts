/** The shelves of the gallery, in its order. */
export const effectCategories = ['beat', 'change', 'face', 'light', 'lens'] as const;
export type EffectCategory = (typeof effectCategories)[number];

/**
 * Something that happens to the picture for a while: facts about it, and a piece of GLSL. The README of this folder
 * says what the shader may read, and what makes an effect a good one.
 */
export type Effect = {
  name: string;
  category: EffectCategory;
  /** The day it came, as 2026-11-22: for a week the gallery says that it is new. Null of those of the first day. */
  since: string | null;
  /** The moment of its two seconds that the gallery shows where nothing may move. */
  stillMs: number;
  /** It reads `soft(vec2)`, a blurred copy of the picture. */
  soft?: boolean;
  /** It makes the picture brighter or darker in one stroke: its beats are then kept so far apart that nobody is harmed. */
  flashes?: boolean;
  /** While it lasts, the picture of its first moment is shown. */
  holds?: boolean;
  /** It turns one thing into another: it knows a moment, and reads `other(vec2)`, the picture beyond it. */
  turns?: boolean;
  /** It follows the first face that is seen, and does nothing where there is none. */
  follows?: boolean;
  values: Record<string, number>;
  shader: string;
};
