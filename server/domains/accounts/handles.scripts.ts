/**
 * Scripts a handle can be written in: the recommended and limited-use scripts of Unicode UAX 31, tables 5 and 7.
 * Historic scripts are left out: most people have no letters for them, and see only boxes.
 */
const scripts = [
  ...[
    'Latin',
    'Cyrillic',
    'Greek',
    'Arabic',
    'Devanagari',
    'Bengali',
    'Thai',
    'Hebrew',
    'Armenian',
    'Georgian',
  ],
  ...[
    'Gurmukhi',
    'Gujarati',
    'Oriya',
    'Tamil',
    'Telugu',
    'Kannada',
    'Malayalam',
    'Sinhala',
    'Lao',
    'Tibetan',
  ],
  ...['Myanmar', 'Khmer', 'Ethiopic', 'Thaana', 'Adlam', 'Balinese', 'Bamum', 'Batak', 'Canadian_Aboriginal'],
  ...['Chakma', 'Cham', 'Cherokee', 'Hanifi_Rohingya', 'Javanese', 'Kayah_Li', 'Lepcha', 'Limbu', 'Lisu'],
  ...['Mandaic', 'Meetei_Mayek', 'Miao', 'Mongolian', 'New_Tai_Lue', 'Newa', 'Nko', 'Nyiakeng_Puachue_Hmong'],
  ...['Ol_Chiki', 'Osage', 'Saurashtra', 'Sundanese', 'Syloti_Nagri', 'Syriac', 'Tai_Le', 'Tai_Tham'],
  ...['Tai_Viet', 'Tifinagh', 'Vai', 'Wancho', 'Yi'],
];

/** Writing systems that use several scripts in one word count as one (UTS 39, section 5.1: augmented script sets). */
const together = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Hangul'],
  ['Han', 'Bopomofo'],
];

/** One test per writing system: true for a letter or mark that it uses. */
export const writingSystems: readonly RegExp[] = [...scripts.map((script) => [script]), ...together].map(
  (names) =>
    new RegExp(
      `^[${names.map((name) => `\\p{Script_Extensions=${name}}`).join('')}\\p{Script_Extensions=Common}]$`,
      'u',
    ),
);
