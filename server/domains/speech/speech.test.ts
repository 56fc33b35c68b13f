import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HeardSpeech } from '../../../contract/speech.ts';
import type { Cue } from '../../../contract/videos.ts';
import { openSpeech, type Speech } from '../../platform/speech/speech.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { readyUpload } from '../../testing/published.ts';

const said: Cue[] = [{ startMs: 0, endMs: 1500, text: 'Put the lid on' }];
/** Somebody who listens: stands for the model, which lies outside. */
const listener = { heard: 0, fails: 0, on: true };
const speech: Speech = {
  state: () => (listener.on ? 'on' : 'no_model'),
  async transcribe(_path, _folder, { onProgress }) {
    listener.heard++;
    onProgress(0.5);
    if (listener.fails-- > 0) throw new Error('out of breath');
    return said;
  },
};
const house: OpenHouse = await openHouse({ speech });
afterAll(() => house.close());
beforeEach(() => Object.assign(listener, { heard: 0, fails: 0, on: true }));

const person = async () => {
  const somebody = await house.person();
  const upload = await readyUpload(house, somebody.me.id);
  return { somebody, path: `/api/uploads/${upload}/captions` };
};
const ask = (who: Browser, path: string) => who.raw('POST', path, null);
const look = async (who: Browser, path: string) => (await who.get(path)).json as HeardSpeech;

describe('suggested captions', () => {
  test('are heard once, however often they are asked for, and are their owner’s alone', async () => {
    const { somebody, path } = await person();
    expect(await look(somebody, path)).toEqual({ state: 'none', progress: 0, cues: null });
    for (let time = 0; time < 3; time++) expect((await ask(somebody, path)).status).toBe(202);
    expect((await look(somebody, path)).state).toBe('waiting');
    await house.settle();
    await ask(somebody, path);
    await house.settle();
    expect(await look(somebody, path)).toEqual({ state: 'done', progress: 1, cues: said });
    expect(listener.heard).toBe(1);
    const stranger = await house.person();
    expect((await stranger.get(path)).status).toBe(404);
    expect((await ask(stranger, path)).status).toBe(404);
    expect((await stranger.get(`${path}/events`)).status).toBe(404);
  });

  test('are followed as they come', async () => {
    const { somebody, path } = await person();
    await ask(somebody, path);
    await house.settle();
    const { text } = await somebody.get(`${path}/events`);
    expect(text).toContain('event: captions');
    expect(text).toContain('Put the lid on');
  });

  test('that failed twice say so; asked for again they are tried again', async () => {
    const { somebody, path } = await person();
    listener.fails = 2;
    await ask(somebody, path);
    await house.settle();
    // The second attempt waits a while, as every failed order does; the first may still be written down as failed.
    await vi.waitFor(async () => {
      const { rowCount } = await house.database.pool.query(
        `update graphile_worker._private_jobs set run_at = now() where locked_at is null and last_error is not null`,
      );
      expect(rowCount).toBe(1);
    });
    await house.settle();
    expect([(await look(somebody, path)).state, listener.heard]).toEqual(['failed', 2]);
    await ask(somebody, path);
    await house.settle();
    expect(await look(somebody, path)).toMatchObject({ state: 'done', cues: said });
  });

  test('of an upload that was discarded meanwhile harm nobody', async () => {
    const { somebody, path } = await person();
    await ask(somebody, path);
    await somebody.raw(
      'DELETE',
      path.replace('/api/uploads', '/api/me/uploads').replace('/captions', ''),
      null,
    );
    await house.settle();
    expect([(await somebody.get(path)).status, listener.heard]).toEqual([404, 0]);
  });

  test('are refused with the reason where nobody listens, and the instance says so beforehand', async () => {
    const { somebody, path } = await person();
    listener.on = false;
    const refused = await ask(somebody, path);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'speech_off' }]);
    expect((await somebody.get('/api/instance')).json).toMatchObject({ speech: 'no_model' });
  });
});

describe('the port', () => {
  const engine = { transcribe: vi.fn() };
  const call = { signal: new AbortController().signal, onProgress() {} };

  test('is on with a file, and says what is missing', async () => {
    const model = join(house.folder, 'model.bin');
    await writeFile(model, 'x');
    expect(openSpeech(null, engine).state()).toBe('no_model');
    expect(openSpeech(join(house.folder, 'nowhere.bin'), engine).state()).toBe('model_unreadable');
    expect(openSpeech(house.folder, engine).state()).toBe('model_unreadable');
    expect(openSpeech(model, engine, () => false).state()).toBe('no_vulkan_loader');
    expect(openSpeech(model, engine, () => true).state()).toBe('on');
  });

  test('reads what was heard, leaves out what is no speech, and takes silence for nothing said', async () => {
    const model = join(house.folder, 'model.bin');
    const path = join(house.folder, 'heard.srt');
    engine.transcribe.mockResolvedValue({ ok: true, path });
    const port = openSpeech(model, engine, () => true);
    await writeFile(
      path,
      '0\n00:00:00.000 --> 00:00:02.000\n مرحبا\n\n1\n00:00:02.000 --> 00:00:03.000\n [Music]\n\n',
    );
    expect(await port.transcribe('x', house.folder, call)).toEqual([
      { startMs: 0, endMs: 2000, text: 'مرحبا' },
    ]);
    await writeFile(path, '');
    expect(await port.transcribe('x', house.folder, call)).toEqual([]);
    engine.transcribe.mockResolvedValue({ ok: false, refusal: { code: 'engine_crashed', details: {} } });
    await expect(port.transcribe('x', house.folder, call)).rejects.toThrow('engine_crashed');
  });
});
