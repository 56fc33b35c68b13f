import { expect, test } from 'vitest';
import type { EditText } from '../../../../contract/edit-list.ts';
import { clip, listWith } from '../../../../contract/testing.edit-lists.ts';
import { wordsAlong } from './words-along.ts';

const at = (atMs: number, text: string): EditText => ({
  ...{ id: text, atMs, forMs: 500, x: 0.5, y: 0.5, size: 0.1, turnDeg: 0 },
  ...{ text, style: 'plain', colour: '#ffffff', align: 'center' },
});
const cues = [
  { startMs: 0, endMs: 900, text: 'and then' },
  { startMs: 1000, endMs: 1900, text: 'we saw it' },
];
const list = (cueStyle: 'plain' | null) =>
  listWith([clip('a', 0, 2000)], {
    texts: [at(0, 'How it ends'), at(5000, 'Behind the end')],
    cues,
    cueStyle,
  });

test('words that are seen in the picture go along; captions are either in it or a track', () => {
  expect(wordsAlong('a-draft', list(null), false, [])).toMatchObject({ pictureTexts: ['How it ends'], cues });
  expect(wordsAlong('a-draft', list('plain'), false, [])).toMatchObject({
    pictureTexts: ['How it ends', 'and then we saw it'],
    cues: null,
  });
});
