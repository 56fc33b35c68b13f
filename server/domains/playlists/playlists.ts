import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, PlaylistId, VideoId } from '../../../contract/ids.ts';
import { mostInPlaylist, mostPins, mostPlaylists, type Playlist } from '../../../contract/playlists.ts';
import type { Video } from '../../../contract/videos.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Caller, Handled } from '../../platform/http/handle.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Media } from '../media/media.ts';
import type { Posts } from '../posts/posts.ts';
import type { Visibility } from '../visibility/visibility.ts';
import { playlistHttp } from './playlists.http.ts';
import {
  alone,
  bury,
  deletePin,
  findByKey,
  findPlaylist,
  forgetOwner,
  forgetVideo,
  idsIn,
  insertPin,
  insertPlaylist,
  type PlaylistRow,
  pinsOf,
  playlistsOf,
  rename,
  setIds,
  type Trx,
} from './playlists.store.ts';
import type { PlaylistTables } from './playlists.tables.ts';

/**
 * One's own videos in an order of one's own, and those at the top of one's profile. Knows orders; whether a viewer may
 * see a video, visibility says each time, so that a playlist tells nothing of what is hidden, not even how much.
 */
export type Playlists = {
  /** Again with the same key: the same playlist. Throws playlists_full. */
  create(caller: Caller, ownerId: AccountId, wish: NewPlaylist): Promise<Playlist>;
  /** Throws not_found, also when there is nothing in it that this viewer may see. */
  open(caller: Caller, id: PlaylistId): Promise<{ playlist: Playlist; videos: Video[] }>;
  change(ownerId: AccountId, id: PlaylistId, change: { title?: string; ids?: VideoId[] }): Promise<void>;
  /** Those that are in it stay where they are. Throws playlist_full. */
  add(caller: Caller, ownerId: AccountId, id: PlaylistId, ids: readonly VideoId[]): Promise<Playlist>;
  remove(ownerId: AccountId, id: PlaylistId): Promise<void>;
  of(caller: Caller, handle: string): Promise<Playlist[]>;
  /** Throws pins_full. */
  pin(ownerId: AccountId, id: VideoId, on: boolean): Promise<void>;
  pinned(caller: Caller, handle: string): Promise<Video[]>;
};
export type NewPlaylist = { key: string; title: string; ids: VideoId[] };

export type PlaylistsDeps = {
  database: Database;
  outbox: Outbox;
  clock: Clock;
  accounts: Pick<Accounts, 'people' | 'personByHandle'>;
  media: Pick<Media, 'assets'>;
  posts: Pick<Posts, 'posts'>;
  visibility: Visibility;
  /** Those the caller may see, in the order of the ids. */
  present(caller: Caller, ids: readonly VideoId[]): Promise<Video[]>;
};

