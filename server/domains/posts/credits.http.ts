import { getMaking, giveBack, setMaking, takeBack } from '../../../contract/making.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Credits } from './credits.ts';

export function creditsHttp(credits: Credits): Handled[] {
  return [
    handle(getMaking, (call) => credits.defaults(accountOf(call))),
    handle(setMaking, async (call) => {
      const { allowed, earlierToo } = call.body;
      await credits.setDefaults(accountOf(call), allowed, earlierToo);
      return allowed;
    }),
    handle(takeBack, async (call) => {
      await credits.takeBack(accountOf(call), call.params.id, true);
      return new Response(null, { status: 204 });
    }),
    handle(giveBack, async (call) => {
      await credits.takeBack(accountOf(call), call.params.id, false);
      return new Response(null, { status: 204 });
    }),
  ];
}
