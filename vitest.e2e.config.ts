import { defineConfig } from 'vitest/config';

/** Journeys: a real server in its own process, a real Chromium. Two files at a time: a browser waits more than it works. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/cluster.setup.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