export function createPlaylists(deps: PlaylistsDeps): Playlists & { http: Handled[] } {
  const { clock, outbox, posts, accounts } = deps;
  const db = deps.database.of<PlaylistTables>();
  const now = () => new Date(clock.now());
  outbox.on('post.deleted', 'playlists.forget-video', ({ videoId }) => forgetVideo(db, videoId as VideoId));
  outbox.on('account.removed', 'playlists.forget-owner', ({ accountId }) =>
    forgetOwner(db, accountId as AccountId),
  );

  const inTurn = <Result>(ownerId: AccountId, work: (trx: Trx) => Promise<Result>) =>
    db.transaction().execute(async (trx) => {
      await alone(trx, ownerId);
      return work(trx);
    });

  /** Others learn no more of it than if it did not exist. */
  const own = (row: PlaylistRow | undefined, ownerId: AccountId): PlaylistRow => {
    if (row?.owner_id !== ownerId) throw new Refusal('not_found');
    return row;
  };
  const alive = (row: PlaylistRow): PlaylistRow => {
    if (row.deleted_at) throw new Refusal('not_found');
    return row;
  };
  const ownVideos = async (ownerId: AccountId, ids: readonly VideoId[]) => {
    const known = await posts.posts(ids);
    if (ids.some((id) => known.get(id)?.authorId !== ownerId)) throw new Refusal('not_found');
  };

  /** As this caller may see them; one question to each room for all of them. */
  const show = async (caller: Caller, rows: readonly PlaylistRow[]): Promise<Playlist[]> => {
    const ordered = await idsIn(
      db,
      rows.map((row) => row.id),
    );
    const known = await posts.posts([...new Set([...ordered.values()].flat())]);
    const [seen, people] = await Promise.all([
      deps.visibility.mayBeSeen(caller, [...known.values()]),
      accounts.people([...new Set(rows.map((row) => row.owner_id))]),
    ]);
    const visible = (row: PlaylistRow) => (ordered.get(row.id) ?? []).filter((id) => seen.has(id));
    const firstAsset = (row: PlaylistRow) =>
      visible(row)
        .map((id) => known.get(id)?.assetId ?? null)
        .find((id) => id !== null);
    const assets = await deps.media.assets(rows.flatMap((row) => firstAsset(row) ?? []));
    return rows.flatMap((row) => {
      const owner = people.get(row.owner_id);
      const mine = row.owner_id === caller.accountId;
      const videos = visible(row).length;
      if (!owner || (!mine && videos === 0)) return [];
      const asset = firstAsset(row);
      return {
        id: row.id,
        title: row.title,
        owner,
        mine,
        videos,
        coverUrl: (asset && assets.get(asset)?.posterUrl) || null,
        createdAt: row.created_at.toISOString(),
      };
    });
  };
  const showOne = async (caller: Caller, row: PlaylistRow): Promise<Playlist> => {
    const [playlist] = await show(caller, [row]);
    if (!playlist) throw new Refusal('not_found');
    return playlist;
  };

  const verbs: Playlists = {
    async create(caller, ownerId, { key, title, ids }) {
      await ownVideos(ownerId, ids);
      const row = await inTurn(ownerId, async (trx) => {
        const before = await findByKey(trx, ownerId, key);
        if (before) return alive(before);
        if ((await playlistsOf(trx, ownerId)).length >= mostPlaylists)
          throw new Refusal('playlists_full', { max: mostPlaylists });
        const made = {
          id: newId<PlaylistId>(),
          owner_id: ownerId,
          key,
          title: title.normalize('NFC'),
          created_at: now(),
          deleted_at: null,
        };
        await insertPlaylist(trx, made);
        await setIds(trx, made.id, ids);
        return made;
      });
      return showOne(caller, row);
    },
    async open(caller, id) {
      const row = await findPlaylist(db, id);
      if (!row || row.deleted_at) throw new Refusal('not_found');
      const playlist = await showOne(caller, row);
      const videos = await deps.present(caller, (await idsIn(db, [id])).get(id) ?? []);
      return { playlist, videos };
    },
    async change(ownerId, id, { title, ids }) {
      if (ids) await ownVideos(ownerId, ids);
      await inTurn(ownerId, async (trx) => {
        alive(own(await findPlaylist(trx, id), ownerId));
        if (title !== undefined) await rename(trx, id, title.normalize('NFC'));
        if (ids) await setIds(trx, id, ids);
      });
    },
    async add(caller, ownerId, id, ids) {
      const row = alive(own(await findPlaylist(db, id), ownerId));
      await ownVideos(ownerId, ids);
      await inTurn(ownerId, async (trx) => {
        alive(own(await findPlaylist(trx, id), ownerId));
        const before = (await idsIn(trx, [id])).get(id) ?? [];
        const all = [...new Set([...before, ...ids])];
        if (all.length > mostInPlaylist) throw new Refusal('playlist_full', { max: mostInPlaylist });
        await setIds(trx, id, all);
      });
      return showOne(caller, row);
    },
    async remove(ownerId, id) {
      await inTurn(ownerId, async (trx) => {
        if (!own(await findPlaylist(trx, id), ownerId).deleted_at) await bury(trx, id, now());
      });
    },
    async of(caller, handle) {
      const person = await accounts.personByHandle(handle);
      if (!person) throw new Refusal('not_found');
      return show(caller, await playlistsOf(db, person.id));
    },
    async pin(ownerId, id, on) {
      await ownVideos(ownerId, [id]);
      await inTurn(ownerId, async (trx) => {
        if (!on) return deletePin(trx, ownerId, id);
        const pins = await pinsOf(trx, ownerId);
        if (pins.includes(id)) return;
        if (pins.length >= mostPins) throw new Refusal('pins_full', { max: mostPins });
        await insertPin(trx, ownerId, id, now());
      });
    },
    async pinned(caller, handle) {
      const person = await accounts.personByHandle(handle);
      if (!person) throw new Refusal('not_found');
      return deps.present(caller, await pinsOf(db, person.id));
    },
  };
  return { ...verbs, http: playlistHttp(verbs) };
}
