/**
 * What parts of the graph bring where they can bring something (protocol 12). First whether people watch a video longer for
 * its creator or sound at all. Then day by day from 04-25 the graph puts each user's impressions in order before it learns
 * them: the order of pairs of one user and day, one watched long and one not, of which one or both are of a creator (or
 * sound) that the user had watched before in another video; and of all pairs. Differences are of the same pairs, with
 * intervals over users. A weight is chosen on one half of the users and reported on the other.
 * `node tools/evaluate/where.protocol.ts [folder] [one user in so many]` prints JSON.
 */
import { measureLift } from './met-lift.ts';
import type { ProtocolResult } from './protocol.ts';
import { type Brought, measureWhere, type Where } from './where.pairs.ts';

const CREATORS = [0, 0.25, 0.5, 1, 2].map((creatorWeight) => ({
  name: `weight of creators ${creatorWeight}`,
  tunables: { creatorWeight },
}));
const VARIANTS: Where[] = [
  { name: 'as it serves', tunables: {} },
  ...CREATORS,
  { name: 'weight of sounds 0.4', tunables: { soundWeight: 0.4 } },
  { name: 'without the ranker', tunables: { rankerWeight: 0 } },
];

export async function measureWhereParts(folder?: string, oneIn = 4): Promise<ProtocolResult> {
  const lifts = await measureLift(folder);
  const { where, choose } = await measureWhere(VARIANTS, folder, oneIn);
  const halves = choose(
    'creatorMet',
    CREATORS.map(({ name }) => name),
  );
  const onOtherHalf = (of: (half: (typeof halves)[number]) => string) =>
    rounded(halves.reduce((sum, half) => sum + half.reported[of(half)]! / halves.length, 0));
  return {
    protocol: '12 parts where they can bring something',
    data: 'KuaiRand-Pure: histories, and impressions from 04-25 to 05-08',
    setup: {
      oneUserIn: oneIn,
      chosenWeightOfCreators: halves.map(({ chosen }) => chosen),
      creatorMetOnTheOtherHalf: {
        chosen: onOtherHalf(({ chosen }) => chosen),
        ...Object.fromEntries(CREATORS.map(({ name }) => [name, onOtherHalf(() => name)])),
      },
      spread: 'half of the 95 % interval over users',
    },
    rows: [
      ...lifts.map(({ name, low, high, ...lift }) => ({
        name: `watched long: ${name}`,
        metrics: roundedAll(lift),
        spread: { lift: rounded((high - low) / 2) },
      })),
      ...where.map(({ name, where: slices, promises }) => {
        const shown = { ...slices, ...promises };
        const entries = Object.entries(shown) as [string, Brought][];
        const isFirst = name === VARIANTS[0]!.name;
        return {
          name,
          metrics: roundedAll(
            Object.fromEntries(
              entries.flatMap(([slice, { share, less, users }]) => [
                [slice, share],
                isFirst ? [`${slice}Users`, users] : [`${slice}Less`, less],
              ]),
            ),
          ),
          spread: isFirst
            ? {}
            : Object.fromEntries(
                entries.map(([slice, { low, high }]) => [`${slice}Less`, rounded((high - low) / 2)]),
              ),
        };
      }),
    ],
    differs: [
      'watched long: of impressions whose creator or sound the user had met in another video, the share watched long, what rates of video, user and tab and the taste for its tags would give, and the difference.',
      'creatorMet, soundMet, …: the share of pairs in the right order, a day of a user weighing as much as it has long watches. …Less: what the line lacks of the first one, below 0 what it has more.',
      'finish, skip: how well the chance was told, as the mean logarithm of what the graph gave to what happened (log loss, below 0): nearer to 0 is better.',
      'Another service chose the impressions. The weight of creators was chosen on half of the users, five times: chosenWeightOfCreators, and what it gives the other half beside fixed weights.',
    ],
  };
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
const roundedAll = (of: Record<string, number>) =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, rounded(value)]));

if (import.meta.main) {
  const [folder, oneIn = '4'] = process.argv.slice(2);
  console.log(JSON.stringify(await measureWhereParts(folder || undefined, Number(oneIn)), null, 2));
}
