import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewCredit } from '../../../contract/credits.ts';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { VideoId } from '../../../contract/ids.ts';
import type { Cue, NewVideo, VideoList } from '../../../contract/videos.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo } from '../../testing/published.ts';
import { everyPage } from './viewers.fixture.ts';

/** Muted words that stand nowhere in a video's own row: in other languages, and in the pictures it is made with. */
type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let anna: Person;
let ben: Person;
/** Follows both; each test has its own. */
let viewer: Person;
beforeAll(async () => {
  house = await openHouse();
  [anna, ben] = [await house.person('anna'), await house.person('ben')];
});
afterAll(() => house.close());

const said = (text: string): Cue[] => [{ startMs: 0, endMs: 1500, text }];
const made = (who: Person, words: Partial<NewVideo> & { sounding?: boolean } = {}) =>
  publishedVideo(house, who.me.id, { caption: 'a clip #mutedtest', ...words });
const credit = (kind: 'duet' | 'stitch', videoId: VideoId): NewCredit => ({ kind, videoId });
const track = async (who: Person, id: VideoId, language: string, text: string) =>
  expect((await who.put(`/api/videos/${id}/captions/${language}`, { cues: said(text) })).status).toBe(200);
const mute = async (...mutedWords: string[]) =>
  expect((await viewer.patch('/api/taste/settings', { mutedWords })).status).toBe(200);
const newViewer = async () => {
  viewer = await house.person('viewer');
  for (const who of [anna, ben]) await viewer.put(`/api/people/${who.me.handle}/follow`);
};
const shown = async () => new Set((await everyPage(viewer)).flat());
const videosAt = async (path: string) =>
  ((await viewer.get(path)).json as VideoList).videos.map((video) => video.id);

describe('a word said in another language', () => {
  test('is muted from the next page on, and is not any more when it is written anew or taken away', async () => {
    await newViewer();
    const id = await made(anna, { cues: said('the own captions') });
    await track(anna, id, 'de', 'Das Schlimmste');
    await mute('Schlimmste');
    expect(await shown()).not.toContain(id);
    // The row of the video stays as it is: only the track is another.
    await track(anna, id, 'de', 'Das Beste');
    expect(await shown()).toContain(id);
    await track(anna, id, 'fr', 'le schlimmste');
    expect(await shown()).not.toContain(id);
    await anna.delete(`/api/videos/${id}/captions/fr`);
    expect(await shown()).toContain(id);
  });

  test('is read in the last of twenty languages, and long captions in one leave room for the others', async () => {
    await newViewer();
    const id = await made(anna, { cues: said('own') });
    const long: Cue[] = Array.from({ length: 1900 }, (_, at) => ({
      startMs: at,
      endMs: at + 1,
      text: 'x'.repeat(100),
    }));
    expect((await anna.put(`/api/videos/${id}/captions/aa`, { cues: long })).status).toBe(200);
    for (let at = 0; at < 18; at++) await track(anna, id, `b${String.fromCharCode(97 + at)}`, `word${at}`);
    await mute('word17');
    expect(await shown()).not.toContain(id);
    const read = (await house.rooms.posts.posts([id])).get(id)!.textsInside;
    expect(read).toHaveLength(19);
    expect(read.join('').length).toBeLessThanOrEqual(60_000);
  });
});

describe('a word in somebody’s part of the picture', () => {
  test.each([
    ['drawn into it', { pictureTexts: ['A', 'the Quagmire', 'B'] }],
    ['said in it', { cues: said('mind the quagmire') }],
  ])('%s, is muted in what is made with it, however deep, and in nothing else', async (_, words) => {
    await newViewer();
    const origin = await made(anna, words);
    const duet = await made(ben, { credit: credit('duet', origin) });
    const stitch = await made(anna, { credit: credit('stitch', duet) });
    const other = await made(ben);
    await mute('quagmire', 'A the');
    const seen = await shown();
    for (const id of [origin, duet, stitch]) expect(seen).not.toContain(id);
    expect(seen).toContain(other);
    expect((await house.rooms.posts.posts([other])).get(other)!.textsInside).toEqual([]);
  });

  test('that is written later, or in another language, holds too; of a deleted one nothing is left to read', async () => {
    await newViewer();
    const origin = await made(anna);
    const duet = await made(ben, { credit: credit('duet', origin) });
    await mute('Sumpf');
    expect(await shown()).toContain(duet);
    await track(anna, origin, 'en', 'a swamp');
    await track(anna, origin, 'de', 'ein Sumpf');
    expect(await shown()).not.toContain(duet);
    await track(anna, origin, 'de', 'eine Wiese');
    expect(await shown()).toContain(duet);
    await track(anna, origin, 'de', 'Sumpf');
    expect(await shown()).not.toContain(duet);
    expect((await anna.delete(`/api/videos/${origin}`)).status).toBeLessThan(300);
    expect(await shown()).toContain(duet);
  });

  test('is muted on every page: For You without profiling, Following, more like this and more like a sound', async () => {
    await newViewer();
    const origin = await made(anna, { pictureTexts: ['MARSHLAND'] });
    const duet = await made(ben, { credit: credit('duet', origin) });
    const beside = await made(ben);
    const sounding = await made(ben, { sounding: true });
    const { soundId } = (await house.rooms.posts.posts([sounding])).get(sounding)!;
    const pages = {
      'For You': shown,
      'For You without profiling': async () => {
        await viewer.patch('/api/taste/settings', { profiling: false });
        return shown();
      },
      Following: async () => {
        const found: string[] = [];
        for (let cursor = ''; ; ) {
          const page = (await viewer.get(`/api/feeds/following?limit=20${cursor}`)).json as FeedPage;
          found.push(...page.items.map((item) => item.video.id));
          if (!page.next) return found;
          cursor = `&cursor=${encodeURIComponent(page.next)}`;
        }
      },
      'more like this': () => videosAt(`/api/videos/${origin}/related`),
      'more like a sound': () => videosAt(`/api/sounds/${soundId}/related`),
    };
    for (const [name, page] of Object.entries(pages)) {
      await mute();
      expect(await page(), name).toContain(duet);
      await mute('marshland');
      const seen = await page();
      expect(seen, name).not.toContain(duet);
      expect(seen, name).toContain(beside);
    }
  });
});
