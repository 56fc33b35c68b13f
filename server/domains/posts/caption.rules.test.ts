import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalTag,
  captionEntities,
  cleanCaption,
  longEnoughToTell,
  prose,
  tagsOf,
} from './caption.rules.ts';

const tags = (caption: string) => tagsOf(captionEntities(caption));
const mentions = (caption: string) =>
  captionEntities(caption).flatMap((entity) => (entity.kind === 'mention' ? entity.value : []));

describe('hashtags', () => {
  test.each<[script: string, caption: string, tags: string[]]>([
    ['Latin', 'A lamp #Lamplight, and #SlowTV!', ['lamplight', 'slowtv']],
    ['Latin with accents', '#Café #CAFE\u0301', ['café']],
    ['German', '#Straße #STRASSE', ['strasse']],
    ['Turkish', '#İstanbul', ['i̇stanbul']],
    ['Greek', '#ΟΔΟΣ #οδος', ['οδοσ']],
    ['Cyrillic', 'Смотри: #Москва2026 и #кино_ночь', ['москва2026', 'кино_ночь']],
    ['Arabic', 'شاهد #السينما_الصامتة الآن', ['السينما_الصامتة']],
    ['Persian with a joiner', '#می\u200cخواهم', ['میخواهم']],
    ['Hebrew with points', 'סרט #קולנוע', ['קולנוע']],
    ['Devanagari with vowel signs', 'यह #हिन्दी है', ['हिन्दी']],
    ['Tamil', '#தமிழ் படம்', ['தமிழ்']],
    ['Thai with tone marks and no spaces', 'ดูหนัง#ภาพยนตร์สั้น', ['ภาพยนตร์สั้น']],
    ['Japanese', '今日は#東京タワー に行く #ラーメン', ['東京タワー', 'ラーメン']],
    ['Chinese', '看#电影，好看', ['电影']],
    ['Korean', '오늘 #한국영화를 봤다', ['한국영화를']],
    ['full-width', '＃Ｋｉｎｏ', ['kino']],
    ['Amharic', '#ፊልም', ['ፊልም']],
    ['Khmer', '#ភាពយន្ត', ['ភាពយន្ត']],
    ['Georgian', '#ფილმი', ['ფილმი']],
  ])('are found in %s', (_script, caption, expected) => expect(tags(caption)).toEqual(expected));

  test.each<[what: string, caption: string, tags: string[]]>([
    ['a lone sign', '# # ## #. #!', []],
    ['a doubled sign', '##film', ['film']],
    ['digits alone', 'we are #1 of #2026', []],
    ['digits with a letter', '#4k #k4', ['4k', 'k4']],
    ['a word before the sign', 'issue#3a c#sharp', []],
    ['the fragment of an address', 'see https://kinora.example/a#part and www.kinora.example/#b', []],
    ['a path before the sign', 'kinora.example/#about', []],
    ['a character reference', '&#x27;', []],
    ['a keycap emoji', '#️⃣ #️⃣one', []],
    ['an emoji before', '🎬#film ❤️#kino', ['film', 'kino']],
    ['an emoji behind', '#film🎬 #kino❤️', ['film', 'kino']],
    ['tags in a chain', '#one#two#Three', ['one', 'two', 'three']],
    ['the same tag twice', '#Film #film #FILM', ['film']],
    ['an apostrophe', "#kid's", ['kid']],
    ['a tag over the length', `#${'a'.repeat(101)}`, []],
    ['brackets', '(#film) [#kino]', ['film', 'kino']],
  ])('with %s', (_what, caption, expected) => expect(tags(caption)).toEqual(expected));

  test('say where they stand in UTF-16', () => {
    const caption = '🎬 see #Film🎬 by @mira.lamp.';
    const found = captionEntities(caption);
    expect(found.map(({ start, end }) => caption.slice(start, end))).toEqual(['#Film', '@mira.lamp']);
    expect(found.map(({ value }) => value)).toEqual(['film', 'mira.lamp']);
  });

  test('count to thirty at most', () => {
    expect(tags(Array.from({ length: 50 }, (_, at) => `#t${at}`).join(' '))).toHaveLength(30);
  });
});

test.each<[caption: string, handles: string[]]>([
  ['with @mira and @jo_b!', ['mira', 'jo_b']],
  ['write to mira@kinora.example', []],
  ['@annaさん、こんにちは', ['anna']],
  ['спасибо @мира', ['мира']],
  ['@a @', []],
  ['@@mira', []],
  ['https://kinora.example/@mira', []],
  ['@mira.', ['mira']],
])('mentions in %j', (caption, handles) => expect(mentions(caption)).toEqual(handles));

test('captions are cleaned without harming any script', () => {
  expect(cleanCaption('  a\r\nb\u0000\u202ec\n\n\n\nd  ')).toBe('a\nbc\n\nd');
  expect(cleanCaption('e\u0301')).toBe('é');
  expect(cleanCaption('می\u200cخواهم \u2067שלום\u2069 👩‍👩‍👧')).toBe('می\u200cخواهم \u2067שלום\u2069 👩‍👩‍👧');
});

test('the language is told from prose alone, and only when there is enough of it', () => {
  expect(prose('Hello #world @mira https://kinora.example/x 🎬 12, it’s me')).toBe('Hello it’s me');
  expect(longEnoughToTell('wow')).toBe(false);
  expect(longEnoughToTell('a quiet evening')).toBe(true);
  expect(longEnoughToTell('今日は晴れ')).toBe(true);
});

test('whatever is typed: entities lie inside, in order, apart, and canonical tags stay as they are', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const piece = fc.oneof(
    text,
    fc.constantFrom('#', '@', '＃', ' ', '#a', '\u200d', '️', '://', 'ß', 'İ', 'ς', 'ﬁ'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const caption = cleanCaption(pieces.join(''));
      expect(cleanCaption(caption)).toBe(caption);
      let at = 0;
      for (const { kind, start, end, value } of captionEntities(caption)) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start + 1);
        expect(end).toBeLessThanOrEqual(caption.length);
        expect(value.length).toBeGreaterThan(0);
        if (kind === 'hashtag') expect(canonicalTag(value)).toBe(value);
        at = end;
      }
    }),
    { numRuns: 500 },
  );
});
