/**
 * The comments of one video as they are being read: pages, the answers that were opened, what one wrote and deleted.
 * Knows the API's pages; knows nothing of screens. Nothing is shown as written or deleted before the server said so.
 */
import type { Comment, CommentPage, ReplyPage, WhyNot } from '../../../contract/comments.ts';
import { createStore } from '../../store.ts';

type Asked = { cursor?: string };
export type CommentsApi = {
  list(page: Asked): Promise<CommentPage>;
  replies(id: string, page: Asked): Promise<ReplyPage>;
  write(words: NewWords): Promise<{ comment: Comment; count: number }>;
  remove(id: string): Promise<{ count: number }>;
};
export type NewWords = { key: string; text: string; replyTo: string | null };

export type Thread = {
  comments: readonly Comment[];
  next: string | null;
  hidden: number;
  /** waiting: for the first page · more: for the next · failed: the last page asked for did not come. */
  phase: 'waiting' | 'more' | 'failed' | 'ready';
};
export type ConversationState = Thread & {
  count: number;
  canComment: boolean;
  whyNot: WhyNot | null;
  /** The answers to a comment, once somebody wanted to see them. */
  answers: Readonly<Record<string, Thread>>;
};
export type Conversation = ReturnType<typeof createConversation>;

const unread: Thread = { comments: [], next: null, hidden: 0, phase: 'waiting' };

/** What one wrote oneself may stand in a page that comes later. */
const joined = (before: readonly Comment[], more: readonly Comment[]): Comment[] => {
  const known = new Set(before.map((one) => one.id));
  return [...before, ...more.filter((one) => !known.has(one.id))];
};
const byTime = (a: Comment, b: Comment) =>
  a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1;

export function createConversation(api: CommentsApi, onCount: (count: number) => void) {
  const state = createStore<ConversationState>({
    ...{ ...unread, count: 0, canComment: false, whyNot: null, answers: {} },
  });
  const setAnswers = (id: string, change: (thread: Thread) => Thread) => {
    const { answers } = state.get();
    state.change({ answers: { ...answers, [id]: change(answers[id] ?? unread) } });
  };
  const setComment = (id: string, change: (comment: Comment) => Comment) =>
    state.change({ comments: state.get().comments.map((one) => (one.id === id ? change(one) : one)) });
  const counted = (count: number) => {
    state.change({ count });
    onCount(count);
  };

  async function read(cursor: string | null): Promise<void> {
    state.change({ phase: cursor === null ? 'waiting' : 'more' });
    try {
      const page = await api.list(cursor === null ? {} : { cursor });
      const before = cursor === null ? unread : state.get();
      state.change({
        comments: joined(before.comments, page.comments),
        next: page.next,
        hidden: before.hidden + page.hidden,
        phase: 'ready',
        canComment: page.canComment,
        whyNot: page.whyNot,
      });
      counted(page.count);
    } catch {
      state.change({ phase: 'failed' });
    }
  }

  async function readAnswers(id: string): Promise<void> {
    const { next: cursor } = state.get().answers[id] ?? unread;
    setAnswers(id, (thread) => ({ ...thread, phase: cursor === null ? 'waiting' : 'more' }));
    try {
      const page = await api.replies(id, cursor === null ? {} : { cursor });
      setAnswers(id, (thread) => ({
        comments: joined(thread.comments, page.comments).sort(byTime),
        next: page.next,
        hidden: thread.hidden + page.hidden,
        phase: 'ready',
      }));
    } catch {
      setAnswers(id, (thread) => ({ ...thread, phase: 'failed' }));
    }
  }

  return {
    state,
    /** From the beginning. */
    open: () => read(null),
    more: () => read(state.get().next),
    openAnswers: readAnswers,
    closeAnswers(id: string): void {
      const { [id]: _, ...answers } = state.get().answers;
      state.change({ answers });
    },
    /** Throws what the API throws; then nothing has changed here. */
    async write(words: NewWords): Promise<Comment> {
      const { comment, count } = await api.write(words);
      const { replyTo } = comment;
      if (replyTo === null) state.change({ comments: joined([comment], state.get().comments) });
      else {
        const isNew = !state.get().answers[replyTo]?.comments.some((one) => one.id === comment.id);
        if (isNew) setComment(replyTo, (one) => ({ ...one, replies: one.replies + 1 }));
        if (!state.get().answers[replyTo]) await readAnswers(replyTo);
        setAnswers(replyTo, (thread) => ({ ...thread, comments: joined(thread.comments, [comment]) }));
      }
      counted(count);
      return comment;
    },
    /** With the answers to it. Throws what the API throws. */
    async remove({ id, replyTo }: Comment): Promise<void> {
      const { count } = await api.remove(id);
      if (replyTo === null) state.change({ comments: state.get().comments.filter((one) => one.id !== id) });
      else {
        setComment(replyTo, (one) => ({ ...one, replies: Math.max(0, one.replies - 1) }));
        setAnswers(replyTo, (thread) => ({
          ...thread,
          comments: thread.comments.filter((one) => one.id !== id),
        }));
      }
      counted(count);
    },
  };
}
