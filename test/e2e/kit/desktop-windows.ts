import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from '@playwright/test'
import { chromiumArgs, findChromium } from '../../kit/chromium.ts'

export interface DesktopWindows {
  readonly browser: BrowserContext
  /** The address at which the shell opens its pages. */
  readonly debugging: string
  close(): Promise<void>
}

/** The Chromium in which the windows of the shell are pages, with a profile of its own. */
export async function openWindows(): Promise<DesktopWindows> {
  const folder = mkdtempSync(join(tmpdir(), 'benchside-desktop-'))
  const browser = await chromium.launchPersistentContext(folder, {
    executablePath: await findChromium(),
    viewport: { width: 1280, height: 800 },
    args: [...chromiumArgs, '--remote-debugging-port=0', '--use-fake-device-for-media-stream'],
  })
  const [port, path] = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n')
  return {
    browser,
    debugging: `ws://127.0.0.1:${port}${path}`,
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
