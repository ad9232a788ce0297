import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'

import { chromiumArgs, findChromium } from './test/kit/chromium.ts'

const executablePath = await findChromium()

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  globalSetup: './test/kit/run-folder.ts',
  outputDir: 'test-results',
  /* Each file has a host and a browser of its own; a page waits more than it reckons. */
  workers: Math.min(2, availableParallelism()),
  /* A scanner is told by its speed and an update by its second: on a machine that is busy with something else a
   * first try may be too slow. A fault fails twice. */
  retries: 1,
  forbidOnly: true,
  /* Waiting costs nothing where it is not needed, and a machine that stands still for a while fails no test. */
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'out/reports/playwright.json' }]],
  use: {
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: [...chromiumArgs] },
  },
})
