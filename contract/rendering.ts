import { z } from 'zod';

/**
 * Whether this server makes videos for browsers that cannot. turned_off: its operator does not want it · no_browser:
 * there is no Chromium · no_sandbox: it would run without its own walls · browser_unusable: it does not start, draw or
 * write · no_web: the web is not built
 */
export const RenderingState = z.enum([
  'on',
  'turned_off',
  'no_browser',
  'no_sandbox',
  'browser_unusable',
  'no_web',
]);
export type RenderingState = z.infer<typeof RenderingState>;
