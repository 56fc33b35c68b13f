import { useSyncExternalStore } from 'react';
import { createStore } from '../../store.ts';

/** One sound at a time is listened to, wherever it stands on the page. Leaving the page ends it. */
type Listening = { id: string; share: number; failed: boolean };

const store = createStore<Listening | null>(null);
let audio: HTMLAudioElement | null = null;

/** `id`: only if it is that sound. */
export function stopListening(id?: string): void {
  if (id !== undefined && store.get()?.id !== id) return;
  audio?.pause();
  audio = null;
  store.set(null);
}

export function listenTo(id: string, url: string): void {
  stopListening();
  const mine = new Audio(url);
  audio = mine;
  store.set({ id, share: 0, failed: false });
  const isMine = () => audio === mine;
  mine.ontimeupdate = () => {
    if (isMine() && mine.duration > 0)
      store.set({ id, share: mine.currentTime / mine.duration, failed: false });
  };
  mine.onended = () => {
    if (isMine()) stopListening();
  };
  const fail = () => {
    if (isMine()) store.set({ id, share: 0, failed: true });
  };
  mine.onerror = fail;
  mine.play().catch(fail);
}

export function useListening(id: string): Listening | null {
  const listening = useSyncExternalStore(store.subscribe, store.get);
  return listening?.id === id ? listening : null;
}
