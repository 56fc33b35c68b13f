import { hourglass, lateCuckoo, pendulumWave } from '../scenes/clockwork/clocks.ts';
import { assembly, missingGear } from '../scenes/clockwork/gears.ts';
import { clipsOf } from './clip.ts';

export const clockworkClips = clipsOf('clockwork', 'clock', [
  {
    id: 'clockwork-missing-gear',
    creator: 'kleine.schraube',
    language: 'de',
    soundTitle: 'Das fehlende Rad',
    caption: 'Alles war da. Nur eines nicht. #uhrwerk #zahnrad',
    story: missingGear,
    seconds: 5,
    poster: 0.7,
  },
  {
    id: 'clockwork-late-cuckoo',
    creator: 'kleine.schraube',
    language: 'de',
    soundTitle: 'Zwölf Uhr und etwas',
    caption: 'Punkt zwölf. Also ungefähr. #kuckucksuhr #morgenmuffel',
    story: lateCuckoo,
    seconds: 9,
    poster: 0.8,
  },
  {
    id: 'clockwork-hourglass',
    creator: 'faro_pequeno',
    language: 'es',
    soundTitle: 'Arena',
    caption: 'Tenía un minuto y lo aprovechó. #reloj #arena #castillo',
    story: hourglass,
    seconds: 10,
    poster: 0.86,
  },
  {
    id: 'clockwork-assembly',
    creator: 'kleine.schraube',
    language: 'de',
    soundTitle: 'Sieben Teile',
    caption: 'Sieben Teile, ein Herzschlag. #uhrmacher #montage',
    story: assembly,
    seconds: 8,
    poster: 0.9,
  },
  {
    id: 'clockwork-pendulum-wave',
    creator: 'olho.torto',
    language: 'pt',
    soundTitle: 'Quinze Pêndulos',
    caption: 'Eles se perdem e se encontram. Fique até o fim. #pêndulo #relógio #hipnótico',
    story: pendulumWave,
    seconds: 18,
    poster: 0.4,
    smooth: true,
  },
]);
