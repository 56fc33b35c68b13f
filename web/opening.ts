/**
 * Videos that a viewer opened by themselves, from a link or a page that lists them: no feed served them, so the token
 * under which watching is told is asked for here. Without a line there is none, and nothing is told.
 */
import type { OpenedFrom } from '../contract/feeds.ts';
import type { Video } from '../contract/videos.ts';
import { api } from './api.ts';
import type { Place } from './paths.ts';
import { createStore } from './store.ts';

/** The contract takes no more in one request. */
const atOnce = 48;
const tokens = new Map<string, string>();

/** The page before this one; null on a fresh start. */
export const lastPlace = createStore<Place['name'] | null>(null);

const listing: Partial<Record<Place['name'], OpenedFrom>> = {
  person: 'profile',
  myVideos: 'profile',
  tag: 'tag',
  sound: 'sound',
  playlist: 'playlist',
  discover: 'discover',
};
export function cameFrom(): OpenedFrom {
  const place = lastPlace.get();
  return (place && listing[place]) ?? 'link';
}

export async function openVideos(videos: readonly Video[], from: OpenedFrom): Promise<void> {
  const ids = videos.filter((video) => !tokens.has(video.id)).map((video) => video.id);
  try {
    for (let at = 0; at < ids.length; at += atOnce) {
      const { opened } = await api.openVideos({ ids: ids.slice(at, at + atOnce), from });
      for (const { id, token } of opened) tokens.set(id, token);
    }
  } catch {
    // Watching goes on; that it is not told takes nothing from the viewer.
  }
}

export function openedToken(videoId: string): string | null {
  return tokens.get(videoId) ?? null;
}
