import { expect, test } from 'vitest';
import { deviceOf } from './device.rules.ts';

test('the more special name wins, since everybody calls themselves Chrome and Safari too', () => {
  expect(
    deviceOf(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
    ),
  ).toEqual({ browser: 'Edge', system: 'Windows' });
  expect(
    deviceOf(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    ),
  ).toEqual({ browser: 'Safari', system: 'iPhone' });
  expect(deviceOf('Mozilla/5.0 (Android 15; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0')).toEqual({
    browser: 'Firefox',
    system: 'Android',
  });
});

test('what gives nothing away stays unknown', () => {
  expect(deviceOf('curl/8')).toEqual({ browser: null, system: null });
});
