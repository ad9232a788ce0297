import { randomUUID } from 'node:crypto'
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import { startTestHost, type RunningHost } from '../kit/host.ts'
import {
  expectAccessible,
  openSeat,
  widestOn,
  type SeatPage,
  type SeatPageOptions,
} from '../kit/seat-page.ts'
import { openBenchShop } from './kit/bench-shop.ts'

/* The demonstration is a shop after a month of work: something is late, locked, stuck, ready, to be called. */
let demo: RunningHost

test.beforeAll(async () => {
  demo = await startTestHost({ args: ['--demo', '--lang', 'en'] })
})
test.afterAll(() => demo.stop())

const openDemo = (browser: Browser, login: string, options: SeatPageOptions = {}): Promise<SeatPage> =>
  openSeat(browser, demo, login, '/', { password: 'benchside-demo', ...options })

const list = (page: Page, name: string): Locator => page.getByRole('region', { name })
const numberIn = async (row: Locator): Promise<string> => (await row.getByRole('link').textContent()) ?? ''
const countOf = async (page: Page, name: string): Promise<number> =>
  Number(await list(page, name).locator('h2 .count').textContent())

test('the manager sees why a repair is locked and unlocks it with a date the customer agreed to', async ({
  browser,
}) => {
  const { page, errors, close } = await openDemo(browser, 'manager')
  const locked = list(page, 'Locked')
  const row = locked.getByRole('listitem').filter({ hasText: 'Locked by the service manager' })
  await expect(row).toHaveCount(1)
  const number = await numberIn(row)
  const before = await countOf(page, 'Locked')
  await row.getByRole('button', { name: 'Unlock' }).click()
  const dialog = page.getByRole('dialog', { name: 'Unlock' })
  await expect(dialog).toContainText(number)
  await dialog.getByText('New date', { exact: true }).click()
  await dialog.getByLabel('New promised date').fill('2099-01-01')
  await dialog.getByLabel('Who agreed to the new date').fill('The customer, by phone')
  await dialog.getByRole('button', { name: 'Unlock with a new date' }).click()
  await expect(dialog).toBeHidden()
  await expect(locked.getByText(number)).toHaveCount(0)
  await expect.poll(() => countOf(page, 'Locked')).toBe(before - 1)
  expect(errors).toEqual([])
  await close()
})

test('late and stuck repairs say since when, with the exact time on hover', async ({ browser }) => {
  const { page, close } = await openDemo(browser, 'manager')
  const late = list(page, 'Late').getByRole('listitem').first()
  await expect(late).toContainText(/Promised (yesterday|\d+ days ago)/)
  await expect(late.getByText(/days ago|yesterday/)).toHaveAttribute('title', /\d{4}/)
  await expect(list(page, 'Stuck').getByRole('listitem').first()).toContainText(/Idle for \d+ (h|days)/)
  await close()
})

test('closed work is verified all at once', async ({ browser }) => {
  const { page, errors, close } = await openDemo(browser, 'manager')
  const unverified = list(page, 'To be verified')
  const count = await countOf(page, 'To be verified')
  expect(count).toBeGreaterThan(1)
  await unverified.getByText('Select all').click()
  await unverified.getByRole('button', { name: `Verify (${count})` }).click()
  await expect(unverified).toContainText('All closed work has been verified.')
  expect(errors).toEqual([])
  await close()
})

test('the counter calls a customer from Today, and a satisfied one leaves the list', async ({ browser }) => {
  const { page, errors, close } = await openDemo(browser, 'counter')
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Ready to be collected')
  const row = list(page, 'Follow-up due').getByRole('listitem').first()
  const number = await numberIn(row)
  await row.getByRole('button', { name: 'Call' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('link', { name: /\d{5,}/ })).toHaveAttribute('href', /^tel:/)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(list(page, 'Follow-up due').getByText(number)).toHaveCount(0)
  await expect(list(page, 'To be verified')).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('what nobody works on is given to somebody, two repairs at once', async ({ browser }) => {
  const { page, errors, close } = await openDemo(browser, 'counter')
  const waiting = list(page, 'Waiting for assignment')
  // What is late needs a new date as well; these two are not.
  const rows = waiting.getByRole('listitem').filter({ hasText: 'Promised in' })
  const numbers = [await numberIn(rows.nth(0)), await numberIn(rows.nth(1))]
  for (const number of numbers) {
    await waiting.getByRole('checkbox', { name: `Select ${number}` }).press('Space')
  }
  await waiting.getByRole('button', { name: 'Assign (2)' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').click()
  await page.getByRole('option', { name: /Lily Sun/ }).click()
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(dialog).toBeHidden()
  for (const number of numbers) await expect(waiting.getByText(number)).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('a technician finds the own jobs first, with the next step beside each', async ({ browser }) => {
  const { page, errors, close } = await openDemo(browser, 'tech')
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('My jobs')
  const row = list(page, 'My jobs').getByRole('listitem').filter({ hasText: 'Assigned' }).first()
  const number = await numberIn(row)
  await row.getByRole('button', { name: 'Start work' }).click()
  await expect(list(page, 'My jobs').getByRole('listitem').filter({ hasText: number })).toContainText(
    'Diagnosing',
  )
  await expect(page.getByRole('button', { name: 'Unlock' })).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('on the manager’s phone nothing is cut off and every button is large enough for a thumb', async ({
  browser,
}) => {
  const { page, errors, close } = await openDemo(browser, 'manager', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await expect(list(page, 'Late').getByRole('listitem').first()).toBeVisible()
  await expect.poll(() => widestOn(page)).toBeLessThanOrEqual(390)
  const small = (): Promise<string[]> =>
    page.locator('main .acts button').evaluateAll((buttons) =>
      buttons
        .map((button) => button.getBoundingClientRect())
        .filter(({ width, height }) => width < 44 || height < 44)
        .map(({ width, height }) => `${width} × ${height}`),
    )
  await expect.poll(small).toEqual([])
  await page.getByRole('navigation', { name: 'What waits' }).getByRole('link', { name: /Stuck/ }).click()
  await expect(list(page, 'Stuck').getByRole('heading')).toBeInViewport()
  expect(errors).toEqual([])
  await close()
})

test('a shop in which nothing waits hears that, and sees the first device come in without a reload', async ({
  browser,
}) => {
  const shop = await openBenchShop()
  try {
    const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/')
    await expect(page.getByText('Nothing waits for you')).toBeVisible()
    await expectAccessible(page)
    const repair = await shop.receive()
    await expect(list(page, 'Waiting for assignment').getByText(repair.number)).toBeVisible()
    await expect(page.getByRole('definition').first()).toHaveText('1')
    await expect(list(page, 'Late')).toContainText('Every promised date has been kept.')
    await shop.manager.client.repairs.cancel({
      commandId: randomUUID(),
      repairs: [{ repairId: repair.id }],
      reason: 'Changed his mind',
    })
    await expect(page.getByText('Nothing waits for you')).toBeVisible()
    expect(errors).toEqual([])
    await close()
  } finally {
    await shop.host.stop()
  }
})

for (const [language, theme] of [
  ['en', 'light'],
  ['zh-CN', 'dark'],
] as const) {
  for (const login of ['manager', 'tech']) {
    test(`Today passes the accessibility check for ${login} in ${language}, ${theme}`, async ({
      browser,
    }) => {
      const { page, errors, close } = await openDemo(browser, login, { language, theme })
      await expect(page.getByRole('listitem').first()).toBeVisible()
      await expectAccessible(page)
      expect(errors).toEqual([])
      await close()
    })
  }
}
