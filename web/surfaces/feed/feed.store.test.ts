import { expect, test } from 'vitest';
import type { FeedPage } from '../../../contract/feeds.ts';
import { ApiProblem } from '../../api.ts';
import { createFeed, type LoadPage } from './feed.store.ts';

function page(tokens: string[], next: string | null, exhausted = false): FeedPage {
  return {
    items: tokens.map((token) => ({
      token,
      reason: { code: 'fresh', value: null },
      video: { id: token, liked: false, media: {}, author: { handle: `by-${token}`, followed: false } },
    })),
    next,
    exhausted,
  } as unknown as FeedPage;
}

function serving(...answers: (FeedPage | ApiProblem)[]) {
  const asked: Parameters<LoadPage>[0][] = [];
  const load: LoadPage = async (query) => {
    asked.push(query);
    const answer = answers.shift();
    if (!answer || answer instanceof ApiProblem) throw answer ?? new Error('asked too often');
    return answer;
  };
  return { load, asked };
}
const tokens = (feed: ReturnType<typeof createFeed>) => feed.state.get().items.map((item) => item.token);

test('the page in the document is the first one, and the next is fetched when three remain', async () => {
  const { load, asked } = serving(page(['f', 'g'], null, true));
  const feed = createFeed(load, page(['a', 'b', 'c', 'd', 'e'], 'cursor-1'));
  feed.goTo(0);
  expect(asked).toEqual([]);
  feed.goTo(1);
  feed.goTo(2);
  await expect.poll(() => feed.state.get().end).toBe('exhausted');
  expect(asked).toEqual([{ cursor: 'cursor-1', again: undefined }]);
  expect(tokens(feed).join('')).toBe('abcdefg');
});

test('the same impression is never shown twice', async () => {
  const { load } = serving(page(['b', 'c'], null, true));
  const feed = createFeed(load, page(['a', 'b'], 'cursor-1'));
  await feed.more();
  expect(tokens(feed).join('')).toBe('abc');
});

test('without a line the feed keeps what it has and goes on when asked again', async () => {
  const { load } = serving(new ApiProblem('offline', 0), page(['c'], null, true));
  const feed = createFeed(load, page(['a', 'b'], 'cursor-1'));
  await feed.more();
  expect(feed.state.get()).toMatchObject({ end: 'offline', items: { length: 2 } });
  feed.retry();
  await expect.poll(() => tokens(feed).join('')).toBe('abc');
});

test('a server that forgot the cursor is asked for a new feed session', async () => {
  const { load, asked } = serving(new ApiProblem('cursor_invalid', 400), page(['c'], null, true));
  const feed = createFeed(load, page(['a'], 'cursor-1'));
  await feed.more();
  expect(asked.map(({ cursor }) => cursor)).toEqual(['cursor-1', undefined]);
  expect(tokens(feed).join('')).toBe('ac');
});

test('watching again asks for everything once more', async () => {
  const { load, asked } = serving(page(['a2'], 'more'));
  const feed = createFeed(load, page(['a'], null, true));
  await feed.restart(true);
  expect(asked).toEqual([{ cursor: undefined, again: true }]);
  expect(tokens(feed)).toEqual(['a2']);
});

test('an answer to a feed that was begun anew comes too late', async () => {
  let answerFirst: (page: FeedPage) => void = () => {};
  const answers = [
    new Promise<FeedPage>((resolve) => {
      answerFirst = resolve;
    }),
    Promise.resolve(page(['new'], null, true)),
  ];
  const feed = createFeed(() => answers.shift()!);
  const late = feed.more();
  await feed.restart();
  answerFirst(page(['old'], null, true));
  await late;
  expect(tokens(feed)).toEqual(['new']);
});

test('following an author changes all of their videos in the feed', () => {
  const feed = createFeed(serving().load, page(['a', 'b'], null, true));
  feed.changeAuthor('by-a', true);
  expect(feed.state.get().items.map(({ video }) => video.author.followed)).toEqual([true, false]);
});

test('news behind the end comes after what is shown, and nothing is shown twice', async () => {
  const { load, asked } = serving(page(['b', 'new'], null, true));
  const feed = createFeed(load, page(['a', 'b'], null, true));
  feed.goTo(1);
  await feed.extend();
  expect(asked).toEqual([{ cursor: undefined, again: undefined }]);
  expect(tokens(feed)).toEqual(['a', 'b', 'new']);
  expect(feed.state.get().index).toBe(1);
});

