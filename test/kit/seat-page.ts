import AxeBuilder from '@axe-core/playwright'
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { signIn, type RunningHost } from './host.ts'

/** A browser at a seat of the shop, with somebody signed in. */
export interface SeatPage {
  readonly page: Page
  /** What a healthy window never says: errors on the console and uncaught exceptions. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

export interface SeatPageOptions extends BrowserContextOptions {
  readonly language?: 'zh-CN' | 'en'
  readonly theme?: 'light' | 'dark'
  /** Somebody else's than that of the people of `setUpShop`. */
  readonly password?: string
}

/** Opens `path` in a browser of its own, signed in as `login`; the seat remembers language and theme. */
export async function openSeat(
  browser: Browser,
  host: RunningHost,
  login: string,
  path: string,
  options: SeatPageOptions = {},
): Promise<SeatPage> {
  const { language = 'en', theme = 'light', password, ...context } = options
  const seat = await signIn(host, login, password)
  const window = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context })
  await window.addCookies(seat.cookies().map((cookie) => ({ ...cookie, url: host.url })))
  await window.addInitScript(
    ([spoken, look]) => {
      // The browser's PDF viewer is a frame of its own, without storage.
      if (top !== self) return
      localStorage.setItem('benchside.language', spoken)
      localStorage.setItem('benchside.theme', look)
    },
    [language, theme] as const,
  )
  const page = await window.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(new URL(path, host.url).href)
  return { page, errors, close: () => window.close() }
}

/**
 * Reads a code as a barcode scanner does: a key every 4 ms, Enter at the end. The keys carry their own times, so
 * that a machine that is busy with something else does not make a slow hand out of a scanner.
 */
export async function scan(page: Page, code: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page)
  const startSeconds = Date.now() / 1000
  const keys = [...code].map((key) => ({ key, text: key, windowsVirtualKeyCode: 0 }))
  keys.push({ key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 })
  for (const [index, key] of keys.entries()) {
    const timestamp = startSeconds + index * 0.004
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp })
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, timestamp })
  }
  await keyboard.detach()
}

/** How far to the right anything on the page reaches, in pixels. */
export function widestOn(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('body *')].map((one) => one.getBoundingClientRect().right)),
  )
}

/**
 * No serious or critical finding of the accessibility checker on what the page shows; looked at once colours have
 * arrived, and again when something has come or gone while it was looked at.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await expect.poll(() => findingsOn(page), { timeout: 60_000 }).toEqual([])
}

async function findingsOn(page: Page): Promise<string[]> {
  // Two frames: a change made just now has begun its transition by then.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => one.effect?.getTiming().iterations === Infinity),
  )
  // No page opens a frame of another origin, so the checker needs no page of its own to gather what each frame found;
  // and of what is right nothing is told. Both together took three quarters of the time.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await builder.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
