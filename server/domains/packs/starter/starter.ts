import type { Names, PackFacts } from '../../../../contract/packs.ts';
import { carnival, pride, songkran, winter } from './celebrations.ts';
import { diwali, eid, harvest, lunar } from './lights.ts';

/** What every server starts with: a handful of drawings for days that many people keep. */
export type StarterPack = PackFacts & {
  key: string;
  stickers: readonly { name: string; names: Names; svg: string }[];
};

export const starterPacks: readonly StarterPack[] = [
  songkran,
  lunar,
  carnival,
  eid,
  pride,
  harvest,
  diwali,
  winter,
];
