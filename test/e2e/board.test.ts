import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { idOf, openBenchShop, type BenchShop } from './kit/bench-shop.ts'
import { cardIn, cardOf, column, dragTo } from './kit/board-page.ts'

let shop: BenchShop

test.beforeAll(async () => {
  shop = await openBenchShop()
})
test.afterAll(() => shop.host.stop())

test('a card moved at one seat stands in its new column at the other, which asks for nothing', async ({
  browser,
}) => {
  const repair = await shop.assigned()
  const at = await openSeat(browser, shop.host, 'technician', '/bench')
  const other = await openSeat(browser, shop.host, 'manager', '/bench')
  await expect(cardIn(at.page, 'assigned', repair)).toBeVisible()
  await expect(cardIn(other.page, 'assigned', repair)).toBeVisible()

  // Nothing happens at the other seat but what the host tells it; how soon is a figure, not a verdict.
  const arrival = other.page.evaluate(async (id) => {
    const there = `[data-state="diagnosing"] [data-card="${id}"]`
    while (!document.querySelector(there)) await new Promise(requestAnimationFrame)
    return Date.now()
  }, repair.id)
  await cardOf(at.page, repair)
    .getByRole('button', { name: `What to do with ${repair.number}` })
    .click()
  const pressedAt = await at.page.getByRole('menuitem', { name: 'Diagnosing' }).evaluate((entry) => {
    const now = Date.now()
    if (entry instanceof HTMLElement) entry.click()
    return now
  })
  const tookMs = (await arrival) - pressedAt
  test.info().annotations.push({ type: 'seen at the other seat after', description: `${tookMs} ms` })

  await expect(cardIn(at.page, 'diagnosing', repair)).toBeVisible()
  expect(await shop.stateOf(repair)).toBe('diagnosing')
  expect([...at.errors, ...other.errors]).toEqual([])
  await at.close()
  await other.close()
})

test('while a card is in the hand, the columns that take it light up and the others do not', async ({
  browser,
}) => {
  const repair = await shop.assigned()
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench')
  const card = cardOf(page, repair)
  // Once it stands still.
  await card.hover({ position: { x: 120, y: 50 } })
  const from = await card.boundingBox()
  const to = await column(page, 'diagnosing').boundingBox()
  if (!from || !to) throw new Error('the board is not on the screen')
  await page.mouse.down()
  await page.mouse.move(from.x + 140, from.y + 60)
  await page.mouse.move(to.x + 20, to.y + 60, { steps: 4 })
  await expect(column(page, 'diagnosing')).toContainText('Drop here')
  await expect(column(page, 'suspended')).toContainText('Drop here')
  await expect(column(page, 'collected')).toHaveClass(/is-none/)
  await expect(column(page, 'assigned')).not.toHaveClass(/is-(all|none)/)
  await page.mouse.up()
  await expect(cardIn(page, 'diagnosing', repair)).toBeVisible()
  await expect(column(page, 'suspended')).not.toContainText('Drop here')
  expect(errors).toEqual([])
  await close()
})

