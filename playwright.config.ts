import { defineConfig } from '@playwright/test';

/** The end-to-end tests start the program themselves, on Electron or on its stand-in: see test/e2e/launch.ts. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  retries: 0,
  // Every file has a program and a folder of its own, and waits for it, or for a retry, most of the time.
  workers: 2,
  forbidOnly: true,
  reporter: 'list',
});
