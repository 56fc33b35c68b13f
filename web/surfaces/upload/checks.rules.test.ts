import { expect, test } from 'vitest';
import type { KnownInUpload } from '../../../contract/sounds.ts';
import type { Upload } from '../../../contract/uploads.ts';
import { checksBefore, soundFault } from './checks.rules.ts';
import { emptyDraft } from './draft.ts';

const now = Date.UTC(2026, 0, 1);
const upload = (checks: Upload['checks']) => ({ checks }) as Upload;

test('what blocks stands before what limits, and that before advice', () => {
  const draft = {
    ...emptyDraft,
    caption: 'x'.repeat(11),
    audience: 'followers' as const,
    publishAt: new Date(now - 1000).toISOString(),
  };
  const found = checksBefore({ draft, upload: upload([{ code: 'wide', level: 'advice' }]) }, 10, now);
  expect(found.map(({ code, level }) => `${level} ${code}`)).toEqual([
    'blocking caption_too_long',
    'blocking wrong_time',
    'limited only_followers',
    'advice wide',
  ]);
});

test('a sound that cannot be used blocks, with the reason', () => {
  const sound = { usable: false, withdrawn: false, licence: 'here' } as const;
  const said = [
    soundFault({ ...sound, withdrawn: true }),
    soundFault({ ...sound, licence: 'mine' }),
    soundFault(sound),
    soundFault({ ...sound, usable: true }),
  ];
  expect(said).toEqual(['sound_withdrawn', 'sound_licence', 'sound_market', null]);
  const found = checksBefore({ draft: emptyDraft, upload: null }, 10, now, 'sound_withdrawn');
  expect(found).toEqual([{ code: 'sound_withdrawn', level: 'blocking' }]);
});

test('a known sound in the file is advice after what is limited, and blocks nothing', () => {
  const known = {
    id: 'hum',
    title: 'Hum',
    ownerHandle: 'mira',
    outcome: 'licence',
  } as unknown as KnownInUpload;
  const draft = { ...emptyDraft, audience: 'me' as const };
  const found = checksBefore(
    { draft, upload: upload([{ code: 'wide', level: 'advice' }]) },
    10,
    now,
    null,
    known,
  );
  expect(found.map(({ code, level }) => `${level} ${code}`)).toEqual([
    'limited only_me',
    'advice known_licence',
    'advice wide',
  ]);
});

test('nothing to say of a good one, nor of a file that nobody has read', () => {
  expect(checksBefore({ draft: emptyDraft, upload: upload([]) }, 10, now)).toEqual([]);
  expect(checksBefore({ draft: emptyDraft, upload: null }, 10, now)).toEqual([]);
});
