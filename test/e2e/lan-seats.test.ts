import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { lanAddresses } from '../../src/host/transport/lan.ts'
import { lanHostName } from '../kit/chromium.ts'
import { testPassword, type RunningHost } from '../kit/host.ts'
import { intakeOf } from '../kit/intake.ts'
import { expectAccessible, openSeat as openAt } from '../kit/seat-page.ts'
import { openLine } from './kit/cut-line.ts'
import {
  choosePhotos,
  expectFocusIn,
  receivedNumbers,
  sign,
  toCounter,
  type,
  words,
} from './kit/intake-page.ts'
import { closeSeat, openSeat, openShop, returningCustomer, type IntakeShop } from './kit/intake-shop.ts'

let shop: IntakeShop
/** The same host as a tablet of the shop reaches it: by an address that is no secure context. */
let onLan: RunningHost
test.beforeAll(async () => {
  shop = await openShop()
  const { client } = shop.owner
  const { version } = await client.settings.get({})
  const [network] = lanAddresses()
  const { port } = new URL(shop.host.url)
  // A machine without a network still has a name that only this browser knows.
  const settings = network ? { lanSharing: true } : { reportAddress: `http://${lanHostName}` }
  await client.settings.update({ commandId: randomUUID(), version, settings })
  onLan = { ...shop.host, url: `http://${network?.address ?? lanHostName}:${port}/` }
})
test.afterAll(async () => {
  await shop.host.stop()
})

/** Everything up to the last key of an intake. */
async function fillIntake(page: Page, host: RunningHost, fault: string): Promise<string> {
  const serial = await returningCustomer(shop)
  await toCounter(page, host)
  await type(page, serial)
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'fault')
  await type(page, fault)
  await page.keyboard.press('Enter')
  await page.keyboard.press('0')
  await page.keyboard.press('Enter')
  await choosePhotos(page, ['front.jpg', 'back.jpg'])
  await expect(page.getByText('At least 2 photos, 2 so far.')).toBeVisible()
  await sign(page)
  return serial
}

const visitsOf = async (serial: string) =>
  (await shop.owner.client.repairs.list({})).rows.filter((row) => row.serial === serial)

test('at a plain LAN address a repair is received with photos and signature, and its number copied', async ({
  browser,
}) => {
  const seat = await openSeat(browser, onLan)
  const { page } = seat
  await page.goto(onLan.url)
  const missing = await page.evaluate(() => [
    window.isSecureContext,
    'randomUUID' in crypto,
    'clipboard' in navigator,
    'mediaDevices' in navigator,
  ])
  expect(missing).toEqual([false, false, false, false])
  const serial = await fillIntake(page, onLan, 'Screen is cracked')
  await page.keyboard.press('Control+Enter')
  const [number = ''] = await receivedNumbers(page)
  const repair = await shop.owner.client.repairs.get({ number })
  expect(repair).toMatchObject({ serial, state: 'waiting' })
  expect(repair.attachments.filter((file) => file.kind === 'photo')).toHaveLength(2)

  await page.goto(new URL(`/repairs/${repair.uid}`, onLan.url).href)
  await page.getByRole('button', { name: 'Copy the number' }).click()
  await expect(page.getByText(`${number} copied`)).toBeVisible()
  await page.getByRole('combobox', { name: 'Search' }).click()
  await page.keyboard.press('Control+V')
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue(number)
  await closeSeat(seat)
})

test('an intake whose answer is lost on the way is received exactly once, and nothing typed is lost', async ({
  browser,
}) => {
  const line = await openLine(shop.host.url)
  const overLine = { ...shop.host, url: line.url }
  const seat = await openSeat(browser, overLine, { failsOnPurpose: true })
  const { page } = seat
  const serial = await fillIntake(page, overLine, 'Falls off the network')
  line.cutAfter('POST /rpc/repairs/receive')
  await page.keyboard.press('Control+Enter')

  const banner = page.getByRole('alert').filter({ hasText: 'Connection lost' })
  await expect(banner).toContainText('Nothing is lost')
  await expect(banner).toContainText('1 change waits')
  await expect(words(page)).toHaveValue('Falls off the network')
  // The host has done it; only the seat does not know yet.
  expect(await visitsOf(serial)).toHaveLength(1)

  line.mend()
  const [number] = await receivedNumbers(page)
  await expect(banner).toBeHidden()
  const visits = await visitsOf(serial)
  expect(visits.map((visit) => visit.number)).toEqual([number])
  expect(line.sent('POST /rpc/repairs/receive')).toBe(2)
  await closeSeat(seat)
  await line.close()
})

