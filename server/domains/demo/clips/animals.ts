import { ants, hedgehog, snail } from '../scenes/animals/meadow.ts';
import { ducklings, frog } from '../scenes/animals/pond.ts';
import { clipsOf } from './clip.ts';

export const animalsClips = clipsOf('animals', 'critters', [
  {
    id: 'animals-frog',
    creator: 'chiisana.ikimono',
    language: 'ja',
    soundTitle: 'はえとかえる',
    caption: '二回しっぱい、三回目はともだち。 #かえる #小さな生きもの',
    story: frog,
    seconds: 5.5,
    poster: 0.93,
  },
  {
    id: 'animals-ducklings',
    creator: 'chiisana.ikimono',
    language: 'ja',
    soundTitle: '五ばんめ',
    caption: '五番目の子は、いつも何かを見つける。 #あひる #池 #おいてかないで',
    story: ducklings,
    seconds: 10,
    poster: 0.44,
    smooth: true,
  },
  {
    id: 'animals-snail',
    creator: 'tiny.balcony',
    language: 'en',
    soundTitle: 'Grand Prix',
    caption: 'New personal best. The crowd could not believe it either. #snail #racing #tinyanimals',
    story: snail,
    seconds: 8,
    poster: 0.86,
  },
  {
    id: 'animals-hedgehog',
    creator: 'papier_und_pause',
    language: 'de',
    soundTitle: 'Herbstrolle',
    caption: 'Einmal runterrollen, bitte. Der Herbst kommt mit. #igel #herbst #laub',
    story: hedgehog,
    seconds: 9,
    poster: 0.9,
    smooth: true,
  },
  {
    id: 'animals-ants',
    creator: 'chiisana.ikimono',
    language: 'ja',
    soundTitle: 'よいしょ',
    caption: 'ちょっとだけ大きいおやつ。入口のことは考えていなかった。 #あり #すいか #よいしょ',
    story: ants,
    seconds: 8,
    poster: 0.8,
  },
]);
