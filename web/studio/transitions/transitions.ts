import { fade } from './fade.ts';
import { slide } from './slide.ts';
import type { Transition } from './transition.ts';
import { wipe } from './wipe.ts';
import { zoom } from './zoom.ts';

/** Every transition, in the order of the gallery. */
export const transitions: readonly Transition[] = [fade, slide, zoom, wipe];

const byName = new Map(transitions.map((transition) => [transition.name, transition]));
/** Null for a name that this version does not know: the clips then follow in a cut. */
export const transitionOf = (name: string): Transition | null => byName.get(name) ?? null;
