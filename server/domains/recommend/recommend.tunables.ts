import { type Tunables as GraphTunables, TUNABLES } from '../../../packages/content-graph/content-graph.ts';
import type { Tunables } from '../../platform/tunables.ts';

/** The numbers of the content graph that an operator may turn, in an operator's words; the package holds their values. */
const offered = {
  exploration: ['share', '5–10 % of slots go to videos that are still to be found'],
  newcomerViews: ['views', 'What a new video is given before it must hold its place'],
  newViewerViews: ['views', 'Half way from spanning all topics to the taste of a new viewer'],
  tagShareEarly: ['share', 'Most of one page that one topic may take while a taste is new'],
  tagShareLate: ['share', 'The same after 200 views'],
  creatorShare: ['share', 'Most of one page that one creator may take'],
  soundShare: ['share', 'Most of one page that one sound may take'],
  thompson: ['spread', 'How far a page may stray from the best guess; 0: never'],
  similarity: ['weight', 'How strongly likeness to what is already on the page counts against a video'],
  forecastWeight: ['weight', 'How much the fitted forecast counts; 0: it is not asked'],
  followedWeight: ['weight', 'Following a creator is one weak sign among many'],
  foreignLanguage: ['factor', 'For videos in a language the viewer has not named'],
  freshHalfLifeDays: ['days', 'How long being new helps'],
  popularHalfLifeDays: ['days', 'Popular means popular this week'],
  tasteHalfLifeDays: ['days', 'Tastes fade over weeks'],
  hideReward: ['views', 'Not interested outweighs two finished views'],
  dailyBudget: ['views', 'Views a day of one viewer that count fully'],
  openedShare: [
    'share',
    'Views by a link, a profile or Following count up to this share of those For You gave',
  ],
} as const satisfies Partial<Record<keyof GraphTunables, readonly [unit: string, reason: string]>>;

type Offered = keyof typeof offered;
const names = Object.keys(offered) as Offered[];

export function declareGraphTunables(tunables: Tunables): () => Partial<GraphTunables> {
  const declared = tunables.declare(
    Object.fromEntries(
      names.map((name) => {
        const [unit, reason] = offered[name];
        const { value: standard, min, max } = TUNABLES[name];
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

/** When a forecast is fitted anew. */
export function declareForecastTunables(tunables: Tunables): () => { minutes: number; events: number } {
  const declared = tunables.declare({
    'recommend.forecastMinutes': {
      standard: 30,
      min: 0,
      max: 10_080,
      unit: 'minutes',
      reason:
        'A fit keeps one core busy for a minute or more; what was watched since is folded in anyway; 0: never',
    },
    'recommend.forecastEvents': {
      standard: 500,
      min: 1,
      max: 10_000_000,
      unit: 'events',
      reason: 'Fewer new ones change nothing that could be seen',
    },
  });
  return () => ({
    minutes: declared.get('recommend.forecastMinutes'),
    events: declared.get('recommend.forecastEvents'),
  });
}
