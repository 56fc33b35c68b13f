import * as contract from '../../../contract/rendering.ts';
import type { Bus } from '../../platform/bus.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import { followStream } from '../../platform/http/sse.ts';
import { topicOf } from './renderings.store.ts';
import type { Renderings } from './renderings.ts';

export function renderingsHttp({
  renderings,
  bus,
}: {
  renderings: Omit<Renderings, 'http'>;
  bus: Bus;
}): Handled[] {
  return [
    handle(contract.getRendering, async () => ({ state: await renderings.state() })),
    handle(contract.myRenderings, async (call) => ({ renderings: await renderings.mine(accountOf(call)) })),
    handle(contract.renderDraft, (call) =>
      renderings.order(accountOf(call), call.params.id, call.body.revision),
    ),
    handle(contract.draftRendering, (call) => renderings.find(accountOf(call), call.params.id)),
    handle(contract.stopRendering, async (call) => {
      await renderings.stop(accountOf(call), call.params.id);
      return undefined;
    }),
    handle(contract.followRendering, async (call) => {
      const { id: draftId } = call.params;
      const accountId = accountOf(call);
      await renderings.find(accountId, draftId);
      return followStream(call.signal, {
        event: 'rendering',
        look: () => renderings.find(accountId, draftId),
        isLast: ({ state }) => state !== 'waiting' && state !== 'making',
        subscribe: (look) => bus.subscribe(topicOf({ accountId, draftId }), look),
      });
    }),
  ];
}
