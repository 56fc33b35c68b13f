import { puddle, umbrellas } from '../scenes/rain/streets.ts';
import { dropRace, laundry, smallCloud } from '../scenes/rain/windows.ts';
import { clipsOf } from './clip.ts';

export const rainClips = clipsOf('rain', 'drizzle', [
  {
    id: 'rain-umbrellas',
    creator: 'yagmur.penceresi',
    language: 'tr',
    soundTitle: 'Sarı Şemsiye',
    caption: 'Bir sarı şemsiye yeter. Bulaşıcıdır. #yağmur #şemsiye #renk',
    story: umbrellas,
    seconds: 5,
    poster: 0.72,
  },
  {
    id: 'rain-drop-race',
    creator: 'yagmur.penceresi',
    language: 'tr',
    soundTitle: 'Cam Kupası',
    caption: 'Üç damla, bir cam. Paranız kimde? #yağmur #yarış #pencere',
    story: dropRace,
    seconds: 9,
    poster: 0.86,
    smooth: true,
  },
  {
    id: 'rain-puddle',
    creator: 'tiny.balcony',
    language: 'en',
    soundTitle: 'Red Boots',
    caption: 'Weather report: excellent. #rain #puddle #redboots',
    story: puddle,
    seconds: 7,
    poster: 0.68,
    smooth: true,
  },
  {
    id: 'rain-small-cloud',
    creator: 'yagmur.penceresi',
    language: 'tr',
    soundTitle: 'Küçük Bulut',
    caption: 'Küçük bulut ağladı, küçük çiçek dinledi. #bulut #gökkuşağı',
    story: smallCloud,
    seconds: 10,
    poster: 0.92,
  },
  {
    id: 'rain-laundry',
    creator: 'abuela.del.fuego',
    language: 'es',
    soundTitle: 'Calcetín Libre',
    caption: 'Nunca volví a encontrar la pareja. Ahora sé por qué. #viento #colada #calcetín',
    story: laundry,
    seconds: 9,
    poster: 0.94,
    smooth: true,
  },
]);
