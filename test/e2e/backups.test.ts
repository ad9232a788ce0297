import { expect, test } from '@playwright/test'
import { setUpShop, startTestHost, type RunningHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'

/* Your data: from the first backup to a restore and back again. */
let host: RunningHost

test.beforeAll(async () => {
  host = await startTestHost()
  await setUpShop(host)
})
test.afterAll(async () => {
  await host.stop()
})

test('the owner backs up, sees what a restore would change, restores and has the way back', async ({
  browser,
}) => {
  const { page, close } = await openSeat(browser, host, 'owner', '/settings/data')
  await expect(page.getByText('No backup yet')).toBeVisible()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText('Checked', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Restore…' }).click()
  const dialog = page.getByRole('dialog', { name: 'What this restore would change' })
  await expect(dialog.getByRole('row', { name: /Customers/ })).toBeVisible({ timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Replace the shop’s data' }).click()
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('has just been replaced by a backup')).toBeVisible()
  await close()

  const again = await openSeat(browser, host, 'owner', '/settings/data')
  await expect(again.page.getByText(/Replaced .* by Olivia Owner/)).toBeVisible()
  await expect(again.page.getByRole('button', { name: 'Bring back' })).toBeVisible()
  expect(again.errors).toEqual([])
  await again.close()
})

test('a manager makes backups and cannot restore', async ({ browser }) => {
  const { page, errors, close } = await openSeat(browser, host, 'manager', '/settings/data')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByRole('button', { name: 'Check', exact: true }).first()).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByRole('button', { name: 'Restore…' })).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})
