import { z } from 'zod';
import { Person } from './accounts.ts';
import { PlaylistId, VideoId } from './ids.ts';
import { route } from './route.ts';
import { Video } from './videos.ts';

/** What a playlist may hold, a person may have, and a profile may pin. */
export const mostInPlaylist = 100;
export const mostPlaylists = 24;
export const mostPins = 3;

/** Videos of one person in the order they are meant to be watched in. Who may not see a video does not find it here. */
export const Playlist = z
  .object({
    id: PlaylistId,
    title: z.string(),
    owner: Person,
    mine: z.boolean(),
    /** Those that this viewer may see. */
    videos: z.number().int().min(0),
    coverUrl: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Playlist' });
export type Playlist = z.infer<typeof Playlist>;

const title = z.string().trim().min(1).max(100);
const ids = z
  .array(VideoId)
  .max(mostInPlaylist)
  .refine((all) => new Set(all).size === all.length, 'Each video once');
const byId = z.object({ id: PlaylistId });
const byHandle = z.object({ handle: z.string().min(1).max(80) });
const whole = z.object({ playlist: Playlist, videos: z.array(Video) });

export const createPlaylist = route({
  name: 'createPlaylist',
  method: 'post',
  path: '/api/playlists',
  access: 'member',
  summary: 'Make a playlist of my videos. Again with the same key: the same playlist',
  body: z.object({ key: z.uuid(), title, ids: ids.default([]) }).strict(),
  reply: Playlist,
  status: 201,
  errors: ['playlists_full'],
  limit: { points: 60, seconds: 3600 },
});

export const getPlaylist = route({
  name: 'getPlaylist',
  method: 'get',
  path: '/api/playlists/{id}',
  access: 'viewer',
  summary: 'A playlist and those of its videos that this viewer may see, in order',
  params: byId,
  reply: whole,
});

export const changePlaylist = route({
  name: 'changePlaylist',
  method: 'patch',
  path: '/api/playlists/{id}',
  access: 'owner',
  summary: 'Give it another title, or other videos in another order',
  params: byId,
  body: z.object({ title, ids }).partial().strict(),
  reply: whole,
});

export const addToPlaylist = route({
  name: 'addToPlaylist',
  method: 'post',
  path: '/api/playlists/{id}/videos',
  access: 'owner',
  summary: 'Put videos of mine at its end; those that are in it stay where they are',
  params: byId,
  body: z.object({ ids: ids.min(1) }).strict(),
  reply: Playlist,
  errors: ['playlist_full'],
});

export const deletePlaylist = route({
  name: 'deletePlaylist',
  method: 'delete',
  path: '/api/playlists/{id}',
  access: 'owner',
  summary: 'Delete a playlist; its videos stay. Again: the same answer',
  params: byId,
});

export const personPlaylists = route({
  name: 'personPlaylists',
  method: 'get',
  path: '/api/people/{handle}/playlists',
  access: 'viewer',
  summary: 'The playlists of a person in which this viewer may see something, newest first',
  params: byHandle,
  reply: z.object({ playlists: z.array(Playlist) }),
});

export const pinnedVideos = route({
  name: 'pinnedVideos',
  method: 'get',
  path: '/api/people/{handle}/pins',
  access: 'viewer',
  summary: 'What a person has pinned to the top of their profile, the newest pin first',
  params: byHandle,
  reply: z.object({ videos: z.array(Video) }),
});

const ofVideo = z.object({ id: VideoId });
export const pinVideo = route({
  name: 'pinVideo',
  method: 'put',
  path: '/api/videos/{id}/pin',
  access: 'owner',
  summary: 'Pin a video of mine to the top of my profile. Again: the same answer',
  params: ofVideo,
  reply: z.object({ pinned: z.boolean() }),
  errors: ['pins_full'],
});
export const unpinVideo = route({
  name: 'unpinVideo',
  method: 'delete',
  path: '/api/videos/{id}/pin',
  access: 'owner',
  summary: 'Take a pin off. Again: the same answer',
  params: ofVideo,
  reply: z.object({ pinned: z.boolean() }),
});

export const playlistRoutes = [
  createPlaylist,
  getPlaylist,
  changePlaylist,
  addToPlaylist,
  deletePlaylist,
  personPlaylists,
  pinnedVideos,
  pinVideo,
  unpinVideo,
] as const;
