/** The programme of the demo community: who publishes what. Pure data and functions, no file, no database.
 * `clips` begins with one short clip of every topic (the ones to render first) and goes on round by round, so that
 * neighbours never share a topic. */
import { animalsClips } from './clips/animals.ts';
import { balconyClips } from './clips/balcony.ts';
import { chessClips } from './clips/chess.ts';
import type { Clip } from './clips/clip.ts';
import { clockworkClips } from './clips/clockwork.ts';
import { illusionsClips } from './clips/illusions.ts';
import { movesClips } from './clips/moves.ts';
import { nightskyClips } from './clips/nightsky.ts';
import { onepanClips } from './clips/onepan.ts';
import { paperClips } from './clips/paper.ts';
import { rainClips } from './clips/rain.ts';
import { seaClips } from './clips/sea.ts';
import { trainsClips } from './clips/trains.ts';

export type { Clip } from './clips/clip.ts';
export { creators } from './creators.ts';

const PROGRAMME = [
  onepanClips,
  animalsClips,
  trainsClips,
  paperClips,
  nightskyClips,
  movesClips,
  balconyClips,
  illusionsClips,
  seaClips,
  clockworkClips,
  rainClips,
  chessClips,
];

export const clips: readonly Clip[] = [0, 1, 2, 3, 4].flatMap((round) =>
  PROGRAMME.map((topic) => topic[round]!),
);

/** One of each topic, 5 to 5.5 s: what a newcomer can watch first. */
export const openingClips: readonly Clip[] = clips.slice(0, PROGRAMME.length);
