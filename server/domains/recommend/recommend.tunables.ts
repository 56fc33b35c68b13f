import type { Tunables as GraphTunables } from '../../../packages/content-graph/content-graph.ts';
import type { Tunables } from '../../platform/tunables.ts';

/** The numbers of the content graph that an operator may turn; the package holds the rest, each with its reason. */
const offered = {
  exploration: [0.08, 0, 0.5, 'share', '5–10 % of slots go to videos that are still to be found'],
  newcomerViews: [100, 1, 100_000, 'views', 'What a new video is given before it must hold its place'],
  newViewerViews: [11, 0, 100, 'views', 'Half way from spanning all topics to the taste of a new viewer'],
  tagShareEarly: [0.5, 0.05, 1, 'share', 'Most of one page that one topic may take while a taste is new'],
  tagShareLate: [0.7, 0.05, 1, 'share', 'The same after 200 views'],
  creatorShare: [0.2, 0.01, 1, 'share', 'Most of one page that one creator may take'],
  soundShare: [0.2, 0.01, 1, 'share', 'Most of one page that one sound may take'],
  thompson: [0.6, 0, 3, 'spread', 'How far a page may stray from the best guess; 0: never'],
  similarity: [
    0.35,
    0,
    5,
    'weight',
    'How strongly likeness to what is already on the page counts against a video',
  ],
  followedWeight: [0.25, 0, 10, 'weight', 'Following a creator is one weak sign among many'],
  foreignLanguage: [0.4, 0, 1, 'factor', 'For videos in a language the viewer has not named'],
  freshHalfLifeDays: [3, 0.1, 3650, 'days', 'How long being new helps'],
  popularHalfLifeDays: [7, 0.1, 3650, 'days', 'Popular means popular this week'],
  tasteHalfLifeDays: [45, 1, 3650, 'days', 'Tastes fade over weeks'],
  hideReward: [-2, -20, 0, 'views', 'Not interested outweighs two finished views'],
  dailyBudget: [600, 10, 100_000, 'views', 'Views a day of one viewer that count fully'],
} as const satisfies Partial<Record<keyof GraphTunables, readonly [number, number, number, string, string]>>;

type Offered = keyof typeof offered;
const names = Object.keys(offered) as Offered[];

export function declareGraphTunables(tunables: Tunables): () => Partial<GraphTunables> {
  const declared = tunables.declare(
    Object.fromEntries(
      names.map((name) => {
        const [standard, min, max, unit, reason] = offered[name];
        return [`recommend.${name}`, { standard, min, max, unit, reason }];
      }),
    ),
  );
  return () => Object.fromEntries(names.map((name) => [name, declared.get(`recommend.${name}`)]));
}

/** What an experiment turns, by the names that the graph knows. */
export function graphTunables(overrides: Record<string, number>): Partial<GraphTunables> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = overrides[`recommend.${name}`];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
