import { defineConfig } from '@playwright/test'

/**
 * The browser run against a live node.
 *
 * `PUMASI_URL` is the address the node printed: it sets the session and leads to the pages.
 */
export default defineConfig({
  testDir: 'e2e',
  forbidOnly: true,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    launchOptions: {
      executablePath: process.env.PUMASI_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
    viewport: { width: 1366, height: 900 },
  },
})
