import type { Tunables } from '../../platform/tunables.ts';

const mb = 1_000_000;

/** The numbers an operator may turn in this room. */
export function declareDraftTunables(tunables: Tunables) {
  return tunables.declare({
    'drafts.perAccount': {
      standard: 100,
      min: 0,
      max: 1000,
      unit: 'drafts',
      reason: 'More than anybody works on at once; 0 keeps no new ones',
    },
    'drafts.accountBytes': {
      standard: 2000 * mb,
      min: 0,
      max: 1_000_000 * mb,
      unit: 'bytes',
      reason:
        'Materials of one account: some hundred takes of a phone; nobody but their maker has anything of them',
    },
    'drafts.reserveBytes': {
      standard: 1000 * mb,
      min: 0,
      max: 1_000_000 * mb,
      unit: 'bytes',
      reason:
        'Room that drafts must leave on the disk: more than uploads must, so that publishing goes on longest',
    },
  });
}