test('other wishes put a new feed session in the place of what was to come, and keep what was shown', async () => {
  const { load, asked } = serving(page(['b', 'n1', 'c'], 'cursor-2'), page(['n2'], null, true));
  const feed = createFeed(load, page(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'cursor-1'));
  feed.goTo(1);
  const renewed = feed.renew();
  // Nothing of the old continuation can be reached while the new one is on its way.
  expect(tokens(feed).join(' ')).toBe('a b');
  await renewed;
  expect(asked).toEqual([{ cursor: undefined, again: undefined }]);
  expect(tokens(feed).join(' ')).toBe('a b n1 c');
  expect(feed.state.get().index).toBe(1);
  await feed.more();
  expect(asked[1]).toEqual({ cursor: 'cursor-2', again: undefined });
});

test('when the new continuation does not come, the old one that was not wished for is not shown either', async () => {
  const { load } = serving(new ApiProblem('offline', 0), page(['n'], null, true));
  const feed = createFeed(load, page(['a', 'b', 'c'], 'cursor-1'));
  await feed.renew();
  expect(tokens(feed)).toEqual(['a']);
  expect(feed.state.get().end).toBe('offline');
  feed.retry();
  await expect.poll(() => tokens(feed).join(' ')).toBe('a n');
});

test('a video that is taken out makes room for the next, does not come again, and can be put back', async () => {
  const { load } = serving(page(['b', 'n'], null, true));
  const feed = createFeed(load, page(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'cursor-1'));
  feed.goTo(1);
  const putBack = feed.remove(feed.state.get().items[1]!);
  expect(feed.state.get().items[feed.state.get().index]!.token).toBe('c');
  await feed.renew();
  expect(tokens(feed).join(' ')).toBe('a c n');
  putBack();
  putBack();
  expect(tokens(feed).join(' ')).toBe('a b c n');
  expect(feed.state.get().index).toBe(1);
});

test('taking out one that was shown before moves nobody', () => {
  const feed = createFeed(serving().load, page(['a', 'b', 'c'], null, true));
  feed.goTo(2);
  feed.remove(feed.state.get().items[0]!);
  expect(feed.state.get()).toMatchObject({ index: 1, items: [{ token: 'b' }, { token: 'c' }] });
});

test('what is alike and still to come goes with the one that was taken out, and only that', async () => {
  // The first is asked for because few are left, and comes too late.
  const { load } = serving(page(['c3'], null), page(['b', 'c2'], null, true));
  const feed = createFeed(load, page(['a1', 'b', 'c1', 'c2', 'd', 'c3'], 'cursor-1'));
  feed.goTo(2);
  const putBack = feed.remove(feed.state.get().items[2]!, ({ id }) => id.startsWith('c') || id === 'a1');
  expect(tokens(feed).join(' ')).toBe('a1 b d');
  expect(feed.state.get().index).toBe(2);
  putBack();
  expect(tokens(feed).join(' ')).toBe('a1 b c1 d');
  // The others come again as soon as a page chosen under the newer wishes holds them.
  await feed.renew();
  expect(tokens(feed).join(' ')).toBe('a1 b c1 c2');
});

test('a feed that opens on nothing new opens on what was seen, once, and an empty community stays empty', async () => {
  const nothing = () => page([], null, true);
  const { load, asked } = serving(nothing(), page(['seen'], null, true), nothing(), nothing());
  const feed = createFeed(load, nothing(), { repeats: true });
  await feed.more();
  // The document said that nothing is new: what was seen is asked for at once, and is empty the first time.
  expect(asked).toEqual([{ cursor: undefined, again: true }]);
  expect(feed.state.get()).toMatchObject({ end: 'exhausted', items: [] });
  await feed.extend();
  expect(tokens(feed)).toEqual(['seen']);
  await feed.restart();
  expect(asked.slice(2)).toEqual([
    { cursor: undefined, again: undefined },
    { cursor: undefined, again: true },
  ]);
  expect(feed.state.get()).toMatchObject({ end: 'exhausted', items: [] });
});
