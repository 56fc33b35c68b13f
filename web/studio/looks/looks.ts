import { dawn } from './dawn.ts';
import { dusk } from './dusk.ts';
import { ember } from './ember.ts';
import { film } from './film.ts';
import { frost } from './frost.ts';
import { harbour } from './harbour.ts';
import { honey } from './honey.ts';
import { ink } from './ink.ts';
import { lamp } from './lamp.ts';
import type { Look } from './look.ts';
import { meadow } from './meadow.ts';
import { moss } from './moss.ts';
import { neon } from './neon.ts';
import { noon } from './noon.ts';
import { paper } from './paper.ts';
import { reel } from './reel.ts';
import { sepia } from './sepia.ts';
import { silver } from './silver.ts';
import { slate } from './slate.ts';
import { velvet } from './velvet.ts';

/** Every look, in the order of the gallery: warm and bright first, then cool, then strong, then without colour. */
export const looks: readonly Look[] = [
  lamp,
  noon,
  film,
  honey,
  paper,
  dawn,
  meadow,
  harbour,
  frost,
  moss,
  reel,
  ember,
  dusk,
  velvet,
  neon,
  silver,
  ink,
  slate,
  sepia,
];

const byName = new Map(looks.map((look) => [look.name, look]));
/** Null for a name that this version does not know: the picture is then shown as it is. */
export const lookOf = (name: string): Look | null => byName.get(name) ?? null;
