import { expect, test } from '@playwright/test'
import { testPassword, type RunningHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { openTestShop } from '../kit/shop.ts'

/* Your data: from the first backup to a restore and back again. */
let host: RunningHost

test.beforeAll(async () => {
  ;({ host } = await openTestShop())
})
test.afterAll(async () => {
  await host.stop()
})

test('the owner backs up, sees what a restore would change, restores and has the way back', async ({
  browser,
}) => {
  const { page, close } = await openSeat(browser, host, 'owner', '/settings/data')
  await expect(page.getByText('No backup yet')).toBeVisible()
  const second = page.getByLabel('Folder on this computer')
  await second.fill('/nowhere/stick')
  await page.locator('form', { has: second }).getByRole('button', { name: 'Save' }).click()
  await expect(second).toHaveAttribute('aria-invalid', 'true')
  await expect(second).toHaveAccessibleDescription(/\/nowhere\/stick is not there/)
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText('Checked', { exact: true })).toBeVisible()
  await expectAccessible(page)

  // Two seats that will not hear of the restore: one is away meanwhile, the other's window is closed.
  const away = await openSeat(browser, host, 'counter', '/counter/new')
  const words = away.page.getByLabel('In the customer’s words')
  await words.fill('Typed before the restore')
  const closed = await openSeat(browser, host, 'technician', '/bench/mine')
  await expect(closed.page.getByRole('heading', { name: 'My jobs' })).toBeVisible()
  await closed.page.goto('about:blank')
  await away.page.context().setOffline(true)

  await page.getByRole('button', { name: 'Restore…' }).click()
  const dialog = page.getByRole('dialog', { name: 'What this restore would change' })
  await expect(dialog.getByRole('row', { name: /Customers/ })).toBeVisible()
  await dialog.getByRole('button', { name: 'Replace the shop’s data' }).click()
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeVisible()
  await expect(page.getByText('has been replaced by a backup')).toBeVisible()
  await close()

  await away.page.context().setOffline(false)
  await closed.page.goto(new URL('/bench/mine', host.url).href)
  for (const seat of [away, closed]) {
    await expect(seat.page.getByText('has been replaced by a backup')).toBeVisible()
    await seat.page.getByLabel('Login name').fill(seat === away ? 'counter' : 'technician')
    await seat.page.getByRole('textbox', { name: 'Password' }).fill(testPassword)
    await seat.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(seat.page.getByText('has been replaced by a backup')).toBeHidden()
  }
  await expect(words).toHaveValue('Typed before the restore')
  await expect(closed.page.getByRole('heading', { name: 'My jobs' })).toBeVisible()
  for (const seat of [away, closed]) await seat.close()

  const again = await openSeat(browser, host, 'owner', '/settings/data')
  await expect(again.page.getByText(/Replaced .* by Olivia Owner/)).toBeVisible()
  await expect(again.page.getByRole('button', { name: 'Bring back' })).toBeVisible()
  expect(again.errors).toEqual([])
  await again.close()
})

test('a manager makes backups and cannot restore', async ({ browser }) => {
  const { page, errors, close } = await openSeat(browser, host, 'manager', '/settings/data')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByRole('button', { name: 'Check', exact: true }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Restore…' })).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('Settings stand under headings with what a person may open; on a phone behind the name of the page', async ({
  browser,
}) => {
  const phone = { viewport: { width: 390, height: 800 } }
  const { page, errors, close } = await openSeat(browser, host, 'manager', '/settings/people', phone)
  const list = page.getByRole('navigation', { name: 'Settings' })
  const toggle = list.getByRole('button', { name: 'People' })
  await expect(toggle).toHaveAttribute('aria-expanded', 'false')
  await expect(list.getByRole('link')).toHaveCount(0)
  await toggle.press('Enter')
  await expect(list.getByRole('region', { name: 'People and rights' }).getByRole('link')).toHaveText([
    'People',
    'Roles',
    'Permission review',
  ])
  // A manager does not change the shop's settings, so none of those pages is there.
  await expect(list.getByRole('region', { name: 'Shop and papers' }).getByRole('link')).toHaveText([
    'Dictionaries',
  ])
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(toggle).toBeFocused()
  await expect(list.getByRole('link')).toHaveCount(0)
  await toggle.press('Enter')
  await list.getByRole('link', { name: 'Your data' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Backups', exact: true })).toBeVisible()
  await expect(list.getByRole('link')).toHaveCount(0)

  // Who may do what is a wide table; here it is one role at a time.
  await list.getByRole('button').click()
  await list.getByRole('link', { name: 'Roles' }).click()
  await page.getByRole('combobox', { name: 'Role' }).press('Enter')
  await page.getByRole('option', { name: 'Technician' }).click()
  await expect(page.getByRole('columnheader', { name: 'Technician' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Storekeeper' })).toHaveCount(0)
  const tick = page.getByRole('checkbox', { name: 'Technician: Manage dictionaries' })
  await page.locator('.el-checkbox', { has: tick }).click()
  await expect(tick).toBeChecked()
  const table = page.getByRole('table')
  expect(await table.evaluate((one) => one.scrollWidth <= (one.parentElement?.clientWidth ?? 0))).toBe(true)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await expect(tick).toBeChecked()

  await page.setViewportSize({ width: 1280, height: 800 })
  await expect(page.getByRole('columnheader', { name: 'Storekeeper' })).toBeVisible()
  await expect(list.getByRole('button')).toHaveCount(0)
  await expect(list.getByRole('link', { name: 'Audit log' })).toBeVisible()
  expect(errors).toEqual([])
  await close()
})