test('a seat signed out in Settings is told at once, keeps what was typed, and goes on after the password', async ({
  browser,
}) => {
  const seat = await openSeat(browser, onLan, { failsOnPurpose: true })
  const { page } = seat
  const serial = await returningCustomer(shop)
  const other = await page.context().newPage()
  await other.goto(onLan.url)
  await expect(other.getByRole('heading', { name: 'Today' })).toBeVisible()
  await page.bringToFront()
  await toCounter(page, onLan)
  await type(page, serial)
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'fault')
  await type(page, 'Typed before the end')

  const owners = await openAt(browser, shop.host, 'owner', '/settings/seats')
  const row = owners.page.getByRole('row').filter({ hasText: 'Cora Counter' }).first()
  await expectAccessible(owners.page)
  await row.getByRole('button', { name: 'Sign out' }).click()
  await owners.page.getByRole('tooltip').getByRole('button', { name: 'Sign out' }).click()

  await expect(page.getByText('This seat has been signed out')).toBeVisible()
  await page.getByLabel('Login name').fill('counter')
  await page.getByRole('textbox', { name: 'Password' }).fill(testPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(words(page)).toHaveValue('Typed before the end')
  await expect(page.getByText('This seat has been signed out')).toBeHidden()
  await expect(row).toContainText('Chrome')
  // Another tab of the same browser is the same seat: it goes on as well once it is looked at.
  await expect(other.getByText('This seat has been signed out')).toBeVisible()
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(other.getByText('This seat has been signed out')).toBeHidden()
  await owners.close()
  await closeSeat(seat)
})

test('the page about other seats shows address and code, and says at the port that another program has it', async ({
  browser,
}) => {
  test.skip(lanAddresses().length === 0, 'this machine is on no network')
  const [network] = lanAddresses()
  const other = createServer().listen(0, network?.address)
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const { page, close } = await openAt(browser, shop.host, 'owner', '/settings/seats', { theme: 'dark' })
  const shared = page.locator('[data-shared]')
  await expect(shared.getByText(onLan.url)).toBeVisible()
  const code = shared.getByRole('img', { name: `QR code of ${onLan.url}` })
  await expect(code).toBeVisible()
  expect(await code.evaluate((picture: HTMLImageElement) => picture.naturalWidth > 0)).toBe(true)
  await page.getByLabel('Port').fill(String(port))
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`Another program on this computer uses port ${port}.`)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Port').fill('')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(shared.getByText(onLan.url)).toBeVisible()
  await expect(shared.getByText('Ready')).toBeVisible()
  await expect(page.getByText('Another program on')).toBeHidden()
  await close()
  other.close()
})

/** What of a page does not fit a phone, in pixels, and what is too small for a thumb. */
function faultsOf(page: Page): Promise<{ beyond: number; inside: number; small: string[] }> {
  return page.evaluate(() => ({
    beyond: document.documentElement.scrollWidth - window.innerWidth,
    inside: ((main) => (main ? main.scrollWidth - main.clientWidth : 1))(document.querySelector('main')),
    small: [...document.querySelectorAll('main button, main [role=tab], header button, nav a')]
      .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 38))
      .map(({ text, box }) => `${text} ${box.width}×${box.height}`),
  }))
}

for (const language of ['en', 'zh-CN'] as const) {
  test(`Today, My jobs and a repair fit a phone and a thumb in ${language}`, async ({ browser }) => {
    const { client } = shop.owner
    const technician = (await client.users.engineers({})).find((one) => one.name === 'Tom Technician')
    const received = await client.repairs.receive({
      commandId: randomUUID(),
      ...(await intakeOf(shop.owner)),
    })
    const uid = received.repairs[0]?.uid ?? ''
    const { id } = await client.repairs.get({ uid })
    await client.repairs.assign({
      commandId: randomUUID(),
      repairs: [{ repairId: id }],
      engineerId: technician?.id ?? 0,
    })
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const seat = await openAt(browser, onLan, 'technician', '/', { ...phone, language })
    const { page } = seat
    for (const path of ['/', '/bench/mine', `/repairs/${uid}`]) {
      await page.goto(new URL(path, onLan.url).href)
      await expect(page.locator('main h1, main h2').first()).toBeVisible()
      await expect(page.locator('main .el-button').first()).toBeVisible()
      await expect
        .poll(async () => ({ path, ...(await faultsOf(page)) }))
        .toEqual({
          path,
          beyond: 0,
          inside: 0,
          small: [],
        })
    }
    // The main act of a repair stands in the lowest third, where the thumb is.
    const act = page.locator('.bs-thumb .el-button--primary')
    await expect.poll(async () => (await act.boundingBox())?.y).toBeGreaterThan(844 * (2 / 3))
    expect(seat.errors).toEqual([])
    await seat.close()
  })
}
