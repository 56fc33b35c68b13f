import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId } from '../../../contract/ids.ts';
import { openAccounts } from './accounts.fixture.ts';

let room: Awaited<ReturnType<typeof openAccounts>>;
beforeAll(async () => {
  room = await openAccounts();
});
afterAll(() => room.close());

let members = 0;
async function newMember(more: Record<string, unknown> = {}) {
  const device = room.newDevice();
  members++;
  await device.signUp(`member${members}@example.test`, { name: `Member ${members}`, ...more });
  return device;
}

describe('a handle', () => {
  test('that is a Cyrillic look-alike of another is taken', async () => {
    const [first, second] = [await newMember({ handle: 'scopes' }), await newMember()];
    const answer = await second.send('PATCH', '/api/me', { handle: 'ѕсореѕ' });
    expect(answer).toMatchObject({ status: 409, json: { code: 'handle_taken' } });
    const check = async (handle: string) =>
      (await second.get(`/api/handles/${encodeURIComponent(handle)}`)).json;
    expect(await check('ѕсореѕ')).toMatchObject({ free: false, code: 'handle_taken' });
    expect(await check('SCOPES')).toMatchObject({ handle: 'scopes', free: false });
    expect(await check('аdmin')).toMatchObject({ free: false, code: 'handle_invalid' });
    expect(await check('admin')).toMatchObject({ free: false, code: 'handle_taken' });
    expect(await check('telescopes')).toEqual({ handle: 'telescopes', free: true, code: null });
    expect((await first.get('/api/handles/scopes')).json.free).toBe(true);
  });

  test('finds its person in any case, and nobody by a look-alike', async () => {
    await newMember({ handle: 'findable' });
    expect(await room.accounts.personByHandle('FindAble')).toMatchObject({ handle: 'findable', bio: '' });
    expect(await room.accounts.personByHandle('findаble')).toBeNull();
    const ids = await room.accounts.accountIdsByHandle(['FINDABLE', 'nobody.here', 'findable']);
    expect([...ids.keys()]).toEqual(['FINDABLE', 'findable']);
  });

  test('two people want at the same moment goes to one of them', async () => {
    const devices = await Promise.all([newMember(), newMember(), newMember()]);
    const answers = await Promise.all(
      devices.map((device) => device.send('PATCH', '/api/me', { handle: 'wanted.by.all' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});

describe('a profile', () => {
  test('changes only what is given, and the same change again changes nothing', async () => {
    const device = await newMember({ handle: 'changes' });
    const change = { displayName: '  New\u202e Name ', bio: 'two\n\n\n\nlines', language: 'pt-BR' };
    const once = await device.send('PATCH', '/api/me', change);
    expect(once.json).toMatchObject({
      displayName: 'New Name',
      bio: 'two\n\nlines',
      language: 'pt-BR',
      handle: 'changes',
    });
    expect((await device.send('PATCH', '/api/me', change)).json).toEqual(once.json);
    expect((await device.send('PATCH', '/api/me', { role: 'operator' })).status).toBe(400);
    expect((await device.send('PATCH', '/api/me', { displayName: '\u200b' })).status).toBe(400);
    expect((await room.newDevice().send('PATCH', '/api/me', change)).status).toBe(401);
  });

  test('takes a date of birth once', async () => {
    const device = await newMember();
    const put = (birthDate: string) => device.send('PUT', '/api/me/birth-date', { birthDate });
    expect(await put('2020-01-01')).toMatchObject({ status: 422, json: { code: 'birth_date_invalid' } });
    expect((await put('1990-05-17')).json.birthDateSet).toBe(true);
    expect((await put('1990-05-17')).status).toBe(200);
    expect(await put('1991-05-17')).toMatchObject({ status: 409, json: { code: 'birth_date_already_set' } });
  });

  test('people are found by id in one go, unknown ids are left out', async () => {
    const device = await newMember();
    const { id, handle } = (await device.session()).me;
    const people = await room.accounts.people([id, id, 'nobodynobody' as AccountId]);
    expect([...people]).toEqual([
      [id, { id, handle, displayName: expect.any(String), avatarUrl: null, demo: false }],
    ]);
  });
});

describe('a picture', () => {
  const photo = () =>
    sharp({ create: { width: 900, height: 600, channels: 3, background: '#FFB224' } })
      .withExif({ IFD0: { Copyright: 'a secret place' } })
      .jpeg()
      .toBuffer();
  const serve = async (url: string, method = 'GET') => {
    const [, id = '', version = ''] = /^\/avatars\/(\w+)-(\w+)\.webp$/.exec(url) ?? [];
    return room.accounts.avatar(new Request(`http://localhost${url}`, { method }), id, version);
  };

  test('becomes a square without metadata, and its old address ends with the next one', async () => {
    const device = await newMember();
    const first = (await device.send('PUT', '/api/me/avatar', new Uint8Array(await photo()))).json.avatarUrl;
    const answer = await serve(first);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const bytes = Buffer.from(await answer.arrayBuffer());
    const facts = await sharp(bytes).metadata();
    expect(facts).toMatchObject({ format: 'webp', width: 256, height: 256 });
    expect(facts.exif).toBeUndefined();
    expect(bytes.includes('secret')).toBe(false);
    const second = (await device.send('PUT', '/api/me/avatar', new Uint8Array(await photo()))).json.avatarUrl;
    await room.jobs.drain();
    await expect(serve(first)).rejects.toThrow(expect.objectContaining({ code: 'not_found' }));
    expect((await serve(second, 'HEAD')).status).toBe(200);
    expect((await device.send('DELETE', '/api/me/avatar')).json.avatarUrl).toBeNull();
    await room.jobs.drain();
    await expect(serve(second)).rejects.toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test.each([
    ['nothing', () => new Uint8Array()],
    ['text', () => Buffer.from('not a picture')],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['half a JPEG', async () => (await photo()).subarray(0, 800)],
    [
      'a PNG of 60 million pixels',
      () =>
        sharp({ create: { width: 10_000, height: 6_000, channels: 3, background: '#000' } })
          .png()
          .toBuffer(),
    ],
  ])('of %s is refused', async (_, make) => {
    const device = await newMember();
    const answer = await device.send('PUT', '/api/me/avatar', new Uint8Array(await make()));
    expect(answer).toMatchObject({ status: 422, json: { code: 'picture_invalid' } });
  });

  test('over 8 MB is too large', async () => {
    const device = await newMember();
    const answer = await device.send('PUT', '/api/me/avatar', new Uint8Array(8_000_001));
    expect(answer).toMatchObject({ status: 413, json: { code: 'too_large' } });
  });

  test.each(['../../secret', 'a/b', '..'])('at the address %s is none', async (id) => {
    const request = new Request('http://localhost/avatars/x');
    await expect(room.accounts.avatar(request, id, 'aaaaaaaaaa')).rejects.toThrow();
  });
});

describe('the operator link', () => {
  test('is the same after a restart, works once, and is gone then', async () => {
    const file = join(room.home.folder, 'operator-claim');
    const token = await room.accounts.operatorClaim();
    expect(await room.open().operatorClaim()).toBe(token);
    expect((await readFile(file, 'utf8')).trim()).toBe(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const stored = await room.database.pool.query('select token_hash from operator_claims');
    expect(stored.rows[0].token_hash).not.toContain(token);

    const devices = await Promise.all([newMember(), newMember(), newMember()]);
    const claim = (device: (typeof devices)[0], text: unknown) =>
      device.post('/api/operator/claim', { token: text });
    expect(await claim(devices[0]!, `${token}x`)).toMatchObject({
      status: 403,
      json: { code: 'claim_invalid' },
    });
    expect((await claim(room.newDevice(), token)).status).toBe(401);
    const answers = await Promise.all(devices.map((device) => claim(device, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);

    const winner = devices[answers.findIndex(({ status }) => status === 200)]!;
    expect((await winner.session()).me.role).toBe('operator');
    expect((await claim(winner, token)).status).toBe(200);
    expect(await room.accounts.operatorClaim()).toBeNull();
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  test('that was printed before its file was lost opens nothing any more', async () => {
    const other = await openAccounts();
    const file = join(other.home.folder, 'operator-claim');
    const lost = await other.accounts.operatorClaim();
    await writeFile(file, '');
    const fresh = await other.accounts.operatorClaim();
    expect(fresh).not.toBe(lost);
    const device = other.newDevice();
    await device.signUp('op@example.test');
    expect((await device.post('/api/operator/claim', { token: lost })).status).toBe(403);
    // The role holds at once, also for requests that were remembered before.
    await device.session();
    expect((await device.post('/api/operator/claim', { token: fresh })).json.role).toBe('operator');
    const request = new Request('http://localhost:3000/', {
      headers: { cookie: `kinora.session_token=${device.cookies.get('kinora.session_token')}` },
    });
    expect((await other.accounts.identify(request)).role).toBe('operator');
    await other.close();
  });
});

describe('demo people', () => {
  test('are made once, marked as demo, not counted, and leave without a trace', async () => {
    const before = await room.accounts.count();
    const person = {
      ...{ handle: 'Onepan', displayName: 'One Pan', bio: 'Cooks in one pan', language: 'en' },
      avatar: await sharp({ create: { width: 64, height: 64, channels: 3, background: '#123456' } })
        .png()
        .toBuffer(),
    };
    const [id, again] = await Promise.all([
      room.accounts.ensureDemoPerson(person),
      room.accounts.ensureDemoPerson(person),
    ]);
    expect(again).toBe(id);
    const made = await room.accounts.personByHandle('onepan');
    expect(made).toMatchObject({ id, demo: true, avatarUrl: expect.stringContaining('/avatars/') });
    expect(await room.accounts.count()).toBe(before);
    expect(await room.accounts.removeDemoPeople()).toEqual([id]);
    await room.jobs.drain();
    expect(await room.accounts.personByHandle('onepan')).toBeNull();
    expect(room.news).toContainEqual({
      name: 'account.removed',
      payload: { accountId: id, viewerId: expect.any(String) },
    });
  });

  test('step back when a member has their handle', async () => {
    await newMember({ handle: 'trains' });
    const id = await room.accounts.ensureDemoPerson({
      handle: 'trains',
      displayName: 'Trains',
      bio: '',
      language: null,
    });
    expect((await room.accounts.people([id])).get(id)?.handle).toMatch(/^trains\d+$/);
    expect(
      await room.accounts.ensureDemoPerson({
        handle: 'trains',
        displayName: 'Trains',
        bio: '',
        language: null,
      }),
    ).toBe(id);
  });
});
