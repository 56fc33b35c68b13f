import { bottlePost, deepDown, whale } from '../scenes/sea/depths.ts';
import { freshPaint, lostBoat } from '../scenes/sea/lighthouse.ts';
import { clipsOf } from './clip.ts';

export const seaClips = clipsOf('sea', 'tides', [
  {
    id: 'sea-fresh-paint',
    creator: 'faro_pequeno',
    language: 'es',
    soundTitle: 'Pintura Fresca',
    caption: 'Cuatro franjas, un cubo, una gaviota. #faro #mar #pintura',
    story: freshPaint,
    seconds: 5.5,
    poster: 0.9,
  },
  {
    id: 'sea-lost-boat',
    creator: 'faro_pequeno',
    language: 'es',
    soundTitle: 'Vuelta de Luz',
    caption: 'A la tercera vuelta lo encontré. #faro #barco #noche',
    story: lostBoat,
    seconds: 9,
    poster: 0.9,
  },
  {
    id: 'sea-whale',
    creator: 'qitar.albahr',
    language: 'ar',
    soundTitle: 'صيد اليوم',
    caption: 'لم يصطد شيئًا اليوم. أو هكذا ظن. #بحر #حوت #صيد',
    story: whale,
    seconds: 10,
    poster: 0.78,
  },
  {
    id: 'sea-bottle-post',
    creator: 'faro_pequeno',
    language: 'es',
    soundTitle: 'Tres Días',
    caption: 'Tres días de viaje. Respuesta inmediata. #mar #botella #carta',
    story: bottlePost,
    seconds: 11,
    poster: 0.94,
  },
  {
    id: 'sea-deep-down',
    creator: 'layl.wa.nujum',
    language: 'ar',
    soundTitle: 'فانوس الأعماق',
    caption: 'في أعمق نقطة، ضوء صغير وكتاب. #أعماق #قراءة #بحر',
    story: deepDown,
    seconds: 12,
    poster: 0.92,
  },
]);
