import { expect, test } from 'vitest';
import { followStream } from './sse.ts';

type State = { step: number };
const follow = (look: () => Promise<State | null>) => {
  const asked = Promise.withResolvers<() => void>();
  const { signal } = new AbortController();
  const stream = followStream<State>(signal, {
    event: 'state',
    look,
    isLast: ({ step }) => step === 9,
    subscribe(again) {
      asked.resolve(again);
      return () => {};
    },
  });
  return { text: stream.text(), note: async () => (await asked.promise)() };
};
const sent = (...steps: number[]) => steps.map((step) => `event: state\ndata: {"step":${step}}\n\n`).join('');

test('what is followed is sent when it has become another, and ends with its last state', async () => {
  const steps = [1, 1, 2, 9];
  const { text, note } = follow(async () => ({ step: steps.shift()! }));
  for (let notes = 0; notes < 3; notes++) await note();
  expect(await text).toBe(sent(1, 2, 9));
});

test('it ends with what it follows, and with a look that fails, which nobody is left to catch', async () => {
  const gone = [{ step: 1 }, null];
  const one = follow(async () => gone.shift() ?? null);
  await one.note();
  expect(await one.text).toBe(sent(1));

  let looks = 0;
  const other = follow(async () => {
    if (looks++ > 0) throw new Error('the database does not answer');
    return { step: 1 };
  });
  await other.note();
  expect(await other.text).toBe(sent(1));
});
