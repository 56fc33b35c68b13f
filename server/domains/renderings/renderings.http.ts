import type { DraftRendering } from '../../../contract/rendering.ts';
import * as contract from '../../../contract/rendering.ts';
import type { Bus } from '../../platform/bus.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import { eventStream } from '../../platform/http/sse.ts';
import { topicOf } from './renderings.store.ts';
import type { Renderings } from './renderings.ts';

/** A lost note is made good by looking again after so long. */
const lookAgainMs = 5000;

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
      return eventStream(call.signal, async (send, end) => {
        let last: DraftRendering | null = null;
        let looking: Promise<void> = Promise.resolve();
        const look = () => {
          looking = looking
            .then(async () => {
              const next = await renderings.find(accountId, draftId);
              if (JSON.stringify(next) !== JSON.stringify(last)) send('rendering', next);
              last = next;
              if (next.state !== 'waiting' && next.state !== 'making') end();
            })
            // Removed meanwhile: there is nothing to follow any more.
            .catch(end);
        };
        const stop = bus.subscribe(topicOf({ accountId, draftId }), look);
        const timer = setInterval(look, lookAgainMs);
        look();
        await looking;
        return () => {
          stop();
          clearInterval(timer);
        };
      });
    }),
  ];
}
