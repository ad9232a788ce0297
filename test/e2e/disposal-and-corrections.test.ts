import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { beginPayment, moneyPath, openCashShop, panel, type CashShop } from './kit/cash-shop.ts'
import { dialog, pathOf, type Received } from './kit/repair-shop.ts'

/* What is taken back or given up: each act is done in the window, seen there, and leaves the books in order. */
let shop: CashShop
test.beforeAll(async () => {
  shop = await openCashShop()
})
test.afterAll(() => shop.host.stop())

const sound = async () => expect((await shop.manager.client.ledgers.verify({})).faults).toEqual([])

/** Ready, and given up as unclaimed. */
async function unclaimed(): Promise<Received> {
  const repair = await shop.invoiced(20_000)
  const { client } = shop.manager
  const target = { commandId: randomUUID(), repairId: repair.id }
  const found = { findings: 'Board replaced', codeIds: [], knownDefects: [] }
  const version = await shop.versionOf(repair)
  const solved = { ...target, version, outcome: 'returned_unrepaired' as const, ...found }
  await shop.tom.seat.client.repairs.solve(solved)
  const left = { commandId: randomUUID(), repairId: repair.id, version: await shop.versionOf(repair) }
  await client.repairs.markUnclaimed({ ...left, reason: 'Nobody came' })
  return repair
}

test('a device nobody collected is sold, pays its invoice, and what is left is owed to its owner', async ({
  browser,
}) => {
  const repair = await unclaimed()
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  // Whoever comes for it after all hears of the money before signing for the device.
  await page.getByRole('button', { name: 'Hand over after all' }).click()
  await expect(dialog(page).getByText('Still to pay: ¥200.00.')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Dispose of …' }).click()
  const form = dialog(page)
  await form.getByLabel('Buyer', { exact: true }).fill('Second Hand & Sons')
  await form.getByText('Bank transfer', { exact: true }).click()
  await form.getByLabel('What the buyer paid').fill('500')
  await form.getByLabel('Costs of the sale').fill('20')
  await expect(form.getByText('¥280.00', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Record the sale' }).click()
  await expect(form.getByText('Confirm that the owner')).toBeVisible()
  await form.getByText("The owner's data is gone from").click()
  await form.getByRole('button', { name: 'Record the sale' }).click()
  await expect(form.getByText('The owner has had no final notice yet.')).toBeVisible()
  await form.getByLabel('Why before its time').fill('Given up in writing')
  await form.getByRole('button', { name: 'Record the sale' }).click()
  await expect(form).toBeHidden()

  await expect(page.getByText('¥280.00 is owed to the owner.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Hand over after all' })).toHaveCount(0)
  await page.getByRole('button', { name: 'To the money' }).click()
  await expect(panel(page, 'Invoices').getByRole('row', { name: /Paid/ })).toBeVisible()
  expect(await shop.moneyOf(repair)).toMatchObject({ openMinor: 0, depositMinor: 28_000 })
  await page.goto(new URL('/', shop.host.url).href)
  await expect(page.getByRole('region', { name: 'Owed to customers' })).toContainText('¥280.00')
  await sound()
  expect(errors.filter((text) => !/ 422/.test(text))).toEqual([])
  await close()
})

test('a deposit is forfeited, and is held no more', async ({ browser }) => {
  const repair = await shop.atWork()
  const money = { method: 'card', amountMinor: 5000, tenderedMinor: null, reference: '', note: '' } as const
  const { client } = shop.manager
  await client.payments.takeDeposit({ commandId: randomUUID(), ...money, repairId: repair.id })
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', moneyPath(repair))
  await panel(page, 'Where it stands').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Forfeit deposit' }).click()
  await dialog(page).getByLabel('Reason').fill('By the terms')
  await dialog(page).getByRole('button', { name: 'Forfeit deposit' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(panel(page, 'Where it stands')).not.toContainText('¥50.00')
  expect(await shop.moneyOf(repair)).toMatchObject({ depositMinor: 0 })
  await sound()
  expect(errors).toEqual([])
  await close()
})

test('an invoice that nobody paid is voided, and its line can be invoiced again', async ({ browser }) => {
  const repair = await shop.invoiced(12_000)
  const [invoice] = (await shop.moneyOf(repair)).invoices
  const path = `/billing/invoices/${invoice?.uid}`
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', path)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Void' }).click()
  await dialog(page).getByLabel('Reason').fill('Wrong price')
  await dialog(page).getByRole('button', { name: 'Void' }).click()
  await expect(page.getByText(/^Voided on .*: Wrong price$/)).toBeVisible()
  expect(await shop.moneyOf(repair)).toMatchObject({ openMinor: 0, dueMinor: 12_000 })
  await sound()
  expect(errors).toEqual([])
  await close()
})

test('a receipt typed wrong is reversed, and the invoice is open again', async ({ browser }) => {
  const repair = await shop.invoiced(9000)
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', moneyPath(repair))
  await beginPayment(page)
  const paying = page.getByRole('dialog', { name: 'Take payment' })
  await paying.getByText('Card', { exact: true }).click()
  await paying.getByRole('button', { name: 'Take ¥90.00' }).click()
  await paying.getByRole('button', { name: 'Done' }).click()
  const receipts = panel(page, 'Receipts')
  await receipts.getByRole('button', { name: /^Actions for R/ }).click()
  await page.getByRole('menuitem', { name: 'Reverse' }).click()
  await dialog(page).getByLabel('Reason').fill('Wrong method')
  await dialog(page).getByRole('button', { name: 'Reverse' }).click()
  await expect(receipts.getByText(/^Reversed by R/)).toBeVisible()
  await expect(panel(page, 'Where it stands').getByRole('button', { name: 'Take payment' })).toBeVisible()
  expect(await shop.moneyOf(repair)).toMatchObject({ openMinor: 9000 })
  await sound()
  expect(errors).toEqual([])
  await close()
})
