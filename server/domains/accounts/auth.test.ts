import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccounts } from './accounts.fixture.ts';

let room: Awaited<ReturnType<typeof openAccounts>>;
beforeAll(async () => {
  room = await openAccounts();
});
afterAll(() => room.close());

const linkIn = (letter: string | undefined, page: string) =>
  new RegExp(`(https?://\\S+)/${page}\\?token=([\\w.-]+)`).exec(letter ?? '');

describe('signing up', () => {
  test('gives a session, a person and a handle from the name', async () => {
    const device = room.newDevice();
    const answer = await device.signUp('Ada@Example.test', { name: 'Ada Example' });
    expect(answer.status).toBe(200);
    const { me } = await device.session();
    expect(me).toMatchObject({
      handle: 'adaexample',
      displayName: 'Ada Example',
      email: 'ada@example.test',
      emailVerified: false,
      role: 'member',
      demo: false,
    });
  });

  test('a guest who signs up keeps their viewer, and the next person on the device is somebody else', async () => {
    const device = room.newDevice();
    const guest = (await device.session()).viewerId;
    expect((await device.session()).viewerId).toBe(guest);
    await device.signUp('keeps@example.test');
    expect((await device.session()).viewerId).toBe(guest);
    await device.post('/api/auth/sign-out');
    const after = await device.session();
    expect(after.me).toBeNull();
    expect(after.viewerId).not.toBe(guest);
    await room.jobs.drain();
    const created = room.news.filter(({ name }) => name === 'account.created');
    expect(created).toContainEqual(
      expect.objectContaining({ payload: expect.objectContaining({ viewerId: guest }) }),
    );
    expect(room.news.filter(({ name }) => name === 'viewer.joined')).toEqual([]);
  });

  test('the wished handle is given when it is free, and a near one when it is not', async () => {
    await room.newDevice().signUp('w1@example.test', { handle: 'Wish.ed' });
    const second = room.newDevice();
    await second.signUp('w2@example.test', { handle: 'wish.ed', name: 'Second' });
    expect(await room.accounts.personByHandle('WISH.ED')).not.toBeNull();
    expect((await second.session()).me.handle).toBe('second');
  });

  test('two sign-ups with one handle at the same moment are two people with two handles', async () => {
    const devices = Array.from({ length: 6 }, () => room.newDevice());
    const answers = await Promise.all(
      devices.map((device, i) =>
        device.signUp(`same${i}@example.test`, { handle: 'samehandle', name: 'Same' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const handles = await Promise.all(devices.map(async (device) => (await device.session()).me.handle));
    expect(new Set(handles).size).toBe(6);
    expect(handles).toContain('samehandle');
  });

  test('two sign-ups from one guest at the same moment are two viewers', async () => {
    const device = room.newDevice();
    await device.session();
    const cookie = `kinora_viewer=${device.cookies.get('kinora_viewer')}`;
    const both = [0, 1].map((i) => {
      const body = { email: `twin${i}@example.test`, password: 'correct horse', name: 'Twin' };
      return room.newDevice().send('POST', '/api/auth/sign-up/email', body, { cookie });
    });
    const ids = (await Promise.all(both)).map(({ json }) => json.user.id);
    const [one, two] = await Promise.all(ids.map((id) => room.accounts.viewerOf(id)));
    expect(one).not.toBe(two);
  });

  test('a taken address gets a plain answer, also when two ask at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => room.newDevice().signUp('taken@example.test')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    for (const { status, json } of answers)
      if (status === 422) expect(json.code).toBe('USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL');
  });

  test('a person who was not made because of a kill is made at the next request', async () => {
    const device = room.newDevice();
    const { viewerId } = await device.session();
    await device.signUp('killed@example.test', { handle: 'phoenix' });
    await room.database.pool.query(`delete from people where handle = 'phoenix'`);
    const elsewhere = room.newDevice();
    await elsewhere.signIn('killed@example.test');
    await room.database.pool.query(`delete from people where handle = 'phoenix'`);
    const [one, two] = await Promise.all([elsewhere.session(), elsewhere.session()]);
    expect(one.me).toMatchObject({ handle: 'phoenix' });
    expect(two).toEqual(one);
    expect(one.viewerId).toBe(viewerId);
  });

  test.each([
    ['a short password', { password: 'ninechars' }, 400, 'PASSWORD_TOO_SHORT'],
    ['a very long password', { password: 'x'.repeat(129) }, 400, 'PASSWORD_TOO_LONG'],
    ['no address', { email: 'nobody' }, 400, undefined],
    ['an invisible name', { name: '\u200b ' }, 400, 'invalid_input'],
    ['a number for a name', { name: 7 }, 400, 'invalid_input'],
    ['another site to return to', { callbackURL: 'https://evil.example' }, 400, 'invalid_input'],
  ])('with %s is refused', async (_, more, status, code) => {
    const answer = await room.newDevice().signUp('refused@example.test', more);
    expect(answer.status).toBe(status);
    if (code) expect(answer.json.code).toBe(code);
  });

  test('cannot set what is not asked: role, verified email, viewer', async () => {
    const device = room.newDevice();
    const victim = room.newDevice();
    await victim.signUp('victim@example.test');
    const stolen = (await victim.session()).viewerId;
    await device.signUp('greedy@example.test', {
      ...{
        role: 'operator',
        emailVerified: true,
        guestViewerId: stolen,
        id: 'mine',
        image: 'http://x.example',
      },
    });
    const session = await device.session();
    expect(session.me).toMatchObject({ role: 'member', emailVerified: false });
    expect(session.viewerId).not.toBe(stolen);
  });
});

describe('signing in', () => {
  test('on another device uses the viewer of the member, and joins what the guest there liked, once', async () => {
    const home = room.newDevice();
    await home.signUp('joins@example.test');
    const member = (await home.session()).viewerId;
    const phone = room.newDevice();
    const guest = (await phone.session()).viewerId;
    const copy = phone.cookies.get('kinora_viewer') as string;
    await phone.signIn('joins@example.test');
    expect((await phone.session()).viewerId).toBe(member);
    await phone.post('/api/auth/sign-out');
    phone.cookies.set('kinora_viewer', copy);
    await phone.signIn('joins@example.test');
    await room.jobs.drain();
    const joined = room.news.filter(
      ({ name, payload }) =>
        name === 'viewer.joined' && (payload as { fromViewerId: string }).fromViewerId === guest,
    );
    expect(joined).toEqual([{ name: 'viewer.joined', payload: { fromViewerId: guest, toViewerId: member } }]);
  });

  test('says the same for a wrong password and an unknown address', async () => {
    await room.newDevice().signUp('wrong@example.test');
    const wrong = await room.newDevice().signIn('wrong@example.test', 'not this one');
    const unknown = await room.newDevice().signIn('unknown@example.test', 'not this one');
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(unknown.json).toEqual(wrong.json);
  });

  test('works over the address of the local network when no public address is set', async () => {
    const { networkInterfaces } = await import('node:os');
    const card = Object.values(networkInterfaces())
      .flatMap((one) => one ?? [])
      .find((one) => !one.internal && one.family === 'IPv4');
    const device = room.newDevice(`http://${card?.address ?? '127.0.0.1'}:3000`);
    const answer = await device.signUp('phone@example.test');
    expect(answer.status).toBe(200);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBe(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
      expect(cookie).not.toMatch(/Secure/);
    }
    expect((await device.session()).me.email).toBe('phone@example.test');
  });

  test('from another site is refused', async () => {
    const answer = await room
      .newDevice()
      .send(
        'POST',
        '/api/auth/sign-in/email',
        { email: 'a@example.test', password: 'x' },
        { origin: 'https://evil.example' },
      );
    expect(answer).toMatchObject({ status: 403, json: { code: 'cross_site' } });
  });

  test('a cookie somebody made up is a guest', async () => {
    const device = room.newDevice();
    await device.signUp('forged@example.test');
    const real = decodeURIComponent(device.cookies.get('kinora.session_token') as string);
    for (const forged of [
      `${real}x`,
      real.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')),
      `${real.split('.')[0]}.`,
      '%%%.%%%',
      'a.b',
    ]) {
      device.cookies.set('kinora.session_token', forged);
      expect((await device.session()).me, forged).toBeNull();
    }
    device.cookies.set('kinora_viewer', 'ViewerOfSomebody.c2lnbmF0dXJlc2lnbmF0dXI');
    expect((await device.session()).viewerId).not.toBe('ViewerOfSomebody');
  });
});

describe('sessions', () => {
  test('are listed, and ending one ends it at once', async () => {
    const desk = room.newDevice();
    await desk.signUp('sessions@example.test');
    const phone = room.newDevice();
    await phone.signIn('sessions@example.test');
    expect((await phone.session()).me).not.toBeNull();
    const list = (await desk.get('/api/auth/list-sessions')).json as { token: string; ipAddress: string }[];
    const current = (await desk.get('/api/auth/get-session')).json.session.token;
    expect(list).toHaveLength(2);
    const other = list.find(({ token }) => token !== current);
    await desk.post('/api/auth/revoke-session', { token: other?.token });
    expect((await phone.session()).me).toBeNull();
    expect((await desk.session()).me).not.toBeNull();
  });

  test('are looked up once for a page of requests', async () => {
    const device = room.newDevice();
    await device.signUp('page@example.test');
    const request = new Request('http://localhost:3000/', {
      headers: { cookie: `kinora.session_token=${device.cookies.get('kinora.session_token')}` },
    });
    let queries = 0;
    const count = () => queries++;
    room.database.pool.on('acquire', count);
    for (let i = 0; i < 20; i++) expect((await room.accounts.identify(request)).role).toBe('member');
    room.database.pool.off('acquire', count);
    expect(queries).toBe(1);
  });

  test('of other people cannot be ended', async () => {
    const [mine, theirs] = [room.newDevice(), room.newDevice()];
    await mine.signUp('mine@example.test');
    await theirs.signUp('theirs@example.test');
    const { token } = (await theirs.get('/api/auth/get-session')).json.session;
    await mine.post('/api/auth/revoke-session', { token });
    expect((await theirs.session()).me).not.toBeNull();
  });

  test('signing out ends the session, not only the cookie', async () => {
    const device = room.newDevice();
    await device.signUp('out@example.test');
    await device.session();
    const cookie = device.cookies.get('kinora.session_token') as string;
    await device.post('/api/auth/sign-out');
    expect(device.cookies.has('kinora.session_token')).toBe(false);
    device.cookies.set('kinora.session_token', cookie);
    expect((await device.session()).me).toBeNull();
  });

  test('a session that ran out is none, and one in daily use is prolonged with its cookie', async () => {
    const device = room.newDevice();
    await device.signUp('old@example.test');
    const id = (await device.session()).me.id;
    const set = (expires: string, updated: string) =>
      room.database.pool.query(
        `update auth_sessions set expires_at = now() + $2::interval, updated_at = now() - $3::interval where user_id = $1`,
        [id, expires, updated],
      );
    await set('28 days', '2 days');
    // Another process, which remembers nothing.
    const request = () =>
      new Request('http://localhost:3000/', {
        headers: { cookie: `kinora.session_token=${device.cookies.get('kinora.session_token')}` },
      });
    const renewed = await room.open().identify(request());
    expect(renewed.accountId).toBe(id);
    expect(renewed.setCookie).toMatch(/^kinora\.session_token=.*Max-Age=2592000/);
    await set('-1 seconds', '0 days');
    expect((await room.open().identify(request())).accountId).toBeNull();
  });

  test('changing the password can end the others', async () => {
    const [desk, phone] = [room.newDevice(), room.newDevice()];
    await desk.signUp('change@example.test');
    await phone.signIn('change@example.test');
    await phone.session();
    const wrong = {
      currentPassword: 'not this one',
      newPassword: 'battery staple',
      revokeOtherSessions: true,
    };
    expect((await desk.post('/api/auth/change-password', wrong)).status).toBe(400);
    const right = { ...wrong, currentPassword: 'correct horse' };
    expect((await desk.post('/api/auth/change-password', right)).status).toBe(200);
    expect((await phone.session()).me).toBeNull();
    expect((await desk.session()).me).not.toBeNull();
    expect((await phone.signIn('change@example.test', 'battery staple')).status).toBe(200);
  });
});

describe('letters', () => {
  test('a password reset arrives in the outbox folder, works once, and ends other sessions', async () => {
    const phone = room.newDevice();
    await phone.signUp('reset@example.test');
    await phone.session();
    const device = room.newDevice('http://localhost:8080');
    const asked = await device.send(
      'POST',
      '/api/auth/request-password-reset',
      { email: 'Reset@Example.test', redirectTo: '/reset-password' },
      { 'accept-language': 'de-DE,de;q=0.9' },
    );
    expect(asked).toMatchObject({ status: 200, json: { status: true } });
    const letter = (await room.letters()).find(
      (text) => /To: .*reset@example/.test(text) && text.includes('Passwort'),
    );
    const [, origin, token] = linkIn(letter, 'reset-password') ?? [];
    expect(origin).toBe('http://localhost:8080');
    const body = { newPassword: 'battery staple', token };
    expect((await device.post('/api/auth/reset-password', body)).status).toBe(200);
    expect((await phone.session()).me).toBeNull();
    expect((await device.post('/api/auth/reset-password', body)).json.code).toBe('INVALID_TOKEN');
    expect((await device.signIn('reset@example.test')).status).toBe(401);
    expect((await device.signIn('reset@example.test', 'battery staple')).status).toBe(200);
  });

  test('a second link ends with the first one that was used', async () => {
    const device = room.newDevice();
    await device.signUp('links@example.test');
    for (const _ of [1, 2])
      await device.post('/api/auth/request-password-reset', { email: 'links@example.test' });
    const letters = (await room.letters()).filter(
      (text) => /To: .*links@/.test(text) && text.includes('/reset-password?'),
    );
    const tokens = letters.map((letter) => linkIn(letter, 'reset-password')?.[2]);
    expect(new Set(tokens).size).toBe(2);
    const use = (token: string | undefined) =>
      device.post('/api/auth/reset-password', { newPassword: 'battery staple', token });
    expect((await use(tokens[0])).status).toBe(200);
    expect((await use(tokens[1])).status).toBe(400);
  });

  test('asking for a letter tells nothing about who is a member', async () => {
    await room.newDevice().signUp('known@example.test');
    for (const path of ['/api/auth/request-password-reset', '/api/auth/send-verification-email']) {
      const known = await room.newDevice().post(path, { email: 'known@example.test' });
      const unknown = await room.newDevice().post(path, { email: 'stranger@example.test' });
      expect(unknown.status).toBe(200);
      expect(unknown.json).toEqual(known.json);
    }
    expect((await room.letters()).filter((text) => text.includes('stranger@'))).toEqual([]);
  });

  test('a new member gets one letter, and its link confirms the address', async () => {
    const device = room.newDevice();
    await device.signUp('verify@example.test');
    const letters = (await room.letters()).filter((text) => /To: .*verify@example/.test(text));
    expect(letters).toHaveLength(1);
    const [, , token] = linkIn(letters[0], 'verify-email') ?? [];
    const other = room.newDevice();
    expect((await other.get(`/api/auth/verify-email?token=${token}x`)).status).toBe(401);
    expect((await other.get(`/api/auth/verify-email?token=${token}`)).status).toBe(200);
    expect((await device.session()).me.emailVerified).toBe(true);
    expect((await other.session()).me).toBeNull();
  });

  test.each([
    'https://evil.example/x',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/ok\n//x',
  ])('do not lead to %s', async (redirectTo) => {
    const answer = await room
      .newDevice()
      .post('/api/auth/request-password-reset', { email: 'known@example.test', redirectTo });
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_input' } });
  });
});

test('what better-auth could do beyond our list is not served', async () => {
  const device = room.newDevice();
  await device.signUp('beyond@example.test');
  for (const path of [
    'update-user',
    'delete-user',
    'change-email',
    'sign-in/social',
    'link-social',
    'set-password',
  ])
    expect((await device.post(`/api/auth/${path}`, { name: 'x' })).status, path).toBe(404);
  for (const path of [
    'ok',
    'error',
    'reset-password/abc?callbackURL=//evil.example',
    'callback/google',
    'constructor',
  ])
    expect((await device.get(`/api/auth/${path}`)).status, path).toBe(404);
});

test('under https every cookie is secure, and links lead to the public address', async () => {
  const other = await openAccounts({ publicUrl: 'https://videos.example' });
  const device = other.newDevice();
  const answer = await device.signUp('secure@example.test');
  for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/Secure/);
  expect((await device.session()).me).not.toBeNull();
  expect((await other.letters())[0]).toContain('https://videos.example/verify-email?token=');
  await other.close();
});

test('guessing and mailing have limits, by address and email', async () => {
  const other = await openAccounts({ limits: true });
  const device = other.newDevice();
  await device.signUp('limits@example.test');
  const guesses: number[] = [];
  for (let i = 0; i < 12; i++)
    guesses.push((await other.newDevice().signIn('limits@example.test', 'a wrong guess')).status);
  expect(guesses.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(guesses.slice(10)).toEqual([429, 429]);
  expect((await other.newDevice().signIn('somebody@example.test', 'a wrong guess')).status).toBe(401);
  const asks: number[] = [];
  for (let i = 0; i < 4; i++)
    asks.push(
      (await device.post('/api/auth/request-password-reset', { email: 'limits@example.test' })).status,
    );
  expect(asks).toEqual([200, 200, 200, 429]);
  await other.close();
});
