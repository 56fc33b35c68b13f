import { popUpTown, snowflake } from '../scenes/paper/cutting.ts';
import { crane, paperBoat, paperPlane } from '../scenes/paper/folding.ts';
import { clipsOf } from './clip.ts';

export const paperClips = clipsOf('paper', 'folding', [
  {
    id: 'paper-crane',
    creator: 'ori.no.heya',
    language: 'ja',
    soundTitle: 'つるの朝',
    caption: '三回折ったら、もう飛びたがっている。 #折り紙 #つる',
    story: crane,
    seconds: 5.5,
    poster: 0.72,
  },
  {
    id: 'paper-paper-boat',
    creator: 'papier_und_pause',
    language: 'de',
    soundTitle: 'Gestern auf See',
    caption: 'Die Zeitung von gestern hat heute Urlaub. #papierboot #falten #meer',
    story: paperBoat,
    seconds: 9,
    poster: 0.8,
  },
  {
    id: 'paper-paper-plane',
    creator: 'papier_und_pause',
    language: 'de',
    soundTitle: 'Büropause',
    caption: 'Um die Lampe, Looping, Papierkorb. Erster Versuch (der vierzigste). #papierflieger #büro',
    story: paperPlane,
    seconds: 6,
    poster: 0.5,
    smooth: true,
  },
  {
    id: 'paper-snowflake',
    creator: 'ori.no.heya',
    language: 'ja',
    soundTitle: 'ろっかく',
    caption: '切るのは四回だけ。ひらくまで、だれにも分からない。 #切り紙 #雪 #ひらく',
    story: snowflake,
    seconds: 10,
    poster: 0.94,
  },
  {
    id: 'paper-pop-up-town',
    creator: 'ori.no.heya',
    language: 'ja',
    soundTitle: 'とびだす町',
    caption: '本をひらくと、町が起きる。そして夜になる。 #しかけ絵本 #町 #紙',
    story: popUpTown,
    seconds: 10,
    poster: 0.68,
  },
]);
