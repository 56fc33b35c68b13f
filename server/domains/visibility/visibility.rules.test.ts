import { expect, test } from 'vitest';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import { Audience, VideoStatus } from '../../../contract/videos.ts';
import { dependsOnFollowing, type Judged, maySee } from './visibility.rules.ts';

const author = 'author01' as AccountId;
const follower = 'follower' as AccountId;
const stranger = 'stranger' as AccountId;
const follows = new Set([author]);
const none = new Set<AccountId>();
const post = (audience: Audience, status: VideoStatus = 'published'): Judged => ({
  id: 'video001' as VideoId,
  authorId: author,
  audience,
  status,
});

test('what is for everyone is seen by everyone, once it is published', () => {
  expect(maySee(null, post('everyone'), none)).toBe(true);
  expect(maySee(stranger, post('everyone'), none)).toBe(true);
  expect(maySee(null, post('everyone', 'processing'), none)).toBe(false);
  expect(maySee(follower, post('everyone', 'refused'), follows)).toBe(false);
});

test('followers-only is seen by followers', () => {
  expect(maySee(follower, post('followers'), follows)).toBe(true);
  expect(maySee(stranger, post('followers'), none)).toBe(false);
  expect(maySee(null, post('followers'), none)).toBe(false);
  expect(maySee(follower, post('followers', 'processing'), follows)).toBe(false);
});

test('a private video is seen by nobody else', () => {
  expect(maySee(follower, post('me'), follows)).toBe(false);
  expect(maySee(null, post('me'), none)).toBe(false);
});

test('authors see all of their own, in every state', () => {
  for (const audience of Audience.options)
    for (const status of VideoStatus.options) expect(maySee(author, post(audience, status), none)).toBe(true);
});

test('only followers-only videos of others ask who follows whom', () => {
  expect(dependsOnFollowing(stranger, post('followers'))).toBe(true);
  expect(dependsOnFollowing(author, post('followers'))).toBe(false);
  expect(dependsOnFollowing(null, post('followers'))).toBe(false);
  expect(dependsOnFollowing(stranger, post('everyone'))).toBe(false);
});
