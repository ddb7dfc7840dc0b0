import { defineConfig } from '@playwright/test';

// The browser is the system's own: nothing is downloaded. NEXWATCH_CHROMIUM names another one.
const chromium = process.env.NEXWATCH_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // Each test has a program, a data folder and a browser context of its own.
  fullyParallel: true,
  workers: 2,
  // As in .config/nextest.toml: a second try where others share the machine, and the first is named in the summary.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  // Limits for a hang, not expectations of speed: the machine may be busy.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: process.env.CI ? [['list']] : [['line']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromium, args: ['--no-sandbox'] },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Madrid',
    // A trace tells more, and costs a third of the time: npx playwright test --trace retain-on-failure
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
