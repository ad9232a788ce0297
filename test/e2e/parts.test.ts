import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectAccessible, openSeat, scan } from '../kit/seat-page.ts'
import { openPartsShop, type PartsShop } from './kit/parts-shop.ts'
import { act, dialog, main } from './kit/repair-shop.ts'

let shop: PartsShop
let shelf: number
test.beforeAll(async () => {
  shop = await openPartsShop()
  shelf = await shop.addShelf('B-01')
})
test.afterAll(() => shop.host.stop())

/** What a healthy window says: nothing. Chromium itself notes every call the host refused. */
const complaints = (errors: readonly string[]): string[] =>
  errors.filter((text) => !text.startsWith('Failed to load resource'))

const rowOf = (page: Page, text: string): Locator =>
  main(page).getByRole('row').filter({ hasText: text }).first()

/** Picks an entry of a list field by the words at its field. */
async function choose(page: Page, within: Locator, label: string, entry: string | RegExp): Promise<void> {
  await within.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: entry }).click()
}

test('goods that are scanned in raise the stock on another seat, and the repairs that wait for them are named', async ({
  browser,
}) => {
  const battery = await shop.addPart({ number: 'BAT-12', en: 'Battery 12', barcode: '6901234567892' })
  const board = await shop.addPart({ number: 'MB-7', en: 'Main board 7', serialised: true, binId: shelf })
  const repair = await shop.atBench()
  await shop.plan(repair, battery, 2)
  const other = await openSeat(browser, shop.host, 'technician', '/parts')
  await expect(rowOf(other.page, 'BAT-12').getByRole('cell').nth(3)).toHaveText('0')

  const { page, errors, close } = await openSeat(browser, shop.host, 'storekeeper', '/parts/receive')
  await expect(page.getByRole('textbox', { name: 'Scan a part or its serial' })).toBeFocused()
  for (const code of ['6901234567892', 'BAT-12', '6901234567892']) await scan(page, code)
  await expect(main(page).getByText('BAT-12: 3')).toBeVisible()
  await scan(page, 'MB-7')
  await scan(page, 'SER-0001')
  await scan(page, 'SER-0002')
  await scan(page, 'ser-0001')
  await expect(main(page).getByText('The serial ser-0001 is in the list already.')).toBeVisible()
  await expectAccessible(page)

  const lines = page.getByRole('list', { name: 'Lines of the receipt' })
  const batteryLine = lines.getByRole('listitem', { name: 'BAT-12 Battery 12' })
  await batteryLine.getByRole('textbox', { name: 'Cost per unit' }).fill('52')
  await choose(page, batteryLine, 'Shelf', 'B-01')
  const boardLine = lines.getByRole('listitem', { name: 'MB-7 Main board 7' })
  await act(page, 'Put on the shelves').click()
  await expect(boardLine.getByText('Please fill this in.')).toBeVisible()
  await expect(batteryLine.getByText('Please fill this in.')).toHaveCount(0)
  await expect(main(page).getByRole('textbox', { name: 'Supplier' })).toHaveAttribute('aria-invalid', 'true')

  await boardLine.getByRole('textbox', { name: 'Cost per unit' }).fill('410.50')
  await main(page).getByRole('textbox', { name: 'Supplier' }).fill('Parts Direct')
  await page.reload()
  await expect(main(page).getByText('begun earlier on this seat')).toBeVisible()
  await act(page, 'Put on the shelves').click()
  await expect(main(page).getByText('These repairs wait for what came')).toBeVisible()
  await expect(main(page).getByRole('link', { name: repair.number })).toBeVisible()
  await expectAccessible(page)

  await expect(rowOf(other.page, 'BAT-12').getByRole('cell').nth(3)).toHaveText('3')
  await expect(rowOf(other.page, 'MB-7').getByRole('cell').nth(3)).toHaveText('2')
  const { part, serials } = await shop.manager.client.stock.getPart({ uid: board.uid })
  expect(part.costMinor).toBe(41_050)
  expect(serials.map(({ serial }) => serial)).toEqual(['SER-0001', 'SER-0002'])
  expect(complaints([...errors, ...other.errors])).toEqual([])
  await other.close()
  await close()
})

test('a wrong quantity and an unknown code are said where they are, and nothing scanned is lost', async ({
  browser,
}) => {
  await shop.addPart({ number: 'CABLE-1', en: 'Flat cable', unit: 'm', binId: shelf })
  const { page, errors, close } = await openSeat(browser, shop.host, 'storekeeper', '/parts/receive')
  await expect(page.getByRole('textbox', { name: 'Scan a part or its serial' })).toBeFocused()
  await scan(page, 'NOBODY-KNOWS-9')
  await expect(page.getByRole('alert').filter({ hasText: 'NOBODY-KNOWS-9' })).toBeVisible()
  await scan(page, 'CABLE-1')
  const line = page.getByRole('listitem', { name: 'CABLE-1 Flat cable' })
  await line.getByRole('textbox', { name: 'Quantity' }).fill('2.7505')
  await line.getByRole('textbox', { name: 'Cost per unit' }).fill('3')
  await main(page).getByRole('textbox', { name: 'Supplier' }).fill('Parts Direct')
  await act(page, 'Put on the shelves').click()
  await expect(line.getByText('At most 3 decimals.')).toBeVisible()
  await expect(line.getByRole('textbox', { name: 'Quantity' })).toBeFocused()
  await expect(line.getByRole('textbox', { name: 'Quantity' })).toHaveValue('2.7505')
  await line.getByRole('textbox', { name: 'Quantity' }).fill('2.75')
  await act(page, 'Put on the shelves').click()
  await expect(main(page).getByText('No repair waits for what came.')).toBeVisible()
  await page.goto(new URL('/parts?text=CABLE-1', shop.host.url).href)
  await expect(rowOf(page, 'CABLE-1').getByRole('cell').nth(3)).toHaveText('2.75')
  expect(complaints(errors)).toEqual([])
  await close()
})

