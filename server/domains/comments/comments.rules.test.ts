import { describe, expect, test } from 'vitest';
import type { AccountId, CommentId } from '../../../contract/ids.ts';
import type { CommentsFrom, VideoStatus } from '../../../contract/videos.ts';
import { asksFollowing, cursorOf, mayDelete, placeOf, tidy, whyNot } from './comments.rules.ts';

const creator = 'creator1' as AccountId;
const fan = 'follower' as AccountId;
const video = (commentsFrom: CommentsFrom, status: VideoStatus = 'published') => ({
  ...{ authorId: creator, commentsFrom, status },
});

describe('who may comment', () => {
  test('everyone: whoever is signed in', () => {
    expect(whyNot(fan, video('everyone'), false)).toBeNull();
    expect(whyNot(null, video('everyone'), false)).toBe('not_signed_in');
  });
  test('people who follow the creator, and nobody else', () => {
    expect(whyNot(fan, video('followers'), true)).toBeNull();
    expect(whyNot(fan, video('followers'), false)).toBe('followers');
    expect(whyNot(null, video('followers'), false)).toBe('followers');
    expect(asksFollowing(fan, video('followers'))).toBe(true);
    for (const [who, from] of [
      [null, 'followers'],
      [creator, 'followers'],
      [fan, 'everyone'],
    ] as const)
      expect(asksFollowing(who, video(from))).toBe(false);
  });
  test('no one but the creator, who always may', () => {
    expect(whyNot(fan, video('nobody'), true)).toBe('nobody');
    expect(whyNot(null, video('nobody'), false)).toBe('nobody');
    for (const from of ['everyone', 'followers', 'nobody'] as const)
      expect(whyNot(creator, video(from), false)).toBeNull();
  });
  test('what is not out has no comments', () => {
    expect(whyNot(creator, video('everyone', 'scheduled'), false)).toBe('not_published');
  });
});

test('a comment is deleted by who wrote it, by the creator and by operators', () => {
  const may = (accountId: AccountId | null, role = 'member') => mayDelete({ accountId, role }, fan, creator);
  expect([may(fan), may(creator), may('operator1' as AccountId, 'operator')]).toEqual([true, true, true]);
  expect([may('stranger' as AccountId), may(null, 'guest')]).toEqual([false, false]);
});

describe('what a comment may be', () => {
  test('one to 500 characters, as people count them', () => {
    expect(tidy(`  ${'🎬'.repeat(500)} `)).toBe('🎬'.repeat(500));
    const refused = (text: string) => expect(() => tidy(text)).toThrow('A comment has 1 to 500 characters');
    refused('🎬'.repeat(501));
    refused('');
    refused(' \n\t ');
  });
  test('nothing that only looks like nothing', () => {
    for (const text of ['\u200b\u200d', '\u2060', '\u3164\u3164', '\ufe0f', '\u2800', '\u0301'])
      expect(() => tidy(text)).toThrow();
    expect(tidy('❤️')).toBe('❤️');
  });
  test('one line under the other, no empty ones', () => {
    expect(tidy('one\r\n\r\n \n\ntwo\nthree')).toBe('one\ntwo\nthree');
  });
});

test('a place in the list is found again, and nothing else is taken for one', () => {
  const place = { at: new Date(1_700_000_000_000), id: 'comment1' as CommentId };
  expect(placeOf(cursorOf(place))).toEqual(place);
  expect(placeOf(undefined)).toBeNull();
  for (const cursor of ['', 'nonsense', 'AAAA', Buffer.from('zzzzzzzzzz.comment1').toString('base64url')])
    expect(() => placeOf(cursor)).toThrow('cursor');
});
