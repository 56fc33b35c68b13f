import { Refusal } from '../../../contract/errors.ts';
import { AccountId, SoundId } from '../../../contract/ids.ts';
import {
  type Belief,
  changeTaste,
  getTaste,
  type LeaningKind,
  lean,
  resetTaste,
} from '../../../contract/taste.ts';
import { type Caller, type Handled, handle } from '../../platform/http/handle.ts';
import { audibleSound } from './discovery.http.ts';
import type { FeedDeps } from './feed.ts';

const mostBeliefs = 40;

/** What viewers said and what was learned of them, with names for it; and the ways to change both. */
export function tasteHttp(deps: FeedDeps): Handled[] {
  const { recommend, signals, taste } = deps;
  return [
    handle(getTaste, async ({ caller }) => {
      const [wishes, learned] = await Promise.all([
        taste.wishes(caller.viewerId),
        recommend.tasteOf(caller.viewerId),
      ]);
      const beliefs = [
        ...strongest('topic', learned.tags),
        ...strongest('creator', learned.creators),
        ...strongest('sound', learned.sounds),
      ];
      const labelOf = await labels(deps, caller, [...wishes.leanings, ...beliefs]);
      return {
        settings: wishes.settings,
        leanings: wishes.leanings.map((one) => ({ ...one, label: labelOf(one) })),
        beliefs: beliefs.map((one) => ({ ...one, label: labelOf(one) })),
        learnedFrom: Math.round(learned.views * 10) / 10,
      };
    }),
    handle(changeTaste, ({ caller, body }) => taste.change(caller.viewerId, body)),
    handle(lean, async ({ caller, params, body }) => {
      const asked = { ...params, level: body.level };
      if (params.kind !== 'topic' && !AccountId.or(SoundId).safeParse(params.key).success)
        throw new Refusal('not_found');
      // A wish may be taken back after what it was about is gone; a new one is about something.
      if (body.level !== 0) await mustExist(deps, caller, asked);
      const kept = await taste.lean(caller.viewerId, asked);
      const labelOf = await labels(deps, caller, [kept]);
      return { ...kept, label: labelOf(kept) };
    }),
    handle(resetTaste, async ({ caller }) => {
      await signals.reset(caller.viewerId);
      return undefined;
    }),
  ];
}

async function mustExist(deps: FeedDeps, caller: Caller, { kind, key }: Named): Promise<void> {
  if (kind === 'sound') await audibleSound(deps, caller, key as SoundId);
  if (kind === 'creator' && !(await deps.accounts.people([key as AccountId])).has(key as AccountId))
    throw new Refusal('not_found');
}

type Named = { kind: LeaningKind; key: string };

function strongest(
  kind: LeaningKind,
  entries: readonly { key: string; weight: number }[],
): Omit<Belief, 'label'>[] {
  return [...entries]
    .map(({ key, weight }) => ({ kind, key, weight: Math.round(weight * 1000) / 1000 }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostBeliefs);
}

/** What people call it: sounds in one query, then people in one, since a sound without a title goes by its owner. */
async function labels(deps: FeedDeps, { accountId }: Caller, named: readonly Named[]) {
  const keysOf = (kind: LeaningKind) => [
    ...new Set(named.filter((one) => one.kind === kind).map((one) => one.key)),
  ];
  const cards = await deps.sounds.cards(keysOf('sound') as SoundId[]);
  const heard = [...cards.values()].filter(
    (card) => !card.original || card.uses > 0 || card.ownerId === accountId,
  );
  const untitled = heard.filter((card) => card.title === null).flatMap((card) => card.ownerId ?? []);
  const people = await deps.accounts.people([...(keysOf('creator') as AccountId[]), ...untitled]);
  const titles = new Map<string, string | null>(
    heard.map((card) => [card.id, card.title ?? (card.ownerId && people.get(card.ownerId)?.handle) ?? null]),
  );
  return ({ kind, key }: Named): string | null => {
    switch (kind) {
      case 'topic':
        return key;
      case 'creator':
        return people.get(key as AccountId)?.handle ?? null;
      case 'sound':
        return titles.get(key) ?? null;
    }
  };
}
