import { expect, test } from 'vitest';
import { createSettings, readSettings, standardSettings } from './settings.ts';

function memory(initial: Record<string, string> = {}) {
  const kept = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test('a new device starts with the standard settings', () => {
  expect(createSettings(memory()).get()).toEqual(standardSettings);
});

test('what is set is there again after a reload', () => {
  const storage = memory();
  createSettings(storage).set({ theme: 'light', muted: false, speed: 1.5, language: 'de' });
  expect(createSettings(storage).get()).toMatchObject({
    theme: 'light',
    muted: false,
    speed: 1.5,
    language: 'de',
    captions: true,
  });
});

test('stored nonsense does no harm', () => {
  for (const text of [
    'not json',
    'null',
    '[]',
    '"x"',
    '{"theme":"pink","speed":99,"autoplay":"no","language":"<b>","captionSize":9,"captionBack":"#fff","captionLanguage":[]}',
  ])
    expect(readSettings(text)).toEqual(standardSettings);
});

test('listeners hear a change until they leave, and another tab’s change too', () => {
  const storage = memory();
  const settings = createSettings(storage);
  let heard = 0;
  const leave = settings.subscribe(() => heard++);
  settings.set({ captions: false });
  createSettings(storage).set({ theme: 'dark' });
  settings.reread();
  leave();
  settings.set({ captions: true });
  expect(heard).toBe(2);
  expect(settings.get().theme).toBe('dark');
});

test('a device without storage remembers until the page closes', () => {
  const settings = createSettings({
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
  });
  settings.set({ theme: 'dark' });
  expect(settings.get().theme).toBe('dark');
});
