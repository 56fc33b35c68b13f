/** The facts of one demo clip: everything the platform needs to publish it and the renderer needs to make it. */
import type { Topic as PublishedTopic } from '../../../../contract/topics.ts';
import type { MoodName } from '../../../../packages/music/moods.ts';
import type { Handle } from '../creators.ts';
import type { Story } from '../drawing/story.ts';

export type Topic =
  | 'onepan'
  | 'trains'
  | 'balcony'
  | 'animals'
  | 'nightsky'
  | 'paper'
  | 'rain'
  | 'moves'
  | 'illusions'
  | 'sea'
  | 'chess'
  | 'clockwork';

/** What each says it is about when it is published, in the words that every creator has. */
export const publishedTopics: Record<Topic, PublishedTopic[]> = {
  onepan: ['food'],
  trains: ['travel'],
  balcony: ['garden'],
  animals: ['animals'],
  nightsky: ['science'],
  paper: ['crafts'],
  rain: ['weather'],
  moves: ['dance'],
  illusions: ['art'],
  sea: ['nature'],
  chess: ['games'],
  clockwork: ['technology'],
};

export type Cue = { startMs: number; endMs: number; text: string };

export type Clip = {
  id: string;
  topic: Topic;
  creator: Handle;
  /** With its #hashtags, as a creator would type it. */
  caption: string;
  language: string;
  /** The hashtags of the caption without '#', in order. */
  tags: string[];
  durationMs: number;
  soundTitle: string;
  mood: MoodName;
  seed: number;
  story: Story;
  /** Pictures a second, in the drawing and in the file. */
  drawnPerSecond: 12 | 15 | 30;
  /** The first of its topic: made before anything else while somebody waits, so time counts more than bytes. */
  opening: boolean;
  /** The clip's best moment, for the poster. */
  posterMs: number;
  /** A caption track, where the clip has words worth reading. */
  cues?: Cue[];
};

export type ClipInput = Omit<
  Clip,
  'topic' | 'tags' | 'durationMs' | 'mood' | 'seed' | 'posterMs' | 'cues' | 'drawnPerSecond' | 'opening'
> & {
  seconds: number;
  /** Where in the clip the poster is, 0..1. */
  poster: number;
  /** 30 pictures a second instead of 15. */
  smooth?: boolean;
  /** [from, to, text], from and to as shares of the clip. */
  lines?: readonly (readonly [number, number, string])[];
};

export const pictureCount = (clip: Pick<Clip, 'durationMs' | 'drawnPerSecond'>) =>
  Math.round((clip.durationMs / 1000) * clip.drawnPerSecond);

const hashtags = (caption: string) => [...caption.matchAll(/#([\p{L}\p{N}_]+)/gu)].map((found) => found[1]!);

/** FNV-1a over the id: a seed that stays when clips are added or moved. */
const seedOf = (id: string) =>
  [...id].reduce((hash, sign) => Math.imul(hash ^ sign.codePointAt(0)!, 16777619) >>> 0, 2166136261);

export const clipsOf = (topic: Topic, mood: MoodName, inputs: readonly ClipInput[]): Clip[] =>
  inputs.map(({ seconds, poster, smooth, lines, ...rest }, index) => ({
    ...rest,
    opening: index === 0,
    topic,
    mood,
    tags: hashtags(rest.caption),
    durationMs: seconds * 1000,
    seed: seedOf(rest.id),
    // On twos, as drawn films are: somebody waits for the opening ones.
    drawnPerSecond: smooth ? 30 : index === 0 ? 12 : 15,
    posterMs: Math.round(seconds * 1000 * poster),
    ...(lines && {
      cues: lines.map(([from, to, text]) => ({
        startMs: Math.round(from * seconds * 1000),
        endMs: Math.round(to * seconds * 1000),
        text,
      })),
    }),
  }));
