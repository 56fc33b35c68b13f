import type { Effect } from './effect.ts';
import { glow } from './glow.ts';
import { grain } from './grain.ts';
import { mirror } from './mirror.ts';
import { pulse } from './pulse.ts';
import { shake } from './shake.ts';

/** Every effect, in the order of the gallery. */
export const effects: readonly Effect[] = [pulse, shake, glow, grain, mirror];

const byName = new Map(effects.map((effect) => [effect.name, effect]));
/** Null for a name that this version does not know: nothing happens then. */
export const effectOf = (name: string): Effect | null => byName.get(name) ?? null;
