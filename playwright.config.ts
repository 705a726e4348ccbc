import { defineConfig } from '@playwright/test';

/** The end-to-end tests start the program themselves, on Electron or on its stand-in: see test/e2e/launch.ts. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  retries: 0,
  // Two processes of the program at once are more than a small machine runs smoothly.
  workers: 1,
  forbidOnly: true,
  reporter: 'list',
});
