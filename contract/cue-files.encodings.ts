/**
 * The letters of a text file that does not say how it is coded. Unicode says so by itself; files from before it are
 * guessed: what is mostly ASCII letters is a Latin script, and among the others that coding is taken in which the
 * letters that a language uses most come up most. A guess is told as one, so that somebody can choose another.
 */
export const legacyEncodings = [
  'windows-1252',
  'windows-1250',
  'windows-1254',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
export type LegacyEncoding = (typeof legacyEncodings)[number];
export type Decoded = { text: string; guessed: LegacyEncoding | null };

type Habit = {
  latin: boolean;
  /** Letters in frequent use, in small letters. */
  common: RegExp;
  /** The share of them that a text of such a language usually has. */
  usual: number;
};
const russian = { latin: false, common: /[оеаинтсрвлкмдпу]/u, usual: 0.85 };
const habits: Record<LegacyEncoding, Habit> = {
  'windows-1252': { latin: true, common: /[éèêëàâäáåæãçìíîïñòóôöõøùúûüßœ¿¡’‘“”«»…–—°]/u, usual: 1 },
  'windows-1250': { latin: true, common: /[ąęłśżźćńóěščřžýáíéůúťďňőűöüäăâîșțşţ„”“’…–—]/u, usual: 1 },
  'windows-1254': { latin: true, common: /[ğışçöüâî’‘“”«»…–—]/u, usual: 1 },
  'windows-1251': russian,
  'koi8-r': russian,
  'windows-1253': { latin: false, common: /[αοιετσνηυρπκςάίόέή]/u, usual: 0.85 },
  'windows-1255': { latin: false, common: /[יוהלארמתבשנ]/u, usual: 0.78 },
  'windows-1256': { latin: false, common: /[اليمونرتبهةد]/u, usual: 0.75 },
  'windows-874': { latin: false, common: /[านรกเงอมวลส่้ีัทต]/u, usual: 0.7 },
  shift_jis: { latin: false, common: /[ぁ-んァ-ヶー。、]/u, usual: 0.65 },
  'euc-kr': {
    latin: false,
    common: /[이다는을가에고하의지은나어서들도한사그아니해라로기대일있없요]/u,
    usual: 0.45,
  },
  gb18030: {
    latin: false,
    common: /[的一是不了在人有我他这个们来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之，。]/u,
    usual: 0.35,
  },
  big5: {
    latin: false,
    common: /[的一是不了在人有我他這個們來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之，。]/u,
    usual: 0.35,
  },
};

/** Null: no text, such as a picture. */
export function decodeText(bytes: Uint8Array, as: LegacyEncoding | null = null): Decoded | null {
  if (as) return made(bytes, as, as);
  const unicode = unicodeOf(bytes);
  if (unicode) return made(bytes, unicode, null);
  const utf8 = made(bytes, 'utf-8', null);
  if (utf8) return utf8;
  const latin = isLatin(bytes);
  let best: (Decoded & { score: number }) | null = null;
  for (const encoding of legacyEncodings) {
    const { latin: forLatin, common, usual } = habits[encoding];
    const read = forLatin === latin ? made(bytes, encoding, encoding) : null;
    if (!read) continue;
    const foreign = [...read.text.toLowerCase()].filter((letter) => letter > '\u007f');
    const score = foreign.filter((letter) => common.test(letter)).length / foreign.length / usual;
    if (!best || score > best.score) best = { ...read, score };
  }
  return best && { text: best.text, guessed: best.guessed };
}

function made(bytes: Uint8Array, encoding: string, guessed: LegacyEncoding | null): Decoded | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // A tab and the ends of lines are all that a text needs of what lies below the space.
    return /(?![\t-\r\x80-\x9f])\p{Cc}/u.test(text) ? null : { text, guessed };
  } catch {
    return null; // These bytes mean nothing in that coding.
  }
}

/** By its mark, or by the zero that every second byte of UTF-16 is in texts whose times are written in ASCII. */
function unicodeOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < 4) return null;
  if (first === 0 && second !== 0) return 'utf-16be';
  return first !== 0 && second === 0 ? 'utf-16le' : null;
}

/** Tags are written in ASCII in every language, and say nothing of it. */
function isLatin(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes).replace(/<[^<>]{0,100}>/g, '');
  const ascii = text.match(/[A-Za-z]/g)?.length ?? 0;
  const foreign = text.match(/[\u0080-\u{10ffff}]/gu)?.length ?? 0;
  return ascii >= foreign;
}
