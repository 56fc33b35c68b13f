/**
 * The start of the web app. The page arrives with its first video already playing; this takes it over, shows the
 * words of the viewer's language, and asks for what the page did not bring.
 */
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import './theme.css';
import { adoptLanguage, startWords, Words } from './intl/words.tsx';
import { connectProjector } from './projector.ts';
import { bootstrap, refreshInstance, refreshSession, session } from './session.ts';
import { settings } from './settings.ts';
import { Links } from './shell/link.tsx';
import { Shell } from './shell/shell.tsx';
import { connectWayBack } from './ui/way-back.ts';

function showTheme(): void {
  const { theme } = settings.get();
  const light =
    theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
}

// Schemas come with the pages that need them. Asked whether it may make code of them, zod tries, and the page's policy
// reports the try (zod reads this when it is loaded).
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

showTheme();
settings.subscribe(showTheme);
matchMedia('(prefers-color-scheme: light)').addEventListener('change', showTheme);
adoptLanguage(bootstrap?.session.me?.language ?? null);
session.subscribe(() => adoptLanguage(session.get()?.me?.language ?? null));
connectProjector();
connectWayBack();

await startWords();
const root = createRoot(document.getElementById('root')!);
// A transition gives the thread back every few milliseconds; the video plays and touches are heard meanwhile.
startTransition(() =>
  root.render(
    <StrictMode>
      <Words>
        <Links>
          <Shell />
        </Links>
      </Words>
    </StrictMode>,
  ),
);

if (!bootstrap) {
  // The offline shell, or a development server: who is watching is unknown until the server answers.
  void refreshSession().catch(() => {});
  void refreshInstance().catch(() => {});
}

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // After everything else; without it only the offline page is missing.
  const register = () => void navigator.serviceWorker.register('/sw.js').catch(() => {});
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}
