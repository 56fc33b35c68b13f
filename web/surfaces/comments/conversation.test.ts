import { expect, test } from 'vitest';
import type { Comment } from '../../../contract/comments.ts';
import { createConversation } from './conversation.ts';

const comment = (id: string, more: Partial<Comment> = {}) =>
  ({
    id,
    text: id,
    replyTo: null,
    replies: 0,
    createdAt: `2026-01-01T00:00:0${id.length}Z`,
    ...more,
  }) as Comment;
const page = (ids: string[], next: string | null = null, more: Partial<Comment> = {}) => ({
  ...{ comments: ids.map((id) => comment(id, more)), next, hidden: 1 },
  ...{ count: 9, canComment: true, whyNot: null },
});
const fails = async (): Promise<never> => {
  throw new Error('offline');
};

function opened(over: Partial<Parameters<typeof createConversation>[0]> = {}) {
  const counts: number[] = [];
  const talk = createConversation(
    {
      list: async ({ cursor }) => (cursor ? page(['b', 'c']) : page(['a', 'b'], 'next')),
      replies: async () => page(['r'], null, { replyTo: 'a' as Comment['id'] }),
      write: async ({ text, replyTo }) => ({
        comment: comment(text, { replyTo: replyTo as Comment['replyTo'] }),
        count: 10,
      }),
      remove: async () => ({ count: 8 }),
      ...over,
    },
    (count) => counts.push(count),
  );
  const ids = () => talk.state.get().comments.map((one) => one.id);
  return { talk, counts, ids };
}

test('pages follow each other, nothing twice, and what was muted is summed up', async () => {
  const { talk, ids, counts } = opened();
  await talk.open();
  await talk.more();
  expect(ids()).toEqual(['a', 'b', 'c']);
  expect(talk.state.get()).toMatchObject({ hidden: 2, next: null, phase: 'ready', canComment: true });
  expect(counts).toEqual([9, 9]);
});

test('a page that does not come leaves those that are there', async () => {
  const { talk, ids } = opened({ list: async ({ cursor }) => (cursor ? fails() : page(['a'], 'next')) });
  await talk.open();
  await talk.more();
  expect(ids()).toEqual(['a']);
  expect(talk.state.get()).toMatchObject({ phase: 'failed', next: 'next' });
});

test('what one wrote stands on top, an answer under its comment with the others', async () => {
  const { talk, ids, counts } = opened();
  await talk.open();
  await talk.write({ key: 'k', text: 'new', replyTo: null });
  expect(ids()).toEqual(['new', 'a', 'b']);
  await talk.write({ key: 'l', text: 'answer', replyTo: 'a' });
  const { answers, comments } = talk.state.get();
  expect(answers.a?.comments.map((one) => one.id)).toEqual(['r', 'answer']);
  expect(comments.find((one) => one.id === 'a')?.replies).toBe(1);
  expect(counts.at(-1)).toBe(10);
});

test('what could not be written or deleted changes nothing', async () => {
  const { talk, ids } = opened({ write: fails, remove: fails });
  await talk.open();
  await expect(talk.write({ key: 'k', text: 'new', replyTo: null })).rejects.toThrow();
  await expect(talk.remove(comment('a'))).rejects.toThrow();
  expect(ids()).toEqual(['a', 'b']);
});

test('a deleted comment goes, an answer from under its comment', async () => {
  const { talk, ids, counts } = opened();
  await talk.open();
  await talk.openAnswers('a');
  await talk.remove(comment('r', { replyTo: 'a' as Comment['id'] }));
  expect(talk.state.get().answers.a?.comments).toEqual([]);
  await talk.remove(comment('b'));
  expect(ids()).toEqual(['a']);
  expect(counts.at(-1)).toBe(8);
});
