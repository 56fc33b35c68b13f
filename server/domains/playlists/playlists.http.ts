import * as contract from '../../../contract/playlists.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Playlists } from './playlists.ts';

export function playlistHttp(playlists: Playlists): Handled[] {
  return [
    handle(contract.createPlaylist, (call) => playlists.create(call.caller, accountOf(call), call.body)),
    handle(contract.getPlaylist, ({ caller, params }) => playlists.open(caller, params.id)),
    handle(contract.changePlaylist, async (call) => {
      await playlists.change(accountOf(call), call.params.id, call.body);
      return playlists.open(call.caller, call.params.id);
    }),
    handle(contract.addToPlaylist, (call) =>
      playlists.add(call.caller, accountOf(call), call.params.id, call.body.ids),
    ),
    handle(contract.deletePlaylist, async (call) => {
      await playlists.remove(accountOf(call), call.params.id);
      return new Response(null, { status: 204 });
    }),
    handle(contract.personPlaylists, async ({ caller, params }) => ({
      playlists: await playlists.of(caller, params.handle),
    })),
    handle(contract.pinnedVideos, async ({ caller, params }) => ({
      videos: await playlists.pinned(caller, params.handle),
    })),
    handle(contract.pinVideo, async (call) => {
      await playlists.pin(accountOf(call), call.params.id, true);
      return { pinned: true };
    }),
    handle(contract.unpinVideo, async (call) => {
      await playlists.pin(accountOf(call), call.params.id, false);
      return { pinned: false };
    }),
  ];
}
