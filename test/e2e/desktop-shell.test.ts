import { readdirSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { testPassword } from '../kit/host.ts'
import { removeFolders, startShell, temporaryFolder, type Shell } from '../shell/shell-process.ts'
import { cutAfterBackup } from './kit/damaged-shop.ts'
import { openWindows } from './kit/desktop-windows.ts'
import { layShop } from '../kit/shop.ts'
import { box, jpeg, pick, receivedNumbers, sign, type } from './kit/intake-page.ts'

/*
 * The built shell, run for real on a stand-in for Electron's module: its window is a page of this Chromium, in which
 * the built preload script runs; its host is a process of its own. Every call of the page goes over a MessagePort.
 */
test.describe.configure({ mode: 'serial' })

let browser: BrowserContext
let shell: Shell
let page: Page
let closeWindows: () => Promise<void>
let debugging: string
/** A place on the web that counts who comes. */
let elsewhere: Server
const visits: string[] = []
let web = ''

async function enterAs(login: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Login' }).fill(login)
  await page.getByRole('textbox', { name: 'Password' }).fill(testPassword)
  await page.keyboard.press('Enter')
}

test.beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.end('elsewhere')
  }).listen(0, '127.0.0.1')
  ;({ browser, debugging, close: closeWindows } = await openWindows())
  web = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  const data = join(temporaryFolder(), 'shop')
  await layShop(data)
  const opened = browser.waitForEvent('page')
  shell = startShell({ variant: 'built', data, browser: debugging, locale: 'en-GB' })
  page = await opened
  await page.getByLabel('Login').waitFor()
})

test.afterAll(async () => {
  await shell?.stop()
  await closeWindows?.()
  elsewhere?.close()
  removeFolders()
})

test('a repair is received end to end over the MessagePort, from signing in to its number', async () => {
  const calls: string[] = []
  page.on('request', (request) => calls.push(new URL(request.url()).pathname))
  await enterAs('counter')
  await page.getByRole('link', { name: 'Counter' }).click()
  await box(page).waitFor()
  await type(page, 'F2LX9KQ1HG7F')
  await page.keyboard.press('Enter')
  for (const choice of ['Mobile phone', 'Apple', 'iPhone 13']) await pick(page, choice)
  await type(page, 'Grace Hall')
  await page.keyboard.press('Enter')
  await type(page, '139 1234 5678')
  await page.keyboard.press('Enter')
  await type(page, 'Does not charge')
  await page.keyboard.press('Enter')
  await page.keyboard.press('0')
  await page.keyboard.press('Enter')
  await page.locator('input[type=file]').first().setInputFiles(['front.jpg', 'back.jpg'].map(jpeg))
  await expect(page.getByText('At least 2 photos, 2 so far.')).toBeVisible()
  // The bar at the foot covers the lower end of the page.
  await page
    .getByRole('img', { name: 'Signature field' })
    .evaluate((pad) => pad.scrollIntoView({ block: 'center' }))
  await sign(page)
  await page.keyboard.press('Control+Enter')
  expect(await receivedNumbers(page)).toHaveLength(1)
  // Files of the window only: no method was called by HTTP.
  expect(calls.filter((path) => path.startsWith('/rpc'))).toEqual([])
  const { hosts } = await shell.ask('facts')
  expect(hosts).toHaveLength(1)
})

test('the page has what the preload script exposed, and nothing of Node or Electron', async () => {
  const found = await page.evaluate(() => ({
    shell: Object.keys(Object(Reflect.get(window, 'benchside'))).sort(),
    others: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
      (name) => name in window,
    ),
    secure: window.isSecureContext,
  }))
  expect(found.shell).toContain('connect')
  expect(found.others).toEqual([])
  expect(found.secure).toBe(true)
})

