import { useSyncExternalStore } from 'react';
import { createStore, type Store } from '../../store.ts';

/** Names that a person marked on this device, the newest first. Without storage they last as long as the page. */
const stores = new Map<string, Store<readonly string[]>>();
const most = 60;
const keyOf = (what: string) => `kinora.favourites.${what}`;

function storeOf(what: string): Store<readonly string[]> {
  const known = stores.get(what);
  if (known) return known;
  const store = createStore<readonly string[]>(read(what));
  stores.set(what, store);
  return store;
}

function read(what: string): string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(keyOf(what)) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string').slice(0, most) : [];
  } catch {
    return []; // Forbidden storage, or text that somebody else wrote there.
  }
}

export function useFavourites(what: 'effects' | 'stickers') {
  const store = storeOf(what);
  const names = useSyncExternalStore(store.subscribe, store.get, store.get);
  return {
    names,
    toggle(name: string) {
      const next = names.includes(name)
        ? names.filter((one) => one !== name)
        : [name, ...names].slice(0, most);
      store.set(next);
      try {
        localStorage.setItem(keyOf(what), JSON.stringify(next));
      } catch {
        // Full or forbidden storage: the mark holds for this page.
      }
    },
  };
}
