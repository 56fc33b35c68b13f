/** Which Chromium, as whom, and with which words on its command line. Starts nothing. */

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The one that the operator names and no other; else the first that is found. Null: none that can be run. */
export async function findChromium(
  named: string | null,
  path = process.env.PATH ?? '',
): Promise<string | null> {
  const places = named
    ? [named]
    : [
        ...names.flatMap((name) =>
          path
            .split(delimiter)
            .filter(Boolean)
            .map((folder) => join(folder, name)),
        ),
        ...applications,
      ];
  for (const place of places) {
    const runs = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return place;
  }
  return null;
}

/** `nobody`, on every Linux: a browser that runs as root has no walls of its own. */
const nobody = { uid: 65_534, gid: 65_534 };
export const runsAs = (): { uid: number; gid: number } | null => (process.getuid?.() === 0 ? nobody : null);

/** `port` is ours: whatever is not meant for this machine itself goes there, and is refused. */
export function wordsFor(folder: string, port: number, sandbox: 'on' | 'off'): string[] {
  return [
    '--headless',
    // Its end is also ours: a browser whose pipe is closed, as by a kill of this server, ends by itself.
    '--remote-debugging-pipe',
    `--user-data-dir=${folder}`,
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    ...(sandbox === 'off' ? ['--no-sandbox'] : []),
    // Nothing leaves this machine, also not by numbers of hosts.
    `--proxy-server=127.0.0.1:${port}`,
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--no-pings',
    // A window that nobody sees works as fast as one that is looked at.
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    // Drawn by the processor, the same on every machine.
    '--disable-gpu',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--force-color-profile=srgb',
    '--mute-audio',
    '--password-store=basic',
    '--use-mock-keychain',
    '--disable-breakpad',
    '--disable-crash-reporter',
    // Containers give it 64 MB there.
    '--disable-dev-shm-usage',
  ];
}
