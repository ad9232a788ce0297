import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { freePort } from '../kit/free-port.ts'
import { startTestHost } from '../kit/host.ts'
import {
  expectFocusIn,
  expectKept,
  jpeg,
  pick,
  receivedNumbers,
  sign,
  toCounter,
  type,
  words,
} from './kit/intake-page.ts'
import { closeSeat, openSeat, openShop, type IntakeShop } from './kit/intake-shop.ts'

let shop: IntakeShop
test.beforeAll(async () => {
  shop = await openShop()
})
test.afterAll(async () => {
  await shop.host.stop()
})

const phone = (page: Page): Locator => page.getByRole('textbox', { name: 'Phone', exact: true })

/** A half-typed intake of a lamp with everything a person can have put into one. */
async function halfDone(page: Page, serial: string): Promise<void> {
  await type(page, serial)
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'device')
  await pick(page, 'Lamp')
  await page.getByLabel('Name').fill('Nora Berg')
  await phone(page).fill('0176 5550 1234')
  await words(page).fill('Goes out after a minute')
  await page.getByRole('button', { name: 'The rest works' }).click()
  await page.locator('input[type="file"]').setInputFiles([jpeg('lamp.jpg')])
  await page.getByRole('button', { name: 'Charger', exact: true }).click()
  await page.getByLabel('Serial of Charger').fill('CH-1')
  await page.getByLabel('Passcode', { exact: true }).fill('4711')
  await sign(page)
  await expect(page.getByText('No signature, because')).toBeHidden()
}

async function expectHalfDone(page: Page, serial: string): Promise<void> {
  await expect(words(page)).toHaveValue('Goes out after a minute')
  await expect(page.getByLabel('Name')).toHaveValue('Nora Berg')
  await expect(phone(page)).toHaveValue('0176 5550 1234')
  await expect(page.getByLabel('Serial', { exact: true })).toHaveValue(serial)
  await expect(page.getByLabel('Serial of Charger')).toHaveValue('CH-1')
  await expect(page.getByLabel('Passcode', { exact: true })).toHaveValue('4711')
  await expect(page.getByText('All answered')).toBeVisible()
  await expect(page.locator('.photos img')).toBeVisible()
  await expect(page.getByRole('img', { name: 'The signature given' })).toBeVisible()
}

test('a draft comes back whole after the window was reloaded, and from the list of another seat', async ({
  browser,
}) => {
  const seat = await openSeat(browser, shop.host)
  const { page } = seat
  await toCounter(page, shop.host)
  await halfDone(page, 'LAMP-R1')
  await expectKept(page)
  await page.reload()
  await expectHalfDone(page, 'LAMP-R1')

  const other = await openSeat(browser, shop.host, { login: 'manager' })
  await toCounter(other.page, shop.host)
  await other.page.getByRole('link', { name: /Nora Berg/ }).click()
  await expect(words(other.page)).toHaveValue('Goes out after a minute')
  await expect(other.page.getByText('Ready to receive')).toBeVisible()
  // What opens the device is shown to nobody but the person who typed it.
  await expect(other.page.getByLabel('Passcode', { exact: true })).toHaveValue('')
  await closeSeat(other)

  await page.keyboard.press('Control+Enter')
  const [number = ''] = await receivedNumbers(page)
  expect(await shop.owner.client.repairs.get({ number })).toMatchObject({
    hasPasscode: true,
    serial: 'LAMP-R1',
  })
  expect(await shop.owner.client.drafts.list({})).toEqual([])
  await closeSeat(seat)
})

test('what is typed while the host is gone is kept when it is back, and received', async ({ browser }) => {
  const data = mkdtempSync(join(tmpdir(), 'benchside-intake-'))
  // Nobody else gets this port while the host is gone.
  const args = ['--port', String(await freePort())]
  const own = await openShop('en', { data, args })
  const seat = await openSeat(browser, own.host, { failsOnPurpose: true })
  const { page } = seat
  await toCounter(page, own.host)
  await halfDone(page, 'LAMP-K1')
  await expectKept(page)
  await own.host.stop('SIGKILL')
  await page.getByLabel('Since when, how it began').fill('Since the power cut')
  await expect(page.getByText('Connection lost', { exact: false }).first()).toBeVisible()

  const again = await startTestHost({ data, args })
  await expect(page.getByText('Draft saved')).toBeVisible()
  await page.reload()
  await expectHalfDone(page, 'LAMP-K1')
  await expect(page.getByLabel('Since when, how it began')).toHaveValue('Since the power cut')
  await page.keyboard.press('Control+Enter')
  const [number] = await receivedNumbers(page)
  expect(number).toMatch(/^\d{8}001$/)
  await closeSeat(seat)
  await again.stop()
  rmSync(data, { recursive: true, force: true })
})

