import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { expectFocusIn, pick, receivedNumbers, toCounter, type, words } from './kit/intake-page.ts'
import { closeSeat, openSeat, openShop, type IntakeShop } from './kit/intake-shop.ts'
import { expectAccessible } from '../kit/seat-page.ts'

let shop: IntakeShop
test.beforeAll(async () => {
  shop = await openShop()
})
test.afterAll(async () => {
  await shop.host.stop()
})

test('a lamp mended while the customer waits is received and ready in one step', async ({ browser }) => {
  const seat = await openSeat(browser, shop.host)
  const { page } = seat
  await toCounter(page, shop.host)
  await type(page, 'LAMP-77120')
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'device')
  await pick(page, 'Lamp')
  await page.getByLabel('Name').fill('Nora Berg')
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('0176 5550 1234')
  await words(page).fill('Does not light')
  await page.getByRole('button', { name: 'The rest works' }).click()
  await expect(page.getByText('Save as suspended')).toBeVisible()

  await page.getByText('Already finished', { exact: true }).click()
  await expect(page.getByText('Save as suspended')).toBeHidden()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Write down what was found and done.')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('combobox', { name: 'Done by' }).click()
  await page.getByRole('option', { name: /Tom Technician/ }).click()
  await page.getByLabel('What was found and done').fill('Bulb was loose, screwed in')
  await page.getByText('Customer refused').click()
  await page.keyboard.press('Control+Enter')
  const [number = ''] = await receivedNumbers(page)
  await expect(page.locator('.numbers')).toContainText('Processed')
  const repair = await shop.owner.client.repairs.get({ number })
  expect(repair).toMatchObject({ state: 'processed', engineerName: 'Tom Technician', outcome: 'repaired' })
  // Nobody signed, but the terms on the page are those that apply.
  expect(repair).toMatchObject({ signatureUid: null, termsVersion: 2 })
  expect(repair.attempts).toMatchObject([{ no: 1, result: 'solved', findings: 'Bulb was loose, screwed in' }])
  await closeSeat(seat)
})

test('a lamp of a shop that tests its lamps is tested first, and one that fails stays on the bench', async ({
  browser,
}) => {
  const { client } = shop.owner
  const parentId = shop.categories.get('lamp') ?? 0
  for (const [zh, en] of [
    ['灯光', 'Light'],
    ['底座', 'Stand'],
  ] as const)
    await client.dictionaries.add({ commandId: randomUUID(), kind: 'test_item', zh, en, parentId })
  const seat = await openSeat(browser, shop.host)
  const { page } = seat
  const alreadyDone = async (serial: string) => {
    await toCounter(page, shop.host)
    await type(page, serial)
    await page.keyboard.press('Enter')
    await expectFocusIn(page, 'device')
    await pick(page, 'Lamp')
    await page.getByLabel('Name').fill('Nora Berg')
    await words(page).fill('Does not light')
    await page.getByRole('button', { name: 'The rest works' }).click()
    await page.getByText('Customer refused').click()
    await page.getByText('Already finished', { exact: true }).click()
    await page.getByRole('combobox', { name: 'Done by' }).click()
    await page.getByRole('option', { name: /Tom Technician/ }).click()
    await page.getByLabel('What was found and done').fill('New bulb')
  }
  const answer = (item: string, result: string) =>
    page.getByRole('group', { name: item }).getByRole('button', { name: result, exact: true })

  await alreadyDone('LAMP-77121')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('2 items of the test list have no result.')).toBeVisible()
  await page.getByRole('button', { name: 'All 2 passed' }).click()
  await expect(page.getByText('2 items of the test list have no result.')).toBeHidden()
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  const [passed = ''] = await receivedNumbers(page)
  const ready = await client.repairs.get({ number: passed })
  expect(ready.state).toBe('processed')
  expect((await client.work.ofRepair({ repairId: ready.id })).tests).toMatchObject([{ passed: true }])

  await alreadyDone('LAMP-77122')
  await answer('Light', 'Fail').click()
  await page.getByRole('button', { name: 'The other 1 passed' }).click()
  await expect(page.getByText('Not finished here: 1 failed.')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  const [failed = ''] = await receivedNumbers(page)
  await expect(page.getByText('Not ready: in repair with Tom Technician')).toBeVisible()
  expect(await client.repairs.get({ number: failed })).toMatchObject({ state: 'in_repair', outcome: null })
  await closeSeat(seat)
})
