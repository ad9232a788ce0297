import { randomUUID } from 'node:crypto'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectAccessible, openSeat, scan } from '../kit/seat-page.ts'
import { dragTo } from './kit/board-page.ts'
import { sign } from './kit/intake-page.ts'
import { act, dialog, main, pathOf } from './kit/repair-shop.ts'
import { openWorkShop, type WorkShop } from './kit/work-shop.ts'

let shop: WorkShop
test.beforeAll(async () => {
  shop = await openWorkShop()
})
test.afterAll(() => shop.host.stop())

const next = (page: Page): Locator => main(page).locator('header .el-button--primary')
const state = (page: Page): Locator => main(page).locator('header').first()
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name: new RegExp(`^${name}`) })

/** Takes the first entry of a list field that fits what is typed. */
async function take(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.focus()
  await page.keyboard.press('ArrowDown')
  await field.fill(text)
  // Enter takes what is marked.
  const marked = page.locator('.el-select-dropdown:visible .el-select-dropdown__item.is-hovering')
  await expect(marked).toContainText(text, { ignoreCase: true })
  await page.keyboard.press('Enter')
}

test('from findings to ready, with the counter looking on', async ({ browser }) => {
  const repair = await shop.begun()
  const bench = await openSeat(browser, shop.host, 'technician', pathOf(repair))
  const counter = await openSeat(browser, shop.host, 'counter', pathOf(repair))
  const { page } = bench

  await expect(next(page)).toHaveText('Record findings')
  await next(page).click()
  await page.getByLabel('What was found').fill('Battery at 71 %')
  await take(page, 'Causes', 'a')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Save findings' }).click()

  await expect(next(page)).toHaveText('Write the quote')
  await next(page).click()
  await take(page, 'Add a part', 'Battery')
  await expect(page.getByRole('group', { name: 'Line 1' })).toContainText('In stock: 5')
  await page.getByRole('button', { name: 'Free line' }).click()
  const labour = page.getByRole('group', { name: 'Line 2' })
  await labour.getByLabel('Description').fill('Fit the battery')
  await labour.getByRole('textbox', { name: 'Price' }).fill('50')
  await expect(page.getByText('The customer pays').locator('..')).toContainText('230.00')
  await page.getByRole('button', { name: 'Save quote' }).click()

  await expect(next(page)).toHaveText('Send the quote')
  await next(page).click()
  await dialog(page).getByRole('button', { name: 'They have it' }).click()
  await expect(state(page)).toContainText('Awaiting approval')

  await expect(next(counter.page)).toHaveText('Record the answer')
  await next(counter.page).click()
  await sign(counter.page)
  await dialog(counter.page).getByRole('button', { name: 'Approved' }).click()
  await expect(dialog(counter.page)).toBeHidden()

  await expect(state(page)).toContainText('In repair')
  await expect(next(page)).toHaveText('Issue parts')
  await next(page).click()
  await expect(page.getByRole('listitem').filter({ hasText: shop.part.number })).toContainText('Reserved')
  await scan(page, shop.part.barcode)
  const part = page.getByRole('listitem').filter({ hasText: shop.part.number })
  await expect(part).toContainText('On the bench')
  await part.getByRole('button', { name: 'Built in' }).click()
  await expect(main(page)).toContainText('Every part is settled')

  await tab(page, 'Labour').click()
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Fit the battery' })
    .getByRole('button', { name: 'Start' })
    .click()
  const clock = (seat: Page): Locator =>
    seat.getByRole('status').filter({ hasText: 'runs for Tom Technician' })
  await expect(clock(page)).toBeVisible()
  await expect(clock(counter.page)).toBeVisible()
  await clock(page).getByRole('button', { name: 'Stop' }).click()
  await expect(clock(counter.page)).toHaveCount(0)
  const fitted = page.getByRole('listitem').filter({ hasText: 'Fit the battery' })
  await fitted.getByRole('button', { name: 'Change the work' }).click()
  await dialog(page).getByLabel('Actual minutes').fill('20')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(fitted).toContainText('20 min')

  await expect(next(page)).toHaveText('Test')
  await next(page).click()
  await page.getByRole('button', { name: /^All \d+ passed$/ }).click()
  await page.getByRole('button', { name: 'Save the test' }).click()
  await expect(page.getByText('The last test was passed.')).toBeVisible()

  await expect(next(page)).toHaveText('Solved')
  await next(page).click()
  await expect(dialog(page).getByLabel('Findings and work done')).toHaveValue('Battery at 71 %')
  await dialog(page).getByRole('button', { name: 'Solved' }).click()
  await expect(state(page)).toContainText('Processed')
  await expect(state(counter.page)).toContainText('Processed')
  await expect(next(counter.page)).toHaveText('Take payment')

  const { client } = shop.manager
  const [line] = await client.stock.ofRepair({ repairId: repair.id })
  const { labour: done, tests } = await client.work.ofRepair({ repairId: repair.id })
  const { quotes, standing } = await client.quotes.ofRepair({ repairId: repair.id })
  expect([line?.state, done[0]?.credits[0]?.userName, tests[0]?.passed]).toEqual([
    'used',
    'Tom Technician',
    true,
  ])
  expect([quotes[0]?.decision?.way, standing.agreedMinor, standing.presentMinor]).toEqual([
    'on_site',
    23_000,
    23_000,
  ])
  expect([bench.errors, counter.errors]).toEqual([[], []])
  await bench.close()
  await counter.close()
})

