import type { Tunables } from '../../platform/tunables.ts';

const mb = 1_000_000;

/** The numbers an operator may turn in this room. */
export function declareMediaTunables(tunables: Tunables) {
  return tunables.declare({
    'media.durationMs': {
      standard: 60_000,
      min: 5_000,
      max: 600_000,
      unit: 'ms',
      reason: 'Longest video that is taken; a minute is what a short video is',
    },
    'media.uploadBytes': {
      standard: 500 * mb,
      min: 5 * mb,
      max: 10_000 * mb,
      unit: 'bytes',
      reason: 'Largest file that is taken; a minute of 4K from a phone has about 400 MB',
    },
    'media.pixels': {
      standard: 4096 * 2176,
      min: 320 * 240,
      max: 8192 * 4352,
      unit: 'pixels',
      reason: 'Largest picture that is read; 4K in both of its kinds',
    },
    'media.reserveBytes': {
      standard: 300 * mb,
      min: 0,
      max: 1_000_000 * mb,
      unit: 'bytes',
      reason: 'Room that an upload must leave on the disk, for its renditions and for the database',
    },
    'media.keepUnfinishedDays': {
      standard: 7,
      min: 1,
      max: 60,
      unit: 'days',
      reason: 'An upload that was begun can be resumed for so long',
    },
    'media.keepUnusedDays': {
      standard: 30,
      min: 1,
      max: 365,
      unit: 'days',
      reason: 'A refused or unused upload stays for so long, unless its owner gives it up before',
    },
    'media.av1AfterViews': {
      standard: 500,
      min: 1,
      max: 1_000_000_000,
      unit: 'views',
      reason: 'AV1 saves a third of the bytes and costs an encode: worth it once a video is watched often',
    },
  });
}
export type MediaTunables = ReturnType<typeof declareMediaTunables>;
