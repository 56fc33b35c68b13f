import type { Tunables } from '../../platform/tunables.ts';

/** The numbers an operator may turn in this room. */
export function declareRenderingTunables(tunables: Tunables) {
  return tunables.declare({
    'renderings.perAccount': {
      standard: 3,
      min: 0,
      max: 100,
      unit: 'videos',
      reason: 'One is made at a time: nobody should fill the line; 0 takes none',
    },
    'renderings.waiting': {
      standard: 30,
      min: 1,
      max: 1000,
      unit: 'videos',
      reason: 'Under way for all together: who comes behind them would wait for hours on a small machine',
    },
  });
}
