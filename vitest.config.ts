import { defineConfig } from 'vitest/config';

/** Rooms, packages, contract and tools. Journeys in the browser have their own list (vitest.e2e.config.ts). */
export default defineConfig({
  test: {
    include: ['{contract,packages,server,web,tools}/**/*.test.{ts,tsx}'],
    globalSetup: ['server/testing/postgres.setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
