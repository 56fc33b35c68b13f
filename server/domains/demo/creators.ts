/** Twenty people who do not exist. Handles are the demo's own; display names and bios come in many scripts, so that
 * search, type and language signals have something real to work on. `hue` (degrees) colours the avatar. */

export type Creator = { handle: string; displayName: string; language: string; bio: string; hue: number };

export const creators = [
  {
    handle: 'saffron.and.smoke',
    displayName: 'Saffron & Smoke',
    language: 'en',
    bio: 'One pan. No excuses.',
    hue: 18,
  },
  {
    handle: 'tiny.balcony',
    displayName: 'Tiny Balcony',
    language: 'en',
    bio: 'Two square metres, forty-one pots.',
    hue: 105,
  },
  {
    handle: 'old_train_nerd',
    displayName: 'Old Train Nerd',
    language: 'en',
    bio: 'Early for every departure.',
    hue: 268,
  },
  {
    handle: 'kleine.schraube',
    displayName: 'Kleine Schraube',
    language: 'de',
    bio: 'Uhren, Federn und Geduld.',
    hue: 40,
  },
  {
    handle: 'papier_und_pause',
    displayName: 'Papier und Pause',
    language: 'de',
    bio: 'Falten statt scrollen.',
    hue: 352,
  },
  {
    handle: 'abuela.del.fuego',
    displayName: 'La Abuela del Fuego',
    language: 'es',
    bio: 'Cocina lenta, risa rápida.',
    hue: 8,
  },
  {
    handle: 'faro_pequeno',
    displayName: 'Faro Pequeño',
    language: 'es',
    bio: 'Cuido una luz y cuento barcos.',
    hue: 200,
  },
  {
    handle: 'yagmur.penceresi',
    displayName: 'Yağmur Penceresi',
    language: 'tr',
    bio: 'Camın öbür yüzünden hava durumu.',
    hue: 215,
  },
  {
    handle: 'tavada.bir.sey',
    displayName: 'Tavada Bir Şey',
    language: 'tr',
    bio: 'Küçük mutfak, büyük koku.',
    hue: 30,
  },
  {
    handle: 'layl.wa.nujum',
    displayName: 'ليل ونجوم',
    language: 'ar',
    bio: 'أعدّ النجوم قبل النوم.',
    hue: 240,
  },
  {
    handle: 'qitar.albahr',
    displayName: 'قطار البحر',
    language: 'ar',
    bio: 'سكك وأمواج وحكايات قصيرة.',
    hue: 185,
  },
  { handle: 'ori.no.heya', displayName: '折りの部屋', language: 'ja', bio: '紙いちまい、ひと息。', hue: 340 },
  {
    handle: 'chiisana.ikimono',
    displayName: '小さな生きもの',
    language: 'ja',
    bio: '足もとの大事件。',
    hue: 150,
  },
  {
    handle: 'deux.temps',
    displayName: 'Deux Temps',
    language: 'fr',
    bio: 'Je danse un temps trop tard, exprès.',
    hue: 325,
  },
  {
    handle: 'fou.de.la.dame',
    displayName: 'Fou de la Dame',
    language: 'fr',
    bio: 'Les échecs sans les soupirs.',
    hue: 285,
  },
  {
    handle: 'olho.torto',
    displayName: 'Olho Torto',
    language: 'pt',
    bio: 'Não acredite em mim. Meça.',
    hue: 52,
  },
  {
    handle: 'horta.da.janela',
    displayName: 'Horta da Janela',
    language: 'pt',
    bio: 'Tomates com vista.',
    hue: 90,
  },
  {
    handle: 'square_by_square',
    displayName: 'Square by Square',
    language: 'en',
    bio: 'Slow chess for fast days.',
    hue: 160,
  },
  {
    handle: 'shadow.does.it',
    displayName: 'Shadow Does It',
    language: 'en',
    bio: 'My shadow took the classes.',
    hue: 300,
  },
  {
    handle: 'nebo.nad.kuhney',
    displayName: 'Небо над кухней',
    language: 'uk',
    bio: 'Дивлюся вгору, поки кипить чайник.',
    hue: 228,
  },
] as const satisfies readonly Creator[];

export type Handle = (typeof creators)[number]['handle'];
