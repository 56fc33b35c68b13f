import { expect, test } from 'vitest';
import { backFrom, paths, placeAt } from './paths.ts';

test('every address that is written can be read again', () => {
  for (const [path, place] of [
    [paths.forYou(), { name: 'forYou' }],
    [paths.following(), { name: 'following' }],
    [paths.person('мария.k'), { name: 'person', handle: 'мария.k' }],
    [paths.video('saffron.and.smoke', 'v_A-1'), { name: 'video', handle: 'saffron.and.smoke', id: 'v_A-1' }],
    [paths.tag('zürich/100%'), { name: 'tag', tag: 'zürich/100%' }],
    [paths.sound('s-1'), { name: 'sound', id: 's-1' }],
    [paths.credits('v_A-1'), { name: 'credits', id: 'v_A-1' }],
    [paths.claim('tok'), { name: 'claim', token: 'tok' }],
    [paths.upload(), { name: 'upload' }],
    [paths.settings(), { name: 'settings' }],
    [paths.yourFeed(), { name: 'yourFeed' }],
    [paths.signIn(), { name: 'signIn' }],
    [paths.signUp(), { name: 'signUp' }],
    [paths.resetPassword(), { name: 'resetPassword' }],
    [paths.verifyEmail(), { name: 'verifyEmail' }],
    [paths.desk(), { name: 'desk' }],
    [paths.deskHealth(), { name: 'deskHealth' }],
    [paths.deskExperiments(), { name: 'deskExperiments' }],
    [paths.deskExperiment('calm'), { name: 'deskExperiment', key: 'calm' }],
    [paths.deskLook(), { name: 'deskLook' }],
    [paths.myVideos(), { name: 'myVideos' }],
    [paths.playlist('p_A-1'), { name: 'playlist', id: 'p_A-1' }],
    [paths.insights(), { name: 'insights' }],
    [paths.videoInsights('v_A-1'), { name: 'videoInsights', id: 'v_A-1' }],
  ] as const)
    expect(placeAt(path)).toEqual(place);
});

test('a slash at the end changes nothing, and nonsense is not found', () => {
  expect(placeAt('/@lena/')).toEqual({ name: 'person', handle: 'lena' });
  for (const path of ['/@', '/@a/video', '/@a/photo/1', '/tag', '/nothing', '/%E0%A4%A', '/tag/a/b'])
    expect(placeAt(path)).toEqual({ name: 'notFound' });
});

test('signing in leads back to where one was, and never to another site', () => {
  const back = (path: string) => backFrom(new URL(paths.signIn(path), 'http://kinora.test').search);
  expect(back('/@lena/video/1')).toBe('/@lena/video/1');
  for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', 'x'])
    expect(backFrom(`?back=${encodeURIComponent(evil)}`)).toBe('/');
});