test('a page that is led away stays where it is, by whatever way', async () => {
  const here = page.url()
  const ways = {
    address: (to: string) => window.location.assign(to),
    link(to: string) {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
    },
    form(to: string) {
      const form = document.createElement('form')
      form.action = to
      form.method = 'post'
      document.body.append(form)
      form.submit()
    },
    'file of the computer': () => window.location.assign('file:///etc/passwd'),
    'script in an address': () => window.location.assign('javascript:document.write(1)'),
  }
  for (const [name, lead] of Object.entries(ways)) {
    await page.evaluate(lead, `${web}/led-away`).catch(() => {})
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)))
    expect([name, page.url()]).toEqual([name, here])
  }
  expect(visits).toEqual([])
})

test('a page opens no window, neither by itself nor by a link', async () => {
  const pages = browser.pages().length
  const opened = await page.evaluate((to) => {
    const link = document.createElement('a')
    link.href = to
    link.target = '_blank'
    document.body.append(link)
    link.click()
    return [window.open(to), window.open('about:blank'), window.open('/')]
  }, web)
  expect(opened).toEqual([null, null, null])
  expect(browser.pages()).toHaveLength(pages)
  expect(visits).toEqual([])
})

test('the camera is there for photographs at intake, and nothing else of the system', async () => {
  const asked = await page.evaluate(async () => {
    const states: Record<string, string> = {}
    for (const name of ['camera', 'microphone', 'geolocation', 'notifications'] as const)
      states[name] = (await navigator.permissions.query({ name })).state
    const use = async (what: MediaStreamConstraints): Promise<string> => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(what)
        for (const track of stream.getTracks()) track.stop()
        return 'given'
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown'
      }
    }
    return { ...states, film: await use({ video: true }), listen: await use({ audio: true }) }
  })
  expect(asked).toEqual({
    camera: 'granted',
    microphone: 'denied',
    geolocation: 'denied',
    notifications: 'denied',
    film: 'given',
    listen: 'NotAllowedError',
  })
})

test('the policy of the page lets no foreign script, picture, call or frame in, and no text become a program', async () => {
  const directives = ['base-uri', 'connect-src', 'frame-src', 'img-src', 'object-src', 'script-src-elem']
  const refused = await page.evaluate(
    async ([from, wanted]) => {
      const broken = new Set<string>()
      document.addEventListener('securitypolicyviolation', (event) => broken.add(event.effectiveDirective))
      const put = (tag: string, fields: object): void =>
        void document.body.append(Object.assign(document.createElement(tag), fields))
      put('script', { textContent: 'window.foreign = 1' })
      put('script', { src: `${from}/script.js` })
      put('img', { src: `${from}/picture.png` })
      put('iframe', { src: `${from}/frame` })
      put('object', { data: `${from}/object` })
      put('base', { href: from })
      const called = await fetch(`${from}/call`).then(String, () => 'refused')
      // In a task of its own: the debugger that runs these lines is above the policy.
      Reflect.apply(setTimeout, window, ['window.evaluated = 1'])
      // The browser tells of each when it comes to it; what is not told of within half a minute was not refused.
      for (let looks = 0; looks < 600 && !wanted.every((one) => broken.has(one)); looks++)
        await new Promise((next) => setTimeout(next, 50))
      const ran = ['foreign', 'evaluated'].filter((name) => name in window)
      return { broken: [...broken], called, ran }
    },
    [web, directives] as const,
  )
  expect(refused).toMatchObject({ called: 'refused', ran: [] })
  expect(refused.broken).toEqual(expect.arrayContaining(directives))
  expect(visits).toEqual([])
})

test('a frame within the page has no bridge, and what it asks of the shell is refused', async () => {
  await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.id = 'foreign'
    frame.src = URL.createObjectURL(new Blob(['<p>a document of the page</p>'], { type: 'text/html' }))
    const loaded = new Promise((next) => frame.addEventListener('load', next))
    document.body.append(frame)
    await loaded
  })
  const frame = page.frames().find((one) => one.url().startsWith('blob:'))
  expect(await frame?.evaluate(() => 'benchside' in window)).toBe(false)
  for (const name of ['connect', 'computer', 'print', 'use-host', 'change-computer'])
    expect(await shell.ask('invokesFromFrame', `benchside:${name}`)).toBe('refused: forbidden')
  await page.evaluate(() => document.getElementById('foreign')?.remove())
})

