import {
  askForCaptions,
  followSuggestedCaptions,
  type HeardSpeech,
  suggestedCaptions,
} from '../../../contract/speech.ts';
import type { Bus } from '../../platform/bus.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import { eventStream } from '../../platform/http/sse.ts';
import { topicOf } from './speech.store.ts';
import type { Speech } from './speech.ts';

/** A lost note is made good by looking again after so long. */
const lookAgainMs = 5000;

export function speechHttp({ speech, bus }: { speech: Omit<Speech, 'http'>; bus: Bus }): Handled[] {
  return [
    handle(askForCaptions, (call) => speech.ask(accountOf(call), call.params.id)),
    handle(suggestedCaptions, (call) => speech.heard(accountOf(call), call.params.id)),
    handle(followSuggestedCaptions, async (call) => {
      const { id } = call.params;
      const accountId = accountOf(call);
      await speech.heard(accountId, id);
      return eventStream(call.signal, async (send, end) => {
        let last: HeardSpeech | null = null;
        let looking: Promise<void> = Promise.resolve();
        const look = () => {
          looking = looking
            .then(async () => {
              const next = await speech.heard(accountId, id);
              if (JSON.stringify(next) !== JSON.stringify(last)) send('captions', next);
              last = next;
              if (next.state === 'done' || next.state === 'failed') end();
            })
            // Discarded meanwhile: there is nothing to follow any more.
            .catch(end);
        };
        const stop = bus.subscribe(topicOf(id), look);
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
