import { loaders } from 'virtual:kinora/messages';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { type ReactNode, useMemo, useSyncExternalStore } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { settings } from '../settings.ts';
import { chooseLanguage, directionOf, pseudoLanguage } from './language.ts';

/**
 * The words on the screen: loads the chosen language's catalogue (and no other), in two parts, and hands them to
 * React. The account's language wins once it is known, then this device's, then the browser's; `?lang=` beats all for
 * one visit. Does not know who is signed in: whoever does calls `adoptLanguage`.
 */
type Messages = Record<string, MessageFormatElement[]>;
type Values = Record<string, string | number | Date | boolean | null | undefined>;
type RichValues = Record<
  string,
  string | number | Date | boolean | null | undefined | ReactNode | ((parts: ReactNode[]) => ReactNode)
>;

let state: { language: string; messages: Messages } = { language: 'en', messages: {} };
let laterWanted = false;
let asked = 0;
const listeners = new Set<() => void>();

function wishFromAddress(): string | null {
  return typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang');
}
let visitWish = wishFromAddress();

/** Languages a person may choose; the pseudo-language only where somebody is developing or asked for it. */
export const languages: readonly string[] = Object.keys(loaders).filter(
  (language) => language !== pseudoLanguage || import.meta.env.DEV || visitWish === pseudoLanguage,
);

function wanted(): string {
  const browser = typeof navigator === 'undefined' ? [] : navigator.languages;
  return chooseLanguage([visitWish, settings.get().language, ...browser], Object.keys(loaders), 'en');
}

async function show(language: string): Promise<void> {
  const turn = ++asked;
  const parts = loaders[language];
  if (!parts) return;
  const loaded = await Promise.all([parts.first(), ...(laterWanted ? [parts.later()] : [])]);
  if (turn !== asked) return; // A later wish overtook this one.
  state = { language, messages: Object.assign({}, ...loaded.map((part) => part.default)) };
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  for (const listener of listeners) listener();
}

/** Before the first render: the words of the first screen. */
export async function startWords(): Promise<void> {
  settings.subscribe(() => {
    const language = wanted();
    if (language !== state.language) void show(language);
  });
  await Promise.all([show(wanted()), wakeIntl()]);
}

/** The browser reads its list of languages at the first question, for tens of milliseconds: in a turn of its own. */
function wakeIntl(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      Intl.NumberFormat.supportedLocalesOf('en');
      resolve();
    });
  });
}

/** Before the first surface beyond the feed: the words of all the others. */
export async function loadLaterWords(): Promise<void> {
  if (laterWanted) {
    await waiting;
    return;
  }
  laterWanted = true;
  waiting = show(wanted());
  try {
    await waiting;
  } catch (error) {
    laterWanted = false; // The network went away; the next surface asks again.
    throw error;
  }
}
let waiting: Promise<void> = Promise.resolve();

/** Somebody chose a language: it holds on this device, and beats the address of this visit. */
export function speak(language: string): void {
  visitWish = null;
  settings.set({ language });
}

/** The account's language, once somebody signed in is known: kept on the device so that the next start is right at once. */
export function adoptLanguage(language: string | null): void {
  if (language && language !== settings.get().language) settings.set({ language });
}

export function Words({ children }: { children: ReactNode }) {
  const now = useSyncExternalStore(subscribe, current, current);
  return (
    <IntlProvider locale={now.language} messages={now.messages} defaultLocale={now.language}>
      {children}
    </IntlProvider>
  );
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
function current() {
  return state;
}

/** `say('upload.title')` gives text; `rich` gives elements, for messages with tags such as `<b>`. */
export function useWords() {
  const intl = useIntl();
  return useMemo(
    () => ({
      language: intl.locale,
      say: (id: string, values?: Values): string => intl.formatMessage({ id }, values),
      rich: (id: string, values?: RichValues): ReactNode =>
        intl.formatMessage({ id }, values as never) as ReactNode,
      /** Is there a message of this id? For sentences chosen by a code that a newer server may have invented. */
      knows: (id: string): boolean => id in intl.messages,
    }),
    [intl],
  );
}
