import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captionLimits } from '../../../contract/captions.ts';
import { readCueFile } from '../../../contract/cue-files.ts';
import type { VideoId } from '../../../contract/ids.ts';
import type { Cue, Video } from '../../../contract/videos.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo } from '../../testing/published.ts';

let house: OpenHouse;
let author: Browser & { me: { id: string } };
let stranger: Browser;
beforeAll(async () => {
  house = await openHouse();
  author = (await house.person('author')) as typeof author;
  stranger = await house.person('stranger');
});
afterAll(() => house.close());

const said = (text: string): Cue[] => [{ startMs: 0, endMs: 1500, text }];
const json = { 'content-type': 'application/json' };
const video = (words: object = {}) => publishedVideo(house, author.me.id as never, words);
const put = (id: VideoId, language: string, cues: Cue[], who: Browser = author) =>
  who.raw('PUT', `/api/videos/${id}/captions/${language}`, JSON.stringify({ cues }), json);
const remove = (id: VideoId, language: string) =>
  author.raw('DELETE', `/api/videos/${id}/captions/${language}`, null);
const seen = async (id: VideoId, who: Browser = stranger) =>
  (await who.get(`/api/videos/${id}`)).json as Video;

describe('tracks', () => {
  test('the first is the video’s own, another language lies beside it, and everybody may read each', async () => {
    const id = await video();
    expect((await seen(id)).captionLanguages).toEqual([]);
    expect((await put(id, 'ar', said('مرحبا'))).status).toBe(200);
    expect((await put(id, 'pt-BR', said('Olá'))).status).toBe(200);
    expect(await seen(id)).toMatchObject({ cues: said('مرحبا'), captionLanguages: ['ar', 'pt-BR'] });
    expect((await stranger.get(`/api/videos/${id}/captions/pt-BR`)).json).toEqual({
      language: 'pt-BR',
      cues: said('Olá'),
    });
    expect((await stranger.get(`/api/videos/${id}/captions/de`)).status).toBe(404);
  });

  test('one that is replaced is replaced; sent twice it is there once; the own one keeps its earlier wordings', async () => {
    const id = await video();
    await put(id, 'en', said('Hello'));
    await put(id, 'en', said('Hello there'));
    await put(id, 'en', said('Hello there'));
    await put(id, 'de', said('Hallo'));
    await put(id, 'de', said('Hallo'));
    expect(await seen(id)).toMatchObject({ cues: said('Hello there'), captionLanguages: ['en', 'de'] });
    const { edits } = (await author.get(`/api/videos/${id}/history`)).json as { edits: { before: object }[] };
    expect(edits.map(({ before }) => before)).toEqual([{ cues: said('Hello') }, { cues: null }]);
  });

  test('when the own one goes the next takes its place, and the last one leaves none', async () => {
    const id = await video();
    for (const language of ['en', 'de', 'th']) await put(id, language, said(language));
    expect((await remove(id, 'en')).status).toBe(200);
    expect((await remove(id, 'en')).status).toBe(200);
    expect(await seen(id)).toMatchObject({ cues: said('de'), captionLanguages: ['de', 'th'] });
    await author.raw('PATCH', `/api/videos/${id}`, JSON.stringify({ cues: null }), json);
    expect(await seen(id)).toMatchObject({ cues: said('th'), captionLanguages: ['th'] });
    await remove(id, 'th');
    expect(await seen(id)).toMatchObject({ cues: null, captionLanguages: [] });
  });

  test('captions that came with the video are in the language that they are written in', async () => {
    const id = await video({
      caption: '#x',
      cues: said('Wir warten vierzehn Minuten und schauen dann nach, ob der Teig aufgegangen ist'),
    });
    expect((await seen(id)).captionLanguages).toEqual(['de']);
  });

  test('nobody else changes them, and what is no caption is refused', async () => {
    const id = await video();
    expect((await put(id, 'en', said('mine'), stranger)).status).toBe(404);
    expect((await put(id, 'english', said('x'))).status).toBe(400);
    expect((await put(id, 'en', [])).status).toBe(400);
    expect((await put(id, 'en', [{ startMs: 900, endMs: 100, text: 'x' }])).status).toBe(400);
    expect((await put(id, 'en', said('   '))).status).toBe(400);
    expect((await seen(id)).cues).toBeNull();
  });

  test('there are so many languages and no more', async () => {
    const id = await video();
    const codes = [...'abcdefghijklmnopqrstu'].map((letter) => `a${letter}`);
    for (const code of codes.slice(0, captionLimits.languages)) await put(id, code, said(code));
    const over = await put(id, codes[captionLimits.languages]!, said('over'));
    expect([over.status, ((await over.json()) as { code: string }).code]).toEqual([422, 'captions_too_many']);
    expect((await put(id, codes[5]!, said('again'))).status).toBe(200);
  });
});

describe('the file', () => {
  test('is WebVTT that reads back the same, for who may see the video', async () => {
    const id = await video({ cues: said('<b>1 & 2</b> --> عربي') });
    await put(id, 'th', said('สวัสดี'));
    const reply = await stranger.get(`/api/videos/${id}/captions.vtt?language=th`);
    expect(reply.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(reply.text).toContain('สวัสดี');
    const own = await stranger.get(`/api/videos/${id}/captions.vtt`);
    const read = readCueFile(new TextEncoder().encode(own.text));
    expect(read.ok && read.file.cues).toEqual(said('<b>1 & 2</b> --> عربي'));
    const embed = (await stranger.get(`/embed/${id}`)).text;
    expect(embed).toContain(
      `<track kind="captions" src="/api/videos/${id}/captions.vtt?language=th" srclang="th"`,
    );
    expect(embed).toContain('label="ไทย"');
  });

  test('of a private video is not there for others, and of a deleted one for nobody', async () => {
    const id = await video({ audience: 'me', cues: said('secret') });
    await put(id, 'de', said('geheim'));
    for (const path of ['captions.vtt', 'captions.vtt?language=de', 'captions/de']) {
      expect((await stranger.get(`/api/videos/${id}/${path}`)).status).toBe(404);
      expect((await author.get(`/api/videos/${id}/${path}`)).status).toBe(200);
    }
    await author.raw('DELETE', `/api/videos/${id}`, null);
    expect((await author.get(`/api/videos/${id}/captions.vtt`)).status).toBe(404);
    const { rows } = await house.rooms.database.pool.query(
      'select 1 from video_captions where video_id = $1',
      [id],
    );
    expect(rows).toEqual([]);
  });
});
