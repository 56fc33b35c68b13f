/** A user's taste in words, for a page that shows and lets them correct what is believed of them. */
import { believed } from './learn/taste.ts';
import { CREATOR, type FeatureKind, keyOf, LANGUAGE, SOUND, TAG } from './state/features.ts';
import type { GraphState } from './state/graph-state.ts';
import { offsetOf, sizeOf } from './state/lists.ts';
import { findUser } from './state/users.ts';
import type { Tunables } from './tunables.ts';
import type { Taste, TasteEntry } from './vocabulary.ts';

export function describeTaste(state: GraphState, userId: string, tunables: Tunables): Taste {
  const user = findUser(state.users, userId);
  return {
    tags: entries(state, user, TAG, tunables),
    creators: entries(state, user, CREATOR, tunables),
    sounds: entries(state, user, SOUND, tunables),
    languages: entries(state, user, LANGUAGE, tunables),
    views: user < 0 ? 0 : state.users.views[user]!,
  };
}

function entries(state: GraphState, user: number, kind: FeatureKind, tunables: Tunables): TasteEntry[] {
  if (user < 0) return [];
  const { taste } = state.users;
  const found: TasteEntry[] = [];
  for (let index = 0; index < sizeOf(taste, user); index++) {
    const at = offsetOf(taste, user) + index * 3;
    const feature = taste.words[at]!;
    const key = keyOf(state.features, feature);
    if (state.features.kind[feature] !== kind || key === '') continue;
    found.push({
      key,
      weight: believed(
        state,
        feature,
        { evidence: taste.floats[at + 1]!, sum: taste.floats[at + 2]! },
        tunables,
      ),
    });
  }
  return found.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}
