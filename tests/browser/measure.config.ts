import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

// Measures, not tests: one after the other, on a machine that has nothing else to do.
export default defineConfig({
  ...tests,
  testDir: 'measure',
  testMatch: '*.measure.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 120_000,
  reporter: [['./measure/reporter.ts']],
});
