import { expect, test, type Page } from '@playwright/test'
import { signIn } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { act, dialog, openRepairShop, pathOf, type RepairShop } from './kit/repair-shop.ts'

let shop: RepairShop
test.beforeAll(async () => {
  shop = await openRepairShop()
})
test.afterAll(() => shop.host.stop())

/** Leaves the field, so that what is wrong with it is said. */
const leave = (page: Page): Promise<void> => page.keyboard.press('Tab')

test('an amount that is none stays as typed with its reason, and the repair is not changed with it', async ({
  browser,
}) => {
  const repair = await shop.receive()
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  await act(page, 'Edit').click()
  const estimate = dialog(page).getByLabel('Estimate', { exact: true })
  const save = dialog(page).getByRole('button', { name: 'Save', exact: true })
  for (const [typed, said] of [
    ['12o', 'This is not an amount of money.'],
    ['1.2.3', 'This is not an amount of money.'],
    ['abc 50', 'This is not an amount of money.'],
    ['19.995', 'Too many decimals: the currency has 2.'],
    ['-5', 'At least ¥0.00.'],
    ['99999999999', 'At most ¥90,000,000.00.'],
  ] as const) {
    await estimate.fill(typed)
    await leave(page)
    await expect(dialog(page).getByText(said)).toBeVisible()
    await expect(estimate).toHaveValue(typed)
    await expect(estimate).toHaveAttribute('aria-invalid', 'true')
  }
  await expectAccessible(page)
  await save.click()
  await expect(estimate).toBeFocused()
  await expect(dialog(page)).toBeVisible()
  expect((await shop.manager.client.repairs.get({ uid: repair.uid })).version).toBe(1)

  await estimate.fill('１,２３４.5')
  await save.click()
  await expect(dialog(page)).toBeHidden()
  expect((await shop.manager.client.repairs.get({ uid: repair.uid })).estimateMinor).toBe(123_450)
  expect(errors).toEqual([])
  await close()
})

test('Enter does not send a form past a field that cannot be read', async ({ browser }) => {
  const repair = await shop.receive()
  const { page, close } = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  await act(page, 'Edit').click()
  const promised = dialog(page).getByLabel('Promised date', { exact: true })
  await promised.fill('2099-02-31')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByText('This is not a date that exists.')).toBeVisible()
  await expect(promised).toHaveValue('2099-02-31')
  await promised.fill('2001-01-01')
  await leave(page)
  await expect(dialog(page).getByText('The date cannot be before today.')).toBeVisible()
  expect((await shop.manager.client.repairs.get({ uid: repair.uid })).version).toBe(1)

  await promised.fill('2099/3/1')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  expect((await shop.manager.client.repairs.get({ uid: repair.uid })).dueOn).toBe('2099-03-01')
  await close()
})

test('a day is chosen from the calendar by mouse and moved by the arrow keys', async ({ browser }) => {
  const repair = await shop.receive()
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  await act(page, 'Edit').click()
  const promised = dialog(page).getByLabel('Promised date', { exact: true })
  await promised.fill('2099-03-01')
  await page.locator('.el-picker-panel:visible').getByText('17', { exact: true }).click()
  await expect(promised).toHaveValue('2099-03-17')
  await expect(page.locator('.el-picker-panel:visible')).toHaveCount(0)
  await promised.press('ArrowDown')
  await expect(promised).toHaveValue('2099-03-18')
  await promised.click()
  await page.keyboard.press('Escape')
  await expect(page.locator('.el-picker-panel:visible')).toHaveCount(0)
  await expect(dialog(page)).toBeVisible()
  expect(errors).toEqual([])
  await close()
})

test('a setting out of its range is neither cut to fit nor saved', async ({ browser }) => {
  const owner = await signIn(shop.host, 'owner')
  const { page, errors, close } = await openSeat(browser, shop.host, 'owner', '/settings/documents')
  const hours = page.getByLabel('Hours without progress that count as stuck')
  const terms = page.getByLabel('Terms in English')
  await terms.fill('Bring this sheet.')
  await hours.fill('99999')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('At most 2400.')).toBeVisible()
  await expect(hours).toHaveValue('99999')
  await hours.fill('two')
  await leave(page)
  await expect(page.getByText('This is not a whole number.')).toBeVisible()
  const before = await owner.client.settings.get({})
  expect(before.version).toBe(1)
  await hours.fill('72')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved').first()).toBeVisible()
  expect((await owner.client.settings.get({})).settings.stuckAfterHours).toBe(72)
  expect(errors).toEqual([])
  await close()
})

test('an intake keeps an unreadable amount of each device, and is not received with it', async ({
  browser,
}) => {
  const { page, close } = await openSeat(browser, shop.host, 'counter', '/counter/new', { language: 'zh-CN' })
  const estimate = page.getByLabel('预估费用', { exact: true })
  await estimate.fill('约50')
  await page.getByRole('button', { name: '添加一台' }).click()
  await expect(estimate).toHaveValue('')
  await page.keyboard.press('Control+Enter')
  await page.locator('.strip').getByRole('button').first().click()
  await expect(estimate).toHaveValue('约50')
  await expect(page.getByText('这不是金额，请输入数字。')).toBeVisible()
  await close()
})
