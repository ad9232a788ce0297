import { expect, test } from '@playwright/test'
import { expectAccessible, openSeat, scan } from '../kit/seat-page.ts'
import { openBenchShop, type BenchShop } from './kit/bench-shop.ts'
import { cardIn, cardOf, column } from './kit/board-page.ts'

let shop: BenchShop

test.beforeAll(async () => {
  shop = await openBenchShop()
})
test.afterAll(() => shop.host.stop())

test('three labels are scanned and assigned together, one of them not on the board, and an unknown one shouts', async ({
  browser,
}) => {
  // More than a column shows; what has the lowest priority is not among its cards.
  const hidden = await shop.receive({ priority: 'low' })
  const first = await shop.receive({ priority: 'urgent' })
  const second = await shop.receive({ priority: 'urgent' })
  for (let n = 0; n < 30; n++) await shop.receive()
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/bench')
  await expect(cardOf(page, first)).toBeVisible()
  await expect(cardOf(page, hidden)).toHaveCount(0)
  await expect(column(page, 'waiting').getByRole('link', { name: /^\d+ more$/ })).toBeVisible()

  await page.getByRole('button', { name: 'Scan many' }).click()
  const panel = page.getByRole('complementary', { name: 'Scan many labels' })
  await scan(page, first.number)
  await expect(panel.getByText(`${first.number} selected`)).toBeVisible()
  await scan(page, '4006381333931')
  await expect(panel.getByRole('alert')).toHaveText('Unknown code: 4006381333931')
  await scan(page, `benchside://repair/${second.uid}`)
  await expect(panel.getByText(`${second.number} selected`)).toBeVisible()
  await scan(page, hidden.number)
  await expect(panel.getByText(`${hidden.number} selected`)).toBeVisible()
  await scan(page, hidden.number)
  await expect(panel.getByText(`${hidden.number} was scanned already`)).toBeVisible()
  await expect(panel.getByRole('textbox')).toHaveValue('')
  await expect(page).toHaveURL(/\/bench$/)
  await expectAccessible(page)

  const bar = page.getByRole('region', { name: '3 selected' })
  await bar.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('3 repairs')
  await dialog.getByRole('combobox').click()
  await page.getByRole('option', { name: /Tom Technician/ }).click()
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(dialog).toBeHidden()
  for (const repair of [hidden, first, second]) {
    await expect.poll(() => shop.stateOf(repair)).toBe('assigned')
    await expect(cardIn(page, 'assigned', repair)).toBeVisible()
  }
  // What is done leaves the selection.
  await expect(bar).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('cards ticked on the board are moved together', async ({ browser }) => {
  const repairs = [await shop.assigned(), await shop.assigned()]
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench?engineer=me')
  for (const repair of repairs) await page.getByRole('checkbox', { name: `Select ${repair.number}` }).check()
  const bar = page.getByRole('region', { name: '2 selected' })
  await bar.getByRole('button', { name: 'Start work' }).click()
  for (const repair of repairs) await expect(cardIn(page, 'diagnosing', repair)).toBeVisible()
  await expect(bar).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('repairs that are cancelled together leave the board and the selection', async ({ browser }) => {
  const repairs = [await shop.assigned(), await shop.receive({ priority: 'urgent' })]
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/bench')
  for (const repair of repairs) await page.getByRole('checkbox', { name: `Select ${repair.number}` }).check()
  const bar = page.getByRole('region', { name: '2 selected' })
  // What ends repairs is never one slip away.
  await expect(bar.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await bar.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Cancel' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Brought in twice by mistake')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  for (const repair of repairs) await expect(cardOf(page, repair)).toHaveCount(0)
  await expect(bar).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})
