// What tests need of the system: Chromium, fonts, and the Vulkan loader for the whisper filter. As root on Debian they
// are installed, elsewhere Chromium is asked for and tests that miss the loader say so and are skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const find = () => [process.env.CHROMIUM, ...places].find((path) => path && existsSync(path));

/** Path of a Chromium; ends the process with a clear instruction when there is none and none can be installed. */
export function needChromium() {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    process.stderr.write('Installing Chromium for the browser tests (apt)\n');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
    spawnSync(
      'apt-get',
      [
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium',
        'fonts-noto-core',
        'fonts-noto-cjk',
        'libvulkan1',
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env,
      },
    );
    const installed = find();
    if (installed) return installed;
  }
  process.stderr.write(
    'The browser tests need Chromium. On Debian or Ubuntu: sudo apt-get install chromium; elsewhere set CHROMIUM to its path.\n',
  );
  process.exit(1);
}
