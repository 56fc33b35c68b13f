import { expect, test } from 'vitest';
import { createWishes } from './wishes.ts';

/** A server whose answers wait until they are given. */
function slowServer() {
  const asked: number[] = [];
  const answers: { yes: () => void; no: () => void }[] = [];
  const send = (value: number) => {
    asked.push(value);
    return new Promise<number>((yes, no) =>
      answers.push({ yes: () => yes(value), no: () => no(new Error('refused')) }),
    );
  };
  return { asked, answers, send };
}

test('while one wish is under way the last of the others follows, and those between are left out', async () => {
  const wish = createWishes();
  const { asked, answers, send } = slowServer();
  const shown: number[] = [];
  const want = (wanted: number) =>
    wish('a', { was: 0, wanted, send, show: (value) => void shown.push(value) });
  const all = Promise.all([want(1), want(2), want(3)]);
  answers[0]!.yes();
  await expect.poll(() => asked).toEqual([1, 3]);
  answers[1]!.yes();
  await all;
  expect(shown).toEqual([1, 2, 3, 3]);
});

test('a refusal shows what the server agreed to last', async () => {
  const wish = createWishes();
  const { asked, answers, send } = slowServer();
  const shown: number[] = [];
  const want = (wanted: number) =>
    wish('a', { was: 0, wanted, send, show: (value) => void shown.push(value) });
  const all = Promise.allSettled([want(1), want(2)]);
  answers[0]!.yes();
  await expect.poll(() => asked).toEqual([1, 2]);
  answers[1]!.no();
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(shown).toEqual([1, 2, 1]);
  // The next wish begins anew.
  const next = want(5);
  answers[2]!.yes();
  await next;
  expect(shown.at(-1)).toBe(5);
});

test('a wish taken back before it was sent sends nothing more', async () => {
  const wish = createWishes();
  const { asked, answers, send } = slowServer();
  const want = (wanted: number) => wish('a', { was: 0, wanted, send, show: () => {} });
  const all = Promise.all([want(1), want(1), want(1)]);
  answers[0]!.yes();
  await all;
  expect(asked).toEqual([1]);
});

test('what the server made of a wish is what is shown in the end', async () => {
  const wish = createWishes();
  const shown: string[][] = [];
  const wanted = ['#Diet'];
  await wish<string[]>('a', {
    was: [],
    wanted,
    send: async (value) => value.map((one) => one.toLowerCase().replace('#', '')),
    show: (value) => void shown.push(value),
  });
  expect(shown).toEqual([['#Diet'], ['diet']]);
});
