// npm test: everything. What tests need is installed first; the last line is the count.
import { needChromium } from './chromium.mjs';
import { build, compile, install } from './prepare.mjs';
import { quickSteps, runSteps, vitestStep } from './steps.mjs';

install({ full: true });
build();
compile();
const chromium = needChromium();
const good = runSteps(
  [
    ...quickSteps,
    vitestStep('units, rooms, house', 'vitest.config.ts', { retried: true }),
    vitestStep('journeys in the browser', 'vitest.e2e.config.ts', { retried: true }),
  ],
  { CHROMIUM: chromium },
);
process.exit(good ? 0 : 1);
