import { dumplings, popcorn } from '../scenes/onepan/lids.ts';
import { pancake, shakshuka, wok } from '../scenes/onepan/pans.ts';
import { clipsOf } from './clip.ts';

export const onepanClips = clipsOf('onepan', 'kitchen', [
  {
    id: 'onepan-shakshuka',
    creator: 'saffron.and.smoke',
    language: 'en',
    soundTitle: 'Copper Kitchen',
    caption: 'Shakshuka in fourteen minutes, one pan, no excuses. #onepan #weeknight #shakshuka',
    story: shakshuka,
    seconds: 5.5,
    poster: 0.97,
    lines: [
      [0.02, 0.14, 'first the sauce'],
      [0.15, 0.34, 'now crack them in, gently'],
      [0.66, 0.96, 'good morning, you three'],
    ],
  },
  {
    id: 'onepan-pancake',
    creator: 'abuela.del.fuego',
    language: 'es',
    soundTitle: 'Sartén al Sol',
    caption: 'Paciencia, paciencia… y aterrizaje perfecto. #desayuno #tortitas #unasarten',
    story: pancake,
    seconds: 8,
    poster: 0.96,
    smooth: true,
    lines: [
      [0.06, 0.2, 'a la de tres'],
      [0.36, 0.54, '¿alguien la ve?'],
      [0.8, 0.98, 'directa al plato'],
    ],
  },
  {
    id: 'onepan-popcorn',
    creator: 'tavada.bir.sey',
    language: 'tr',
    soundTitle: 'Mısır Patladı',
    caption: 'Hepsi patladı sandım. Biri daha varmış! #patlamışmısır #mutfak #filmgecesi',
    story: popcorn,
    seconds: 11,
    poster: 0.62,
  },
  {
    id: 'onepan-wok',
    creator: 'saffron.and.smoke',
    language: 'en',
    soundTitle: 'High Heat',
    caption: 'Keep it moving, keep it hot, land it in the bowl. #onepan #wok #fakeaway',
    story: wok,
    seconds: 9,
    poster: 0.48,
    smooth: true,
  },
  {
    id: 'onepan-dumplings',
    creator: 'tavada.bir.sey',
    language: 'tr',
    soundTitle: 'Buharlı Sabah',
    caption: 'Kapağı açınca uyandılar. Ortadaki hariç. #mantı #buhar #uykucu',
    story: dumplings,
    seconds: 10,
    poster: 0.93,
  },
]);