test('an intake that another seat went on with is not overwritten unseen', async ({ browser }) => {
  const first = await openSeat(browser, shop.host, { failsOnPurpose: true })
  await toCounter(first.page, shop.host)
  await type(first.page, 'LAMP-T1')
  await first.page.keyboard.press('Enter')
  await expectFocusIn(first.page, 'device')
  await words(first.page).fill('Flickers')
  await expectKept(first.page)
  const second = await openSeat(browser, shop.host, { login: 'manager', failsOnPurpose: true })
  await second.page.goto(first.page.url())
  await words(second.page).fill('Flickers and hums')
  await expectKept(second.page)

  await first.page.getByLabel('Name').fill('Emil Lind')
  await expect(first.page.getByText('Mark Manager', { exact: false })).toBeVisible()
  await first.page.getByRole('button', { name: 'Keep what is here' }).click()
  await expectKept(first.page)
  await second.page.getByLabel('Name').fill('Someone else')
  await second.page.getByRole('button', { name: 'Show what they saved' }).click()
  await expect(second.page.getByLabel('Name')).toHaveValue('Emil Lind')
  await expect(words(second.page)).toHaveValue('Flickers')

  await second.page.getByRole('button', { name: 'Discard' }).click()
  await second.page.getByRole('button', { name: 'Yes' }).click()
  await expect(second.page).toHaveURL(/\/counter$/)
  await words(first.page).fill('Flickers, hums and smells')
  await first.page.getByRole('button', { name: 'Go on as a new intake' }).click()
  await expectKept(first.page)
  expect(await shop.owner.client.drafts.list({})).toMatchObject([{ title: 'Emil Lind · LAMP-T1' }])
  await closeSeat(second)
  await closeSeat(first)
})

test('a file that is no photo and one of 50 MB are refused in words, and nothing typed is lost', async ({
  browser,
}) => {
  const seat = await openSeat(browser, shop.host, { failsOnPurpose: true, language: 'zh-CN' })
  const { page } = seat
  await page.goto(new URL('/counter/new', shop.host.url).href)
  await page.getByLabel('故障现象（客户原话）').fill('漏水')
  const chooser = page.locator('input[type="file"]')
  await chooser.setInputFiles([
    { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
  ])
  await expect(page.getByText('“notes.jpg”不是可识别的图片')).toBeVisible()
  const folder = mkdtempSync(join(tmpdir(), 'benchside-photo-'))
  const path = join(folder, 'huge.jpg')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(path, Buffer.alloc(50 * 1024 * 1024, 0xff))
  await chooser.setInputFiles(path)
  await expect(page.getByText('25 MB')).toBeVisible()
  await chooser.setInputFiles([jpeg('good.jpg')])
  await expect(page.locator('.photos img')).toHaveCount(1)
  await expect(page.getByLabel('故障现象（客户原话）')).toHaveValue('漏水')
  await page.locator('.failed').getByRole('button', { name: '删除' }).first().click()
  await expect(page.locator('.failed li')).toHaveCount(1)
  rmSync(folder, { recursive: true })
  await closeSeat(seat)
})

test('what is wrong stands at its field, on the page of its device', async ({ browser }) => {
  const seat = await openSeat(browser, shop.host, { failsOnPurpose: true })
  const { page } = seat
  await page.goto(new URL('/counter/new?channel=phone', shop.host.url).href)
  await type(page, 'LAMP-E1')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Category')).toBeFocused()
  await pick(page, 'Lamp')
  await page.getByLabel('IMEI', { exact: true }).fill('123456789012345')
  await page.getByLabel('Name').fill('Ann Poe')
  await phone(page).fill('call me')
  await words(page).fill('Dark')
  await page.getByRole('button', { name: 'Add a device' }).click()
  await page.getByRole('button', { name: 'Receive 2 devices' }).click()
  await expect(page.getByLabel('Category')).toBeFocused()
  await pick(page, 'Fan')
  await words(page).fill('Still')
  await page.getByRole('button', { name: 'Receive 2 devices' }).click()
  // Both the first device and the customer have something wrong; the page goes to the first device.
  await expect(page.getByText('An IMEI has 15 digits', { exact: false })).toBeVisible()
  await expect(page.getByLabel('IMEI', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(phone(page)).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('IMEI', { exact: true }).fill('')
  await phone(page).fill('020 7946 0000')
  await page.getByRole('button', { name: 'Receive 2 devices' }).click()
  expect(await receivedNumbers(page)).toHaveLength(2)
  await closeSeat(seat)
})
