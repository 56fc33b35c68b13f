import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LegacyEncoding, legacyEncodings } from './cue-files.encodings.ts';
import { cleanCueText, cueFileLimits, readCueFile, writeSrt, writeVtt } from './cue-files.ts';
import type { Cue } from './videos.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => {
  const result = readCueFile(utf8(text));
  if (!result.ok) throw new Error(result.code);
  return result.file;
};
const utf16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
  const units = (mark ? `\ufeff${text}` : text).split('').map((unit) => unit.charCodeAt(0));
  return new Uint8Array(
    units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
};
/** There are decoders everywhere and encoders nowhere: a table turned round is one. */
function legacy(text: string, encoding: LegacyEncoding): Uint8Array {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const note = (...bytes: number[]) => {
    try {
      const letter = decoder.decode(new Uint8Array(bytes));
      if ([...letter].length === 1 && !table.has(letter)) table.set(letter, bytes);
    } catch {}
  };
  for (let one = 0; one < 256; one++) note(one);
  for (let one = 0x81; one < 0xff; one++) for (let two = 0x40; two < 0xff; two++) note(one, two);
  return new Uint8Array([...text].flatMap((letter) => table.get(letter) ?? [63]));
}

test('an SRT file as programs write it: numbers, commas, hours, two lines', () => {
  const file = read(
    '1\n00:00:01,000 --> 00:00:02,500\nHello\nthere\n\n2\n01:00:03,040 --> 01:00:04,000\nBye\n',
  );
  expect(file).toEqual({
    format: 'srt',
    cues: [
      { startMs: 1000, endMs: 2500, text: 'Hello\nthere' },
      { startMs: 3_603_040, endMs: 3_604_000, text: 'Bye' },
    ],
    faults: [],
    language: null,
    guessed: null,
  });
});

test('a WebVTT file: header, language, notes, styles, ids, settings, short times, entities, voices', () => {
  const file = read(
    'WEBVTT - a title\nKind: captions\nLanguage: pt-BR\n\nSTYLE\n::cue { color: red }\n\nNOTE not said --> here\n\n' +
      'intro\n00:01.000 --> 00:02.000 line:0 position:20%\n<v Ada Example>A &lt; <i.loud>B</i> &amp; C&nbsp;D\n\n' +
      '00:02.000 --> 00:03.000\n<00:00:02.500><c>x</c>&rlm;!\n',
  );
  expect(file.format).toBe('vtt');
  expect(file.language).toBe('pt-BR');
  expect(file.cues.map(({ text }) => text)).toEqual(['A < B & C\u00a0D', 'x\u200f!']);
});

describe('files that people really have', () => {
  test.each([
    ['a mark at the beginning', '\ufeff1\n00:00:01,000 --> 00:00:02,000\nHi\n'],
    ['ends of lines of Windows', '1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n\r\n'],
    ['ends of lines of old Macs', '1\r00:00:01,000 --> 00:00:02,000\rHi\r'],
    ['a dot for the comma', '1\n00:00:01.000 --> 00:00:02.000\nHi'],
    ['no hours', '00:01,000 --> 00:02,000\nHi'],
    ['no number', '00:00:01,000 --> 00:00:02,000\nHi'],
    ['a short part of a second', '1\n0:00:01,0 --> 0:00:2\nHi'],
    ['coordinates behind the times', '1\n00:00:01,000 --> 00:00:02,000  X1:100 X2:200\nHi'],
    ['tags and places', '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff"><b>Hi</b></font>'],
    ['a mark of WebVTT without its dot', 'WEBVTT\n00:01,000 --> 00:02,000\nHi'],
  ])('%s', (_name, text) => {
    expect(read(text).cues).toEqual([{ startMs: 1000, endMs: 2000, text: 'Hi' }]);
  });

  test('numbers with gaps and cues in disorder come in the order of their times', () => {
    const file = read(
      '7\n00:00:05,000 --> 00:00:06,000\nlater\n\n3\n00:00:01,000 --> 00:00:06,000\n1984\n\n\n9\n00:00:02,000 --> 00:00:03,000\nat once\n',
    );
    expect(file.cues.map(({ text }) => text)).toEqual(['1984', 'at once', 'later']);
    expect(file.faults).toEqual([]);
  });

  test('a cue that cannot be read is named by its line, and the others are kept', () => {
    const file = read(
      '1\n00:00:01,000 --> 00:00:02,000\nok\n\n2\n00:00:0x,000 --> 00:00:04,000\nlost?\n\n3\n00:00:61,000 --> 00:00:62,000\nno\n\n4\n00:00:05,000 --> 00:00:05,000\nno time\n\n' +
        `5\n00:00:06,000 --> 00:00:07,000\n${'x'.repeat(501)}\n`,
    );
    expect(file.cues).toHaveLength(1);
    expect(file.faults).toEqual([
      { line: 10, code: 'time_unreadable' },
      { line: 14, code: 'ends_too_early' },
      { line: 18, code: 'text_too_long' },
    ]);
  });

  test('what looks like markup comes out as letters without it, also when it is broken', () => {
    expect(read('WEBVTT\n\n00:01.000 --> 00:02.000\n<<b>b>x<script\nalert()').cues[0]!.text).toBe('b>x');
    expect(read('00:01,000 --> 00:02,000\n1 < 2 and <3 <i>yes</i>').cues[0]!.text).toBe('1 < 2 and <3 yes');
  });
});

