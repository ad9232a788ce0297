import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from '@playwright/test'
import { startTestHost, type RunningHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { layShop } from '../kit/shop.ts'

/* The audit log and the review of permissions in the window, and what Today says of a file somebody changed. */
let host: RunningHost
let data: string

test.beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'benchside-test-'))
  await layShop(data)
  changeALine(join(data, 'shop.db'))
  host = await startTestHost({ data })
})
test.afterAll(async () => {
  await host.stop()
  rmSync(data, { recursive: true, force: true })
})

/** Somebody changed what the log says with another program. */
function changeALine(path: string): void {
  const file = new Database(path)
  file.exec('DROP TRIGGER audit_log_no_update')
  file.exec("UPDATE audit_log SET input = '{}' WHERE id = 3")
  file.close()
}

test('a changed line is said first on Today to whoever reads the log, and in Settings', async ({
  browser,
}) => {
  const owner = await openSeat(browser, host, 'owner', '/')
  const alert = owner.page.locator('main').getByRole('alert').first()
  await expect(alert).toContainText('The shop’s data is not as the program wrote it.')
  await expect(alert).toContainText('audit_log #3: this line or the one before it was changed')
  await expectAccessible(owner.page)
  const store = await openSeat(browser, host, 'storekeeper', '/')
  await expect(store.page.locator('main h1')).toBeVisible()
  await expect(store.page.locator('main').getByText('not as the program wrote it')).toHaveCount(0)
  await owner.page.goto(`${host.url}settings/audit`)
  await owner.page.getByRole('button', { name: 'Check now' }).click()
  await expect(owner.page.getByText(/Not as it was written: 1 faults?, checked/)).toBeVisible()
  expect(owner.errors).toEqual([])
  await store.close()
  await owner.close()
})

test('the log is narrowed to what was refused, looked into and saved', async ({ browser }) => {
  const store = await openSeat(browser, host, 'storekeeper', '/')
  await store.page.request.post(`${host.url}rpc/users/roles`, { data: { json: {} } })
  await store.close()
  const owner = await openSeat(browser, host, 'owner', '/settings/audit')
  const { page } = owner
  await page.getByText('Only refused').click()
  await expect(page.getByRole('cell', { name: 'Looked at: People and roles' })).toBeVisible()
  await page.getByRole('button', { name: 'Looked at: People and roles' }).click()
  await expect(page.getByRole('dialog')).toContainText('users.roles')
  await expect(page.getByRole('dialog')).toContainText('Not permitted')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Close this dialog' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Save as CSV' }).click()
  const text = readFileSync(await (await saved).path(), 'utf8')
  expect(text).toContain('Looked at: People and roles,users.roles,{},Not permitted')
  const sheet = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Save as Excel' }).click()
  expect(
    readFileSync(await (await sheet).path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  expect(owner.errors).toEqual([])
  await owner.close()
})

test('a review of permissions is looked through and put on record', async ({ browser }) => {
  const owner = await openSeat(browser, host, 'owner', '/settings/reviews')
  const { page } = owner
  await expect(page.getByText('Never signed in').first()).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('What you found, what you changed').fill('Nobody has left.')
  const confirm = page.getByRole('button', { name: 'Confirm the review' })
  await expect(confirm).toBeDisabled()
  await page.getByText('I have looked at all of this').click()
  await confirm.click()
  await expect(page.getByText('Nobody has left.')).toBeVisible()
  await expect(page.getByText('Nobody’s rights changed.')).toBeVisible()
  expect(owner.errors).toEqual([])
  await owner.close()
})
