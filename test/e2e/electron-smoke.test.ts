import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { _electron, expect, test } from '@playwright/test'

/* The real Electron, where it is: the stand-in of test/shell cannot show that Chromium takes our scheme, our
 * policy and our preload script, nor that a MessagePort crosses three processes. */

const project = resolve(import.meta.dirname, '../..')
const electron = join(project, 'node_modules', 'electron')

function whyNoElectron(): string | undefined {
  if (!existsSync(join(electron, 'path.txt')))
    return 'Electron’s program is not installed (npm start fetches it)'
  if (process.platform !== 'linux') return undefined
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display for a window'
  return process.getuid?.() === 0 ? 'Electron’s sandbox does not run as root' : undefined
}

const hindrance = whyNoElectron()
test.skip(hindrance !== undefined, hindrance)

test('the desktop application opens, talks to its host, and ends with it', async () => {
  const data = mkdtempSync(join(tmpdir(), 'benchside-electron-'))
  const program = join(electron, 'dist', readFileSync(join(electron, 'path.txt'), 'utf8'))
  const app = await _electron.launch({
    executablePath: program,
    args: [project, `--data=${data}`, '--lang=en'],
  })
  const refused: string[] = []
  try {
    const page = await app.firstWindow()
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text())
    })
    await page.waitForURL(/^app:\/\/benchside\//)
    // An empty folder: the set-up page, which the window knows only from the host.
    await expect(page.getByRole('textbox').first()).toBeVisible()

    expect(
      await page.evaluate(() => ({
        secure: window.isSecureContext,
        origin: window.location.origin,
        node: 'require' in window || 'process' in window,
        shell: Object.keys(Object(Reflect.get(window, 'benchside'))).sort(),
      })),
    ).toEqual({
      secure: true,
      origin: 'app://benchside',
      node: false,
      shell: [
        'changeComputer',
        'chooseFolder',
        'chooseHost',
        'computer',
        'connect',
        'examineHost',
        'notify',
        'onFollow',
        'onHostState',
        'paperOf',
        'platform',
        'print',
        'printers',
        'retryHost',
        'speak',
        'useHost',
        'versions',
      ],
    })
    expect(refused).toEqual([])
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.foreign = true'
      document.head.append(script)
      return 'foreign' in window
    })
    expect(ran).toBe(false)
    // The shell answers over its bridge: the system's printers, whichever there are.
    const printers = await page.evaluate(async () => {
      const shell: { printers(): Promise<unknown[]> } = Object(Reflect.get(window, 'benchside'))
      return await shell.printers()
    })
    expect(Array.isArray(printers)).toBe(true)
    expect(existsSync(join(data, 'host.pid'))).toBe(true)
  } finally {
    await app.close()
  }
  expect(existsSync(join(data, 'host.pid'))).toBe(false)
  rmSync(data, { recursive: true, force: true })
})
