import { cactus, heliotrope, sunflower } from '../scenes/balcony/flowers.ts';
import { greenHouse, tomatoThief } from '../scenes/balcony/tenants.ts';
import { clipsOf } from './clip.ts';

export const balconyClips = clipsOf('balcony', 'garden', [
  {
    id: 'balcony-sunflower',
    creator: 'tiny.balcony',
    language: 'en',
    soundTitle: 'Two Square Metres',
    caption: 'Day 1 to day 70 in six seconds. She says hello. #balconygarden #sunflower',
    story: sunflower,
    seconds: 5,
    poster: 0.9,
  },
  {
    id: 'balcony-tomato-thief',
    creator: 'horta.da.janela',
    language: 'pt',
    soundTitle: 'Seis Tomates',
    caption: 'Contei seis. Agora são cinco. Suspeito: azul, com máscara. #horta #tomates #ladrão',
    story: tomatoThief,
    seconds: 10,
    poster: 0.66,
    lines: [
      [0.3, 0.6, 'um, dois, três…'],
      [0.72, 0.84, 'ei!'],
      [0.88, 0.99, 'cinco'],
    ],
  },
  {
    id: 'balcony-heliotrope',
    creator: 'tiny.balcony',
    language: 'en',
    soundTitle: 'Follow the Bee',
    caption: 'Five of them follow the sun. Then there is Margaret. #balconygarden #flowers #bee',
    story: heliotrope,
    seconds: 11,
    poster: 0.4,
  },
  {
    id: 'balcony-green-house',
    creator: 'horta.da.janela',
    language: 'pt',
    soundTitle: 'Contagioso',
    caption: 'Começou com um vaso. Uma rua inteira depois… #horta #vizinhos #varanda',
    story: greenHouse,
    seconds: 9,
    poster: 0.8,
  },
  {
    id: 'balcony-cactus',
    creator: 'tiny.balcony',
    language: 'en',
    soundTitle: 'Stubborn',
    caption:
      'Seven days with my cactus. Please stay until the end, he worked hard for this. #cactus #patience #balconygarden',
    story: cactus,
    seconds: 8,
    poster: 0.95,
  },
]);