test('a part is added, changed, adjusted, moved to another shelf and a move is reversed, all on its page', async ({
  browser,
}) => {
  await shop.addShelf('B-02')
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/parts')
  await act(page, 'New part').click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  for (const name of ['Number', 'Name in Chinese', 'Price with tax']) {
    await expect(dialog(page).getByRole('textbox', { name })).toHaveAttribute('aria-invalid', 'true')
  }
  await dialog(page).getByRole('textbox', { name: 'Price with tax' }).fill('89')
  await dialog(page).getByRole('textbox', { name: 'Number' }).fill('bat-12')
  await dialog(page).getByRole('textbox', { name: 'Name in English' }).fill('Glass 9')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByText('BAT-12', { exact: false })).toBeVisible()
  await expect(dialog(page).getByRole('textbox', { name: 'Number' })).toHaveAttribute('aria-invalid', 'true')
  await dialog(page).getByRole('textbox', { name: 'Number' }).fill('GLASS-9')
  await dialog(page).getByRole('textbox', { name: 'Minimum' }).fill('4')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Glass 9' })).toBeVisible()
  await expect(main(page).getByText('Low', { exact: true })).toBeVisible()

  await act(page, 'Adjust stock').click()
  await choose(page, dialog(page), 'Shelf', 'B-01')
  await dialog(page).getByText('More than on file').click()
  await dialog(page).getByRole('textbox', { name: 'By how much' }).fill('5')
  await expect(dialog(page).getByText('On file on this shelf: 0. Afterwards: 5.')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Adjust' }).click()
  await expect(dialog(page).getByRole('textbox', { name: 'Reason' })).toHaveAttribute('aria-invalid', 'true')
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('found in a drawer')
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Adjust' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(main(page).getByText('Low', { exact: true })).toHaveCount(0)

  await act(page, 'Move to another shelf').click()
  await choose(page, dialog(page), 'To shelf', 'B-02')
  await dialog(page).getByRole('textbox', { name: 'Quantity' }).fill('9')
  await dialog(page).getByRole('button', { name: 'Move' }).click()
  await expect(dialog(page).getByRole('alert').first()).toContainText('5')
  await dialog(page).getByRole('textbox', { name: 'Quantity' }).fill('2')
  await dialog(page).getByRole('button', { name: 'Move' }).click()
  await expect(dialog(page)).toBeHidden()
  const places = page.getByRole('table', { name: 'Where it lies' })
  await expect(places.getByRole('row', { name: /B-02/ }).getByRole('cell').nth(1)).toHaveText('2')

  const moved = page.getByRole('table', { name: 'Moves' }).getByRole('row').filter({ hasText: 'Moved' })
  await moved.getByRole('button', { name: 'Reverse' }).click()
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('wrong shelf')
  await dialog(page).getByRole('button', { name: 'Reverse' }).click()
  await expect(moved.getByText('Reversed', { exact: true })).toBeVisible()
  await expect(places.getByRole('row', { name: /B-02/ })).toHaveCount(0)
  await expectAccessible(page)

  await act(page, 'Edit').click()
  await dialog(page).getByRole('combobox', { name: 'Replaces the part' }).fill('CABLE')
  await page.getByRole('option', { name: /CABLE-1/ }).click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(main(page).getByRole('link', { name: 'CABLE-1 · Flat cable' })).toBeVisible()
  expect(complaints(errors)).toEqual([])
  await close()
})

