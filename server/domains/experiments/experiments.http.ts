import * as contract from '../../../contract/experiments.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Experiments } from './experiments.ts';

export function experimentHttp(experiments: Omit<Experiments, 'http'>): Handled[] {
  return [
    handle(contract.listExperiments, async () => ({ experiments: await experiments.list() })),
    handle(contract.createExperiment, (call) => experiments.create(call.body, accountOf(call))),
    handle(contract.startExperiment, (call) => experiments.begin(call.params.key, accountOf(call))),
    handle(contract.stopExperiment, (call) => experiments.end(call.params.key, accountOf(call))),
    handle(contract.discardExperiment, async ({ params }) => {
      await experiments.discard(params.key);
      return undefined;
    }),
  ];
}
