import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { beginPayment, moneyPath, openCashShop, openShift, panel, type CashShop } from './kit/cash-shop.ts'
import { act, dialog, main } from './kit/repair-shop.ts'

let shop: CashShop
test.beforeAll(async () => {
  shop = await openCashShop()
})
test.afterAll(() => shop.host.stop())

/** The browser itself notes every refused call; a refusal that is shown is no fault. */
const faults = (errors: readonly string[]): string[] =>
  errors.filter((text) => !/Failed to load resource: .* 422/.test(text))

test('a line is charged, invoiced as it was shown, and paid in cash with change after opening the shift', async ({
  browser,
}) => {
  const repair = await shop.atWork()
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', moneyPath(repair))
  const bill = panel(page, 'Bill')
  await bill.getByRole('button', { name: 'Add line' }).click()
  await dialog(page).getByLabel('Description').fill('Board repair')
  await dialog(page).getByLabel('Price, tax included').fill('120')
  await dialog(page).getByRole('radio', { name: '%' }).check({ force: true })
  await dialog(page).getByLabel('Discount', { exact: true }).fill('10')
  await expect(dialog(page).getByText('¥108.00', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Add line' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(bill.getByRole('row', { name: /Board repair/ })).toContainText('-¥12.00')

  await panel(page, 'Where it stands').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Issue invoice' }).click()
  await expect(dialog(page).getByRole('row', { name: /To pay/ })).toContainText('¥108.00')
  await expect(dialog(page).getByRole('row', { name: /Tax 13%/ })).toContainText('¥12.42')
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Issue', exact: true }).click()

  const paying = page.getByRole('dialog', { name: 'Take payment' })
  await expect(paying.getByText('No shift is open at this seat.')).toBeVisible()
  await expect(paying.getByRole('button', { name: /^Take ¥/ })).toHaveCount(0)
  await openShift(paying, '200')
  await expect(paying.getByLabel('Amount taken now')).toHaveValue('108.00')
  await paying.getByLabel('Cash handed over').fill('100')
  await paying.getByRole('button', { name: 'Take ¥108.00' }).click()
  await expect(paying.getByText('The cash handed over is less than the amount.')).toBeVisible()
  await paying.getByLabel('Cash handed over').fill('150')
  await expect(paying.getByText('¥42.00', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await paying.getByRole('button', { name: 'Take ¥108.00' }).click()
  await expect(paying.getByText(/^Receipt R\d{4}-\d{5}$/)).toBeVisible()
  // The browser of the tests has no printer, and its PDF viewer does not survive being asked for one.
  await page.addInitScript(() => {
    window.print = () => undefined
  })
  const made = page.waitForResponse(/documents\/money/)
  await paying.getByRole('button', { name: 'Print receipt' }).click()
  expect((await made).ok()).toBe(true)
  await paying.getByRole('button', { name: 'Done' }).click()

  const receipts = panel(page, 'Receipts')
  await expect(receipts.getByRole('row', { name: /Payment · Cash/ })).toContainText('¥108.00')
  await expect(panel(page, 'Invoices').getByRole('row', { name: /Paid/ })).toBeVisible()
  expect(await shop.moneyOf(repair)).toMatchObject({ openMinor: 0, dueMinor: 0 })
  expect(faults(errors)).toEqual([])
  await close()
})

test('a customer pays a part in cash and the rest by card, in one dialog', async ({ browser }) => {
  const repair = await shop.invoiced(30_000)
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', moneyPath(repair))
  await beginPayment(page)
  const paying = page.getByRole('dialog', { name: 'Take payment' })
  await openShift(paying, '0')
  await paying.getByLabel('Amount taken now').fill('100')
  await expect(paying.getByText('Part payment: ¥200.00 stays open')).toBeVisible()
  await paying.getByRole('button', { name: 'Take ¥100.00' }).click()
  await expect(paying.getByText('Cash · ¥100.00')).toBeVisible()
  await expect(paying.getByLabel('Amount taken now')).toHaveValue('200.00')
  await paying.getByText('Card', { exact: true }).click()
  await paying.getByLabel('Slip number').fill('T-4711')
  await paying.getByRole('button', { name: 'Take ¥200.00' }).click()
  await expect(paying.getByText('Card · ¥200.00')).toBeVisible()
  await paying.getByRole('button', { name: 'Done' }).click()
  const { payments, openMinor } = await shop.moneyOf(repair)
  expect(openMinor).toBe(0)
  expect(payments.map(({ method, amountMinor }) => [method, amountMinor])).toEqual([
    ['cash', 10_000],
    ['card', 20_000],
  ])
  expect(faults(errors)).toEqual([])
  await close()
})

test('two seats take the same payment: the second is told, and no money is booked twice', async ({
  browser,
}) => {
  const repair = await shop.invoiced(5000)
  const first = await openSeat(browser, shop.host, 'manager', moneyPath(repair))
  const second = await openSeat(browser, shop.host, 'counter', moneyPath(repair))
  // The second seat hears of nothing: its line is held up while the first one takes the money.
  const openOn = (seat: typeof first) => seat.page.getByRole('dialog', { name: 'Take payment' })
  for (const seat of [first, second]) {
    await beginPayment(seat.page)
    await openOn(seat).getByText('Card', { exact: true }).click()
  }
  await second.page.route('**/rpc/charges/ofRepair', (route) => route.abort())
  await openOn(first).getByRole('button', { name: 'Take ¥50.00' }).click()
  await expect(openOn(first).getByText('Card · ¥50.00')).toBeVisible()
  await openOn(second).getByRole('button', { name: 'Take ¥50.00' }).click()
  await expect(openOn(second).getByText('Somebody has just taken this payment')).toBeVisible()
  await expect(openOn(second).getByRole('button', { name: /^Take ¥/ })).toHaveCount(0)
  const { payments } = await shop.moneyOf(repair)
  expect(payments.map(({ amountMinor }) => amountMinor)).toEqual([5000])
  expect(faults(first.errors)).toEqual([])
  await first.close()
  await second.close()
})

test('what a third clerk sees on an open payment follows what the others take', async ({ browser }) => {
  const repair = await shop.invoiced(8000)
  const { page, errors, close } = await openSeat(browser, shop.host, 'counter', moneyPath(repair))
  await beginPayment(page)
  const paying = page.getByRole('dialog', { name: 'Take payment' })
  await expect(paying.getByLabel('Amount taken now')).toHaveValue('80.00')
  const [invoice] = (await shop.moneyOf(repair)).invoices
  await shop.manager.client.payments.take({
    commandId: randomUUID(),
    method: 'card',
    amountMinor: 3000,
    tenderedMinor: null,
    reference: '',
    note: '',
    allocations: [{ invoiceId: invoice?.id ?? 0, amountMinor: 3000 }],
  })
  await expect(
    paying.getByText('Somebody has just taken money for this: ¥50.00 is still open.'),
  ).toBeVisible()
  await expect(paying.getByLabel('Amount taken now')).toHaveValue('50.00')
  expect(faults(errors)).toEqual([])
  await close()
})

test('a paid invoice is credited in part and the money given back by another method', async ({ browser }) => {
  const repair = await shop.invoiced(10_000)
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', moneyPath(repair))
  await beginPayment(page)
  const paying = page.getByRole('dialog', { name: 'Take payment' })
  await paying.getByText('WeChat Pay', { exact: true }).click()
  await paying.getByRole('button', { name: 'Take ¥100.00' }).click()
  await paying.getByRole('button', { name: 'Done' }).click()
  await panel(page, 'Invoices').getByRole('link').first().click()
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Invoice')
  await expectAccessible(page)

  await act(page, 'More').click()
  await page.getByRole('menuitem', { name: 'Write credit note' }).click()
  await dialog(page).getByText('Some amounts', { exact: true }).click()
  await dialog(page).getByLabel('1. Board repair').fill('150')
  await dialog(page).getByLabel('Reason').fill('Scratch on the cover')
  await dialog(page).getByRole('button', { name: 'Write credit note' }).click()
  await expect(dialog(page).getByText(/can still be credited/)).toBeVisible()
  await dialog(page).getByLabel('1. Board repair').fill('40')
  await dialog(page).getByRole('button', { name: 'Write credit note' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText('¥40.00 was paid too much or credited')).toBeVisible()

  await act(page, 'Give money back').click()
  await dialog(page).getByText('Bank transfer', { exact: true }).click()
  await expect(dialog(page).getByLabel('Amount given back')).toHaveValue('40.00')
  await dialog(page).getByLabel('Amount given back').fill('41')
  await dialog(page).getByLabel('Reason').fill('Scratch on the cover')
  await dialog(page).getByRole('button', { name: 'Give back' }).click()
  await expect(dialog(page).getByText('At most ¥40.00 can be given back.')).toBeVisible()
  await dialog(page).getByLabel('Amount given back').fill('40')
  await dialog(page).getByRole('button', { name: 'Give back' }).click()
  await expect(dialog(page).getByText('Bank transfer · ¥40.00')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(act(page, 'Give money back')).toHaveCount(0)
  expect(await shop.moneyOf(repair)).toMatchObject({ openMinor: 0 })
  expect(faults(errors)).toEqual([])
  await close()
})

test('the drawer is counted blind, and the shift closes with the difference and why', async ({ browser }) => {
  const { page, errors, close } = await openSeat(browser, shop.host, 'counter', '/billing/shift')
  await page.getByLabel('Float in the drawer').fill('100')
  await page.getByRole('button', { name: 'Open shift' }).click()
  await page.getByRole('button', { name: 'Cash in or out' }).click()
  await dialog(page).getByLabel('Amount').fill('20')
  await dialog(page).getByLabel('What for').fill('Courier')
  await dialog(page).getByRole('button', { name: 'Cash in or out' }).click()
  await expect(dialog(page)).toBeHidden()
  // 80 should be there; nothing on the page says so before it has been counted.
  await expect(page.getByText('¥80.00')).toHaveCount(0)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Count and close' }).click()
  await dialog(page).getByLabel('Pieces of ¥50.00').fill('1')
  await dialog(page).getByLabel('Pieces of ¥20.00').fill('1')
  await dialog(page).getByLabel('Pieces of ¥5.00').fill('1')
  await expect(dialog(page).getByText('¥80.00')).toHaveCount(0)
  await dialog(page).getByRole('button', { name: 'Counted' }).click()
  await expect(dialog(page).getByText('¥5.00 missing in the drawer.')).toBeVisible()
  await dialog(page).getByLabel('Why it differs').fill('Wrong change given')
  await dialog(page).getByLabel('Stays in the drawer').fill('80')
  await dialog(page).getByRole('button', { name: 'Close shift' }).click()
  await expect(dialog(page).getByText('More stays in the drawer than was counted.')).toBeVisible()
  await dialog(page).getByLabel('Stays in the drawer').fill('50')
  await dialog(page).getByRole('button', { name: 'Close shift' }).click()
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Z-report')
  await expect(panel(page, 'Drawer')).toContainText('-¥5.00')
  await expect(panel(page, 'Shift')).toContainText('Wrong change given')
  await expectAccessible(page)

  // The next shift of this seat begins with what was left.
  await page.goto(new URL('/billing/shift', shop.host.url).href)
  await expect(page.getByLabel('Float in the drawer')).toHaveValue('50.00')
  expect(faults(errors)).toEqual([])
  await close()
})