test('a link from a scanned code leads the window there without loading it anew; a foreign path leads nowhere', async () => {
  await page.evaluate(() => Reflect.set(window, 'mark', 1))
  await shell.ask('opensLink', 'benchside://settings/people')
  const uid = '0192f3c4-5b6a-7c8d-9e0f-112233445566'
  const records = ['repair', 'customers', 'devices', 'parts', 'invoices'].map((one) => `${one}/${uid}`)
  for (const link of ['today', ...records, 'my-jobs', 'bench']) {
    const before = page.url()
    await shell.ask('opensLink', `benchside://${link}`)
    await expect(page).not.toHaveURL(before)
    await expect(page).not.toHaveTitle(/There is no such page/)
  }
  await expect(page).toHaveURL(/\/bench$/)
  expect(await page.evaluate(() => Reflect.get(window, 'mark'))).toBe(1)
})

test('when the host dies the window says so, keeps what was typed, and goes on when it is back', async () => {
  await page.getByRole('link', { name: 'Counter' }).click()
  await type(page, 'F2LX9KQ1HG8G')
  await page.keyboard.press('Enter')
  await pick(page, 'Mobile phone')
  // What the window says meanwhile is written down: it is gone again as soon as the host is back.
  await page.evaluate(() => {
    const said: string[] = []
    Reflect.set(window, 'said', said)
    new MutationObserver(() => {
      for (const alert of document.querySelectorAll('[role="alert"]')) said.push(alert.textContent)
    }).observe(document.body, { childList: true, subtree: true })
  })
  const { hosts } = await shell.ask('facts')
  process.kill(hosts[0]?.pid ?? 0, 'SIGKILL')
  const signIn = page.getByRole('button', { name: 'Sign in' })
  await signIn.waitFor()
  expect(String(await page.evaluate(() => Reflect.get(window, 'said')))).toContain('what you typed is kept')
  expect((await shell.ask('facts')).hosts).toHaveLength(2)
  await enterAs('counter')
  await expect(signIn).toBeHidden()
  const typed = () => page.evaluate(() => [...document.querySelectorAll('input')].map((field) => field.value))
  await expect.poll(typed).toContain('F2LX9KQ1HG8G')
})

test('a file that was cut off: the dialog says what is lost, Restore opens the shop as it was, and the file is kept', async () => {
  const { data } = shell
  await shell.stop()
  const length = await cutAfterBackup(data)
  const opened = browser.waitForEvent('page')
  shell = startShell({ variant: 'built', data, browser: debugging, locale: 'en-GB' })
  page = await opened
  await shell.until('the dialog', async () => (await shell.ask('facts')).boxes.length === 1)
  const [box] = (await shell.ask('facts')).boxes
  expect(box).toMatchObject({ buttons: ['Restore the backup', 'Try again', 'Quit'], defaultId: 1 })
  expect(box?.['detail']).toMatch(
    /Newest good backup: \d{4}-[^]*Repairs in it: 1\n[^]*Repairs received: 2\n[^]*is kept/,
  )
  // Nothing was written into it while nobody had decided.
  expect(statSync(join(data, 'shop.db')).size).toBe(length)
  await shell.ask('presses', 0)
  await enterAs('counter')
  await page.getByRole('link', { name: 'Repairs', exact: true }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Grace Hall' })).toHaveCount(1)
  await expect(page.locator('tbody tr')).toHaveCount(1)
  const aside = readdirSync(data).filter((name) => name.startsWith('replaced-'))
  expect(aside).toHaveLength(1)
  expect(statSync(join(data, aside[0] ?? '', 'shop.db')).size).toBe(length)
})

test('the folder for copies of backups is chosen in the system’s dialog', async () => {
  await page.getByRole('button', { name: /personal menu/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await enterAs('owner')
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Your data' }).click()
  const stick = temporaryFolder()
  await shell.ask('choosesPath', stick)
  await page.getByRole('button', { name: 'Choose…' }).click()
  const second = page.getByLabel('Folder on this computer')
  await expect(second).toHaveValue(stick)
  await page.locator('form', { has: second }).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved')).toBeVisible()
  expect(readdirSync(stick)).toContain('benchside-backups.json')
})