test('a move that is refused says what is missing and opens the place to give it', async ({ browser }) => {
  const repair = await shop.receive({ priority: 'urgent' })
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/bench')
  const dialog = page.getByRole('dialog')

  // Nobody has it yet: the engineer comes first.
  await dragTo(page, repair, 'diagnosing')
  await expect(page.getByText(`First: Assign`)).toBeVisible()
  await expect(dialog).toContainText('Assign')
  await dialog.getByRole('combobox').click()
  await page.getByRole('option', { name: /Tom Technician/ }).click()
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(cardIn(page, 'assigned', repair)).toBeVisible()

  // Not started yet: the step before it needs no form and is one button.
  await dragTo(page, repair, 'testing')
  await expect(dialog).toContainText('First: Start work')
  await dialog.getByRole('button', { name: 'Start work' }).click()
  await expect(cardIn(page, 'diagnosing', repair)).toBeVisible()

  // Done means saying with what outcome, and what was found.
  await dragTo(page, repair, 'processed')
  await expect(dialog).toContainText('Solved')
  await dialog.getByRole('button', { name: 'Solved' }).click()
  await expect(dialog.getByText('Write down what was found and done.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(cardIn(page, 'diagnosing', repair)).toBeVisible()

  // A step back needs its reason.
  await shop.work(repair, 'repair')
  await expect(cardIn(page, 'in_repair', repair)).toBeVisible()
  await dragTo(page, repair, 'diagnosing')
  await dialog.getByLabel('Reason').fill('It was the board after all')
  await dialog.getByRole('button', { name: 'Diagnose again' }).click()
  await expect(cardIn(page, 'diagnosing', repair)).toBeVisible()

  // A locked one has to be unlocked, which only the manager may.
  const { version } = await shop.manager.client.repairs.get({ uid: repair.uid })
  await shop.manager.client.repairs.lock({
    commandId: randomUUID(),
    repairId: repair.id,
    version,
    reason: 'The customer disputes the quote',
  })
  await expect(cardOf(page, repair)).toContainText('Locked')
  await dragTo(page, repair, 'in_repair')
  await expect(page.getByText('It has to be unlocked before it can move')).toBeVisible()
  await expect(dialog).toContainText('How it goes on')
  expect(errors).toEqual([])
  await close()
})

test('somebody else’s repair cannot be moved by a technician, and the board says whose it is', async ({
  browser,
}) => {
  const repair = await shop.receive()
  await shop.assign(repair, await idOf(shop.manager))
  const { page, close } = await openSeat(browser, shop.host, 'technician', '/bench')
  await dragTo(page, repair, 'diagnosing')
  await expect(page.getByText(`${repair.number} is on the bench of Mark Manager`)).toBeVisible()
  expect(await shop.stateOf(repair)).toBe('assigned')
  await close()
})

test('the board is worked by keyboard alone', async ({ browser }) => {
  const repair = await shop.receive({ priority: 'urgent' })
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/bench')
  await expect(cardOf(page, repair)).toBeVisible()
  const focused = page.locator(':focus')

  // One card of the board is a stop of the Tab key; arrow keys lead to the others.
  for (let n = 0; n < 60 && (await page.locator('[data-card]:focus-within').count()) === 0; n++) {
    await page.keyboard.press('Tab')
  }
  await expect(page.locator('[data-card]:focus-within')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(focused).toHaveAttribute('href', /\/repairs\//)
  await page.keyboard.press('Home')
  for (let n = 0; n < 40 && (await focused.textContent()) !== repair.number; n++) {
    await page.keyboard.press('ArrowDown')
  }
  await expect(focused).toHaveText(repair.number)
  await page.keyboard.press('Space')
  await expect(page.getByRole('region', { name: '1 selected' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: '1 selected' })).toHaveCount(0)

  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await expectAccessible(page)
  for (let n = 0; n < 10 && !(await focused.textContent())?.startsWith('Assigned'); n++) {
    await page.keyboard.press('ArrowDown')
  }
  await expect(focused).toHaveText(/^Assigned/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  // The focus comes into the dialog when it has opened; a key pressed before that would be undone.
  await expect(dialog.locator(':focus')).toHaveCount(1)
  for (let n = 0; n < 10 && (await focused.getAttribute('role')) !== 'combobox'; n++) {
    await page.keyboard.press('Tab')
  }
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Tom')
  const marked = page.locator('.el-select-dropdown:visible .el-select-dropdown__item.is-hovering')
  await expect(marked).toContainText('Tom Technician')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Tom Technician')).toBeVisible()
  for (let n = 0; n < 10 && (await focused.textContent())?.trim() !== 'Assign'; n++) {
    await page.keyboard.press('Tab')
  }
  await expect(dialog.getByRole('button', { name: 'Assign' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(cardIn(page, 'assigned', repair)).toBeVisible()
  // The focus has followed the card, so that the next move starts where the last one ended.
  await expect(focused).toHaveText(repair.number)
  await expect(cardIn(page, 'assigned', repair).locator(':focus')).toHaveCount(1)

  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/repairs/${repair.uid}$`))
  expect(errors).toEqual([])
  await close()
})

test('another engineer’s repairs are filtered out, and the address keeps the filter', async ({ browser }) => {
  const own = await shop.assigned()
  const others = await shop.receive({ priority: 'urgent' })
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench')
  await expect(cardOf(page, others)).toBeVisible()
  await page.getByRole('button', { name: 'Mine', exact: true }).click()
  await expect(cardOf(page, others)).toHaveCount(0)
  await expect(cardOf(page, own)).toBeVisible()
  await expect(column(page, 'waiting')).toHaveAccessibleName('Waiting for assignment: 0')
  await page.reload()
  await expect(cardOf(page, own)).toBeVisible()
  await expect(cardOf(page, others)).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

for (const language of ['en', 'zh-CN'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the board passes the accessibility check in ${language}, ${theme}`, async ({ browser }) => {
      await shop.assigned()
      const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/bench', {
        language,
        theme,
      })
      await expect(page.locator('[data-card]').first()).toBeVisible()
      await expectAccessible(page)
      expect(errors).toEqual([])
      await close()
    })
  }
}
