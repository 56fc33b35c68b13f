// npm run check: what takes less than a minute. Format, lint, types, floors, messages, dead code.
import { install } from './prepare.mjs';
import { quickSteps, runSteps } from './steps.mjs';

install({ full: true });
process.exit(runSteps(quickSteps) ? 0 : 1);