test('pieces with serials are written off by scanning one and moved by choosing one', async ({ browser }) => {
  const to = await shop.addShelf('D-01')
  const lens = await shop.addPart({ number: 'LENS-5', en: 'Lens 5', serialised: true, binId: shelf })
  await shop.putIn(lens, 3, shelf, ['LN-0001', 'LN-0002', 'LN-0003'])
  const path = `/parts/${lens.uid}`
  const { page, errors, close } = await openSeat(browser, shop.host, 'storekeeper', path)
  await act(page, 'Adjust stock').click()
  await expect(dialog(page).getByRole('combobox', { name: 'Serials' })).toBeVisible()
  await scan(page, 'LN-0009')
  await expect(dialog(page).getByText('LN-0009 does not lie there.')).toBeVisible()
  await scan(page, 'ln-0002')
  await expect(dialog(page).getByText('On file on this shelf: 3. Afterwards: 2.')).toBeVisible()
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('dropped')
  await dialog(page).getByRole('button', { name: 'Adjust' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByRole('list', { name: 'Serials' })).toHaveText(/LN-0001.*LN-0003/)
  await expect(page.getByRole('list', { name: 'Serials' })).not.toContainText('LN-0002')

  await act(page, 'Move to another shelf').click()
  await choose(page, dialog(page), 'To shelf', 'D-01')
  await dialog(page).getByRole('combobox', { name: 'Serials' }).press('ArrowDown')
  await page.getByRole('option', { name: 'LN-0003' }).click()
  await page.keyboard.press('Tab')
  await dialog(page).getByRole('button', { name: 'Move' }).click()
  await expect(dialog(page)).toBeHidden()
  const { balances } = await shop.manager.client.stock.getPart({ uid: lens.uid })
  expect(balances.find(({ placeId }) => placeId === to)?.onHand).toBe(1000)
  expect(balances.find(({ placeId }) => placeId === shelf)?.onHand).toBe(1000)
  expect(complaints(errors)).toEqual([])
  await close()
})

test('the list is searched, filtered and read by scanner; a shelf is renamed where it stands', async ({
  browser,
}) => {
  await shop.addPart({
    number: 'SCR-3',
    zh: '显示屏总成',
    en: 'Display',
    barcode: 'DISPLAY-3',
    minimum: 2000,
  })
  await shop.addShelf('C-01')
  const { page, errors, close } = await openSeat(browser, shop.host, 'storekeeper', '/parts')
  await main(page)
    .getByRole('textbox', { name: 'Number, name, pinyin, model or barcode' })
    .fill('xianshiping')
  await expect(rowOf(page, 'SCR-3')).toContainText('Low')
  await expect(main(page).getByRole('row')).toHaveCount(2)
  await main(page).getByRole('textbox', { name: 'Number, name, pinyin, model or barcode' }).fill('')
  await main(page).getByText('Negative', { exact: true }).click()
  await expect(main(page).getByText('No stock is negative')).toBeVisible()
  await expectAccessible(page)
  await scan(page, 'DISPLAY-3')
  await expect(page.getByRole('heading', { name: 'Display' })).toBeVisible()

  await page.goto(new URL('/parts/shelves', shop.host.url).href)
  await rowOf(page, 'C-01').getByRole('button', { name: 'Edit' }).click()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('b-01')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true')
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('C-02')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(rowOf(page, 'C-02')).toBeVisible()
  await expectAccessible(page)
  expect(complaints(errors)).toEqual([])
  await close()
})

test('a loaner is lent for a repair and taken back, and another seat sees both', async ({ browser }) => {
  await shop.addLoaner('Spare phone 1')
  const repair = await shop.receive()
  const other = await openSeat(browser, shop.host, 'manager', '/parts/loaners?only=free')
  await expect(rowOf(other.page, 'Spare phone 1')).toBeVisible()

  const { page, errors, close } = await openSeat(browser, shop.host, 'counter', '/parts/loaners')
  await rowOf(page, 'Spare phone 1').getByRole('button', { name: 'Lend' }).click()
  await dialog(page).getByRole('button', { name: 'Lend' }).click()
  await expect(dialog(page).getByRole('combobox', { name: 'For which repair' })).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await scan(page, repair.number)
  await expect(dialog(page).getByText(repair.number, { exact: false })).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Lend' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(rowOf(page, 'Spare phone 1')).toContainText('Out')
  await expect(rowOf(page, 'Spare phone 1').getByRole('link', { name: repair.number })).toBeVisible()
  await expect(rowOf(other.page, 'Spare phone 1')).toHaveCount(0)
  await expectAccessible(page)

  // The browser of the tests has no printer, and its PDF viewer does not survive being asked for one.
  await page.addInitScript(() => {
    window.print = () => undefined
  })
  const agreement = page.waitForResponse((response) => response.url().endsWith('/rpc/documents/ofRepair'))
  await rowOf(page, 'Spare phone 1').getByRole('button', { name: 'Print the loan agreement' }).click()
  expect((await agreement).ok()).toBe(true)

  await rowOf(page, 'Spare phone 1').getByRole('button', { name: 'Take back' }).click()
  await expect(dialog(page).getByText('Small scratch at the back', { exact: false })).toBeVisible()
  await dialog(page).getByRole('textbox', { name: 'Condition when back' }).fill('as it was')
  await dialog(page).getByRole('button', { name: 'Take back' }).click()
  await expect(rowOf(page, 'Spare phone 1')).toContainText('Free')
  await expect(rowOf(other.page, 'Spare phone 1')).toBeVisible()
  await rowOf(page, 'Spare phone 1').getByRole('button', { name: 'History' }).click()
  await expect(dialog(page).getByRole('row').filter({ hasText: 'Given back' })).toContainText(repair.number)
  expect(complaints([...errors, ...other.errors])).toEqual([])
  await other.close()
  await close()
})