test('a quote that is being written is still there after the window was reloaded', async ({ browser }) => {
  const repair = await shop.begun()
  const { page, errors, close } = await openSeat(
    browser,
    shop.host,
    'technician',
    `${pathOf(repair)}?tab=quote`,
  )
  await main(page).getByRole('tabpanel').getByRole('button', { name: 'Write the quote' }).click()
  await page.getByRole('button', { name: 'Free line' }).click()
  await page.getByLabel('Description').fill('Clean the port')
  await page.getByRole('textbox', { name: 'Price' }).fill('12.50')
  await page.reload()
  await expect(page.getByLabel('Description')).toHaveValue('Clean the port')
  await expect(page.getByText('The customer pays').locator('..')).toContainText('12.50')
  await page.getByRole('button', { name: 'Save quote' }).click()
  await expect(main(page)).toContainText(`${repair.number}-Q1`)
  await page.reload()
  await expect(main(page)).toContainText('Not sent yet')
  await expect(page.getByLabel('Description')).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('a quote that a colleague saved first is shown, and what was typed can take its place', async ({
  browser,
}) => {
  const repair = await shop.begun()
  const { page, close } = await openSeat(browser, shop.host, 'technician', `${pathOf(repair)}?tab=quote`)
  await main(page).getByRole('tabpanel').getByRole('button', { name: 'Write the quote' }).click()
  await page.getByRole('button', { name: 'Free line' }).click()
  await page.getByLabel('Description').fill('Mine')
  await page.getByRole('textbox', { name: 'Price' }).fill('10')
  const codes = await shop.manager.client.prices.taxCodes({})
  const line = {
    kind: 'labour' as const,
    serviceId: null,
    partId: null,
    description: 'Theirs',
    quantity: 1000,
    unitMinor: 900,
    discountMinor: 0,
    taxCodeId: codes[0]?.id ?? 0,
    shares: [{ payer: 'customer' as const, customerId: null, shareBp: 10_000 }],
    standardMinutes: 0,
    warrantyMonths: 0,
  }
  await shop.manager.client.quotes.save({
    commandId: randomUUID(),
    repairId: repair.id,
    draft: null,
    validUntil: '2099-12-31',
    note: '',
    benchFeeMinor: 0,
    options: [{ title: 'Repair', days: 1, quality: '', lines: [line] }],
  })
  await page.getByRole('button', { name: 'Save quote' }).click()
  await expect(main(page)).toContainText('A colleague has saved the quote meanwhile')
  await expect(page.getByRole('cell', { name: 'Theirs' })).toBeVisible()
  await page.getByRole('button', { name: 'Replace theirs with mine' }).click()
  await page.getByRole('button', { name: 'Save quote' }).click()
  await expect(page.getByRole('cell', { name: 'Mine' })).toBeVisible()
  const { quotes } = await shop.manager.client.quotes.ofRepair({ repairId: repair.id })
  expect(quotes.map(({ options }) => options[0]?.lines[0]?.description)).toEqual(['Mine'])
  await close()
})

test('a repair with a part on the bench is not ready; its parts open, and what was typed stays', async ({
  browser,
}) => {
  const repair = await shop.begun()
  await shop.agreed(repair)
  const { client } = shop.manager
  const issue = {
    repairPartId: null,
    code: shop.part.number,
    quantity: null,
    binId: null,
    overrideReason: null,
  }
  await client.stock.issue({ commandId: randomUUID(), repairId: repair.id, ...issue })
  const { page, close } = await openSeat(browser, shop.host, 'technician', pathOf(repair))
  await expect(next(page)).toHaveText('Settle parts')
  await act(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Solved', exact: true }).click()
  await dialog(page).getByLabel('Findings and work done').fill('New battery, charges again')
  await dialog(page).getByRole('button', { name: 'Solved' }).click()
  await dialog(page).getByRole('button', { name: 'To the parts' }).click()
  const part = page.getByRole('listitem').filter({ hasText: shop.part.number })
  await part.getByRole('button', { name: 'Other …' }).click()
  await dialog(page).getByText('Dead on arrival').click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByRole('alert').first()).toBeVisible()
  await dialog(page).getByLabel('Reason').fill('Does not hold a charge')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(part).toContainText('Does not hold a charge')
  await act(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Solved', exact: true }).click()
  await expect(dialog(page).getByLabel('Findings and work done')).toHaveValue('New battery, charges again')
  await close()
})

test('a card whose parts are not settled is not ready; the board says so and leads to them', async ({
  browser,
}) => {
  const repair = await shop.begun()
  await shop.agreed(repair)
  const issue = { repairPartId: null, quantity: null, binId: null, overrideReason: null }
  await shop.manager.client.stock.issue({
    commandId: randomUUID(),
    repairId: repair.id,
    code: shop.part.number,
    ...issue,
  })
  const { page, close } = await openSeat(browser, shop.host, 'technician', '/bench')
  await dragTo(page, repair, 'processed')
  await dialog(page).getByLabel('Findings and work done').fill('New battery')
  await dialog(page).getByRole('button', { name: 'Solved' }).click()
  await dialog(page).getByRole('button', { name: 'To the parts' }).click()
  await expect(page).toHaveURL(new RegExp(`/repairs/${repair.uid}\\?tab=parts$`))
  await expect(page.getByRole('listitem').filter({ hasText: shop.part.number })).toContainText('On the bench')
  await close()
})

test('a failed test sends the repair back, with what failed as the reason', async ({ browser }) => {
  const repair = await shop.begun()
  const { technician } = shop
  for (const action of ['repair', 'test'] as const) {
    const repairs = [{ repairId: repair.id }]
    await technician.client.repairs.work({ commandId: randomUUID(), repairs, action })
  }
  const { page, close } = await openSeat(browser, shop.host, 'technician', pathOf(repair))
  await expect(next(page)).toHaveText('Test')
  await next(page).click()
  const items = page.getByRole('tabpanel').getByRole('listitem')
  await items.first().getByRole('button', { name: 'Fail' }).click()
  await items.first().getByRole('textbox').fill('Stays dark')
  await page.getByRole('button', { name: /^The other \d+ passed$/ }).click()
  await page.getByRole('button', { name: 'Save the test' }).click()
  await expect(state(page)).toContainText('In repair')
  await expect(main(page)).toContainText('Stays dark')
  await close()
})

test('every tab can be read and operated by everybody', async ({ browser }) => {
  const repair = await shop.begun()
  await shop.agreed(repair)
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  for (const name of ['Findings', 'Quote', 'Parts', 'Labour', 'Tests', 'Outside work', 'Loaner']) {
    await tab(page, name).click()
    await expect(page.getByRole('tabpanel', { name: new RegExp(`^${name}`) })).toBeVisible()
    await expectAccessible(page)
  }
  expect(errors).toEqual([])
  await close()
})