describe('every script and coding', () => {
  const said: Record<LegacyEncoding, string> = {
    'windows-1252': 'Où êtes-vous ? Grüße aus der Straße, señor',
    'windows-1250': 'Zażółć gęślą jaźń, proszę państwa',
    'windows-1254': 'Bugün hava çok güzel, değil mi? Işık şurada',
    'windows-1251': 'Сегодня мы посмотрим короткие фильмы о нашем городе',
    'koi8-r': 'Сегодня мы посмотрим короткие фильмы о нашем городе',
    'windows-1253': 'Σήμερα θα δούμε μικρές ταινίες για την πόλη μας',
    'windows-1255': 'היום נראה סרטים קצרים על העיר שלנו',
    'windows-1256': 'سنشاهد اليوم أفلاما قصيرة عن مدينتنا',
    'windows-874': 'วันนี้เราจะดูหนังสั้นเกี่ยวกับเมืองของเรา',
    shift_jis: '今日は私たちの町についての短い映画を見ます',
    'euc-kr': '오늘은 우리 도시에 대한 짧은 영화를 보고 이야기하는 날이다',
    gb18030: '今天我们来看一个关于我们的城市的短片，你说好不好',
    big5: '今天我們來看一個關於我們的城市的短片，你說好不好',
  };
  test.each(legacyEncodings)('%s is found out', (encoding) => {
    const text = `1\n00:00:01,000 --> 00:00:02,000\n<i>${said[encoding]}</i>\n`;
    const result = readCueFile(legacy(text, encoding));
    expect(result.ok && result.file.guessed).toBe(encoding);
    expect(result.ok && result.file.cues[0]!.text).toBe(said[encoding]);
  });

  test('a wrong guess can be put right', () => {
    const bytes = legacy('00:01,000 --> 00:02,000\nПривет', 'koi8-r');
    const result = readCueFile(bytes, 'koi8-r');
    expect(result.ok && result.file.cues[0]!.text).toBe('Привет');
  });

  test.each([
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ])('UTF-16, little end first %s, with a mark %s', (little, mark) => {
    const result = readCueFile(utf16('1\r\n00:00:01,000 --> 00:00:02,000\r\nمرحبا 👋\r\n', little, mark));
    expect(result.ok && result.file.cues[0]!.text).toBe('مرحبا 👋');
  });

  test('direction marks and joiners stay', () => {
    const text = '\u202bעברית (abc)\u202c \u2067!\u2069 می\u200cخواهم \u200e1\u200f';
    expect(read(`1\n00:00:01,000 --> 00:00:02,000\n${text}\n`).cues[0]!.text).toBe(text);
  });
});

describe('what is not taken says why', () => {
  test.each([
    ['too_large', new Uint8Array(cueFileLimits.bytes + 1)],
    ['not_text', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])],
    ['no_cues', utf8('Dear diary')],
    ['no_cues', new Uint8Array()],
    ['too_many', utf8('00:01,000 --> 00:02,000\nx\n'.repeat(cueFileLimits.cues + 1))],
  ] as const)('%s', (code, bytes) => {
    expect(readCueFile(bytes)).toMatchObject({ ok: false, code });
  });

  test('whatever the bytes are, there is an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        readCueFile(bytes);
      }),
    );
    const pieces = fc.constantFrom(
      '-->',
      '00:01.000',
      ' ',
      '\n',
      '<',
      '>',
      '&#x',
      ';',
      'WEBVTT',
      '{\\',
      '1',
      'ب',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => void readCueFile(utf8(parts.join('')))),
    );
  });

  test('the largest file made to be slow is answered within the time of a large one', () => {
    for (const piece of ['<', '&', '1:', '{\\', '-->', '00:00:00.000 --> <\n'])
      readCueFile(utf8(piece.repeat(Math.floor(cueFileLimits.bytes / piece.length))));
  }, 20_000);
});

describe('what is written is read again as it was', () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 80 })
    .map(cleanCueText)
    .filter((words) => words !== '' && words.length <= cueFileLimits.textLength);
  const cues: fc.Arbitrary<Cue[]> = fc
    .array(fc.tuple(fc.nat(9_000_000), fc.integer({ min: 1, max: 20_000 }), text), {
      minLength: 1,
      maxLength: 30,
    })
    .map((all) =>
      all
        .map(([startMs, forMs, words]) => ({ startMs, endMs: startMs + forMs, text: words }))
        .sort((a, b) => a.startMs - b.startMs),
    );

  test('WebVTT, whatever was said', () => {
    fc.assert(
      fc.property(cues, fc.constantFrom('ar', 'pt-BR', null), (all, language) => {
        const file = read(writeVtt(all, language));
        expect(file).toEqual({ format: 'vtt', cues: all, faults: [], language, guessed: null });
      }),
    );
  });

  test('SRT, but for what would be its own markup', () => {
    const plain = cues.filter((all) => !all.some(({ text: words }) => /[<{]|-->/.test(words)));
    fc.assert(
      fc.property(plain, (all) => {
        expect(read(writeSrt(all)).cues).toEqual(all);
      }),
    );
  });

  test('a line that is an arrow between times does not become a cue', () => {
    const sly = [{ startMs: 0, endMs: 1000, text: '00:00:05,000 --> 00:00:06,000\nboo' }];
    expect(read(writeSrt(sly)).cues).toHaveLength(1);
    expect(read(writeVtt(sly, null)).cues).toEqual(sly);
  });
});
