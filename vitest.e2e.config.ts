import { defineConfig } from 'vitest/config';

/** Journeys: a real server in its own process, a real Chromium. One file at a time, since each moves a whole browser. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
