/**
 * The topics a video can be about; their names for people are messages `topic.<name>`. Imports nothing, so that the web
 * can have the list without the schemas.
 */
export const topics = [
  'animals',
  'art',
  'beauty',
  'books',
  'comedy',
  'crafts',
  'dance',
  'family',
  'fashion',
  'film',
  'food',
  'games',
  'garden',
  'health',
  'home',
  'language',
  'music',
  'nature',
  'news',
  'outdoors',
  'science',
  'sport',
  'technology',
  'travel',
  'weather',
] as const;
export type Topic = (typeof topics)[number];
