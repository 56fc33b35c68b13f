import {
  askUploadSound,
  changeSound,
  favouriteSound,
  getSound,
  listSounds,
  setSoundMarkets,
  unfavouriteSound,
  withdrawSound,
  withdrawSoundForRights,
} from '../../../contract/sounds.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Library } from './library.ts';
import type { createAskingUploads } from './uploads.jobs.ts';

export function soundsHttp(library: Library, uploads: ReturnType<typeof createAskingUploads>): Handled[] {
  return [
    handle(listSounds, ({ caller, query }) => library.list(caller.accountId, query)),
    handle(getSound, ({ caller, params }) => library.show(caller.accountId, params.id)),
    handle(favouriteSound, async (call) => {
      await library.mark(accountOf(call), call.params.id);
      return { favourite: true };
    }),
    handle(unfavouriteSound, async (call) => {
      await library.unmark(accountOf(call), call.params.id);
      return { favourite: false };
    }),
    handle(changeSound, (call) => library.change(accountOf(call), call.params.id, call.body)),
    handle(withdrawSound, (call) => library.withdraw(accountOf(call), call.params.id, 'owner')),
    handle(setSoundMarkets, (call) => library.setMarkets(accountOf(call), call.params.id, call.body.markets)),
    handle(withdrawSoundForRights, (call) =>
      library.withdraw(accountOf(call), call.params.id, call.body.reason),
    ),
    handle(askUploadSound, (call) => uploads.ask(accountOf(call), call.params.id)),
  ];
}
