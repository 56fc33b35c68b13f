import type { Effect } from './effect.ts';
import { eyes } from './eyes.ts';
import { flash } from './flash.ts';
import { freeze } from './freeze.ts';
import { glow } from './glow.ts';
import { grain } from './grain.ts';
import { grin } from './grin.ts';
import { hues } from './hues.ts';
import { mirror } from './mirror.ts';
import { paint } from './paint.ts';
import { parted } from './parted.ts';
import { pulse } from './pulse.ts';
import { punch } from './punch.ts';
import { shades } from './shades.ts';
import { shake } from './shake.ts';
import { smooth } from './smooth.ts';
import { transform } from './transform.ts';

/** Every effect, in the order of the gallery. */
export const effects: readonly Effect[] = [
  pulse,
  punch,
  flash,
  hues,
  parted,
  transform,
  freeze,
  shades,
  eyes,
  grin,
  paint,
  smooth,
  glow,
  grain,
  mirror,
  shake,
];

const byName = new Map(effects.map((effect) => [effect.name, effect]));
/** Null for a name that this version does not know: nothing happens then. */
export const effectOf = (name: string): Effect | null => byName.get(name) ?? null;
