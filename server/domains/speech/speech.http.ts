import { askForCaptions, followSuggestedCaptions, suggestedCaptions } from '../../../contract/speech.ts';
import type { Bus } from '../../platform/bus.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import { followStream } from '../../platform/http/sse.ts';
import { topicOf } from './speech.store.ts';
import type { Speech } from './speech.ts';

export function speechHttp({ speech, bus }: { speech: Omit<Speech, 'http'>; bus: Bus }): Handled[] {
  return [
    handle(askForCaptions, (call) => speech.ask(accountOf(call), call.params.id)),
    handle(suggestedCaptions, (call) => speech.heard(accountOf(call), call.params.id)),
    handle(followSuggestedCaptions, async (call) => {
      const { id } = call.params;
      const accountId = accountOf(call);
      await speech.heard(accountId, id);
      return followStream(call.signal, {
        event: 'captions',
        look: () => speech.heard(accountId, id),
        isLast: ({ state }) => state === 'done' || state === 'failed',
        subscribe: (look) => bus.subscribe(topicOf(id), look),
      });
    }),
  ];
}
