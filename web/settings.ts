import { useSyncExternalStore } from 'react';

/**
 * What this device remembers about how to show things: theme, playing, data, captions, language.
 * Typed, kept in localStorage, shared between tabs, subscribable. Knows nothing of accounts: what belongs to a
 * person (name, birth date, language of the account) lives on the server. Works without storage too (private
 * windows, blocked cookies): then it remembers until the page closes.
 */
export type DeviceSettings = {
  theme: 'system' | 'dark' | 'light';
  autoplay: boolean;
  dataSaver: boolean;
  captions: boolean;
  captionSize: (typeof captionSizes)[number];
  captionBack: (typeof captionBacks)[number];
  /** The one chosen last among several; null: as the pages. */
  captionLanguage: string | null;
  muted: boolean;
  speed: number;
  /** A language chosen on this device; null: the account's, then the browser's. */
  language: string | null;
};

export const captionSizes = ['small', 'normal', 'large', 'huge'] as const;
export const captionBacks = ['dark', 'light', 'none'] as const;

export const standardSettings: DeviceSettings = {
  theme: 'system',
  autoplay: true,
  dataSaver: false,
  captions: true,
  captionSize: 'normal',
  captionBack: 'dark',
  captionLanguage: null,
  muted: true,
  speed: 1,
  language: null,
};

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

const storageKey = 'kinora.settings';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** Whatever was stored, by this version, an older one or a curious person: only well-formed values come through. */
export function readSettings(text: string | null): DeviceSettings {
  let stored: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (parsed && typeof parsed === 'object') stored = parsed as Record<string, unknown>;
  } catch {
    // Unreadable text is as good as none: the standard settings hold.
  }
  const flag = (name: 'autoplay' | 'dataSaver' | 'captions' | 'muted') =>
    typeof stored[name] === 'boolean' ? stored[name] : standardSettings[name];
  const tag = (name: 'language' | 'captionLanguage') => {
    const value = stored[name];
    return typeof value === 'string' && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value) ? value : null;
  };
  return {
    theme: stored.theme === 'dark' || stored.theme === 'light' ? stored.theme : 'system',
    autoplay: flag('autoplay'),
    dataSaver: flag('dataSaver'),
    captions: flag('captions'),
    captionSize: captionSizes.find((size) => size === stored.captionSize) ?? 'normal',
    captionBack: captionBacks.find((back) => back === stored.captionBack) ?? 'dark',
    captionLanguage: tag('captionLanguage'),
    muted: flag('muted'),
    speed: speeds.find((speed) => speed === stored.speed) ?? 1,
    language: tag('language'),
  };
}

export function createSettings(storage: Storage | null) {
  const stored = () => {
    try {
      return storage?.getItem(storageKey) ?? null;
    } catch {
      return null; // Storage is forbidden here; memory has to do.
    }
  };
  let current = readSettings(stored());
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    get: () => current,
    set(change: Partial<DeviceSettings>) {
      current = { ...current, ...change };
      try {
        storage?.setItem(storageKey, JSON.stringify(current));
      } catch {
        // Full or forbidden storage: the choice holds for this page.
      }
      tell();
    },
    /** Another tab wrote: take its word. */
    reread() {
      current = readSettings(stored());
      tell();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function deviceStorage(): Storage | null {
  try {
    return typeof localStorage === 'undefined' ? null : localStorage;
  } catch {
    return null; // Reading the property itself throws where cookies are blocked.
  }
}

export const settings = createSettings(deviceStorage());

if (typeof window !== 'undefined') {
  window.addEventListener('storage', (event) => {
    if (event.key === storageKey || event.key === null) settings.reread();
  });
}

export function useSettings(): DeviceSettings {
  return useSyncExternalStore(settings.subscribe, settings.get, settings.get);
}
