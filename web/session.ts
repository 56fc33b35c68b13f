/**
 * Who is watching on this device, and what this server is: from the page's own JSON, else from the API.
 * Call `refreshSession` after signing in, up or out. It knows no surface and asks for no password.
 */
import { useSyncExternalStore } from 'react';
import type { Me, Session } from '../contract/accounts.ts';
import type { Instance } from '../contract/desk.ts';
import type { FeedPage } from '../contract/feeds.ts';
import type { Video } from '../contract/videos.ts';
import { api } from './api.ts';
import { createStore } from './store.ts';

export type Bootstrap = {
  session: Session;
  instance: Instance;
  feed: FeedPage | null;
  video: Video | null;
};

/** What the server wrote into the page; null where it wrote nothing (the offline shell, a development server). */
export function readBootstrap(text: string | null | undefined): Bootstrap | null {
  if (!text) return null;
  try {
    return JSON.parse(text) as Bootstrap;
  } catch {
    // A page cut off on its way: everything in it can be fetched.
    return null;
  }
}

export const bootstrap: Bootstrap | null = readBootstrap(
  typeof document === 'undefined' ? null : document.getElementById('kinora-bootstrap')?.textContent,
);

const sessions = createStore<Session | null>(bootstrap?.session ?? null);
const instances = createStore<Instance | null>(bootstrap?.instance ?? null);

export async function refreshSession(): Promise<Session> {
  const session = await api.getSession();
  sessions.set(session);
  return session;
}

export async function refreshInstance(): Promise<Instance> {
  const instance = await api.getInstance();
  instances.set(instance);
  return instance;
}

/** After a change of one's own profile: the new facts, without asking again. */
export function adoptMe(me: Me): void {
  const session = sessions.get();
  if (session) sessions.set({ ...session, me });
}

export const session = { get: sessions.get, subscribe: sessions.subscribe };
export const instance = { get: instances.get, subscribe: instances.subscribe };

/** Null until known; the shell asks at the start. */
export function useSession(): Session | null {
  return useSyncExternalStore(sessions.subscribe, sessions.get);
}

/** The signed-in member, or null for a guest (and while it is not known yet). */
export function useMe(): Me | null {
  return useSession()?.me ?? null;
}

export function useInstance(): Instance | null {
  return useSyncExternalStore(instances.subscribe, instances.get);
}
