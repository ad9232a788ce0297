import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { expectAccessible, openSeat, scan } from '../kit/seat-page.ts'
import { act, dialog, openRepairShop, pick, type RepairShop } from './kit/repair-shop.ts'

let shop: RepairShop
test.beforeAll(async () => {
  shop = await openRepairShop()
})
test.afterAll(() => shop.host.stop())

test('many repairs are chosen by scanning their labels and assigned together; who cannot go says why', async ({
  browser,
}) => {
  const [first, second, locked] = [await shop.receive(), await shop.receive(), await shop.receive()]
  await shop.lock(locked)
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/repairs')
  await act(page, 'Scan labels').click()
  await expect(page.getByRole('textbox', { name: 'Number or label' })).toBeFocused()
  await scan(page, first.number)
  await expect(page.getByText(/^1 chosen$/).first()).toBeVisible()
  await scan(page, `benchside://repair/${second.uid}`)
  await expect(page.getByText(/^2 chosen$/).first()).toBeVisible()
  await scan(page, locked.number)
  await scan(page, '20991231999')
  await expect(page.getByRole('alert')).toContainText('No repair has this code')
  await expect(page.getByText(/^3 chosen$/).first()).toBeVisible()
  await expect(page).toHaveURL(/\/repairs$/)
  await expectAccessible(page)

  await page.getByRole('region', { name: 'Chosen repairs' }).getByRole('button', { name: 'Assign' }).click()
  await pick(page, 'Engineer', /Tom Technician/)
  await dialog(page).getByRole('button', { name: 'Assign' }).click()
  const refused = dialog(page).getByRole('alert')
  await expect(refused).toContainText('1 could not be changed')
  await expect(refused).toContainText(locked.number)
  await expect(refused).toContainText('is locked')
  for (const { uid } of [first, second]) {
    expect((await shop.manager.client.repairs.get({ uid })).engineerId).toBe(shop.tom.id)
  }
  expect((await shop.manager.client.repairs.get({ uid: locked.uid })).engineerId).toBeNull()
  expect(errors).toEqual([])
  await close()
})

test('the list is filtered by the host, remembers its columns, and exports what it shows without formulas', async ({
  browser,
}) => {
  const formula = await shop.receive((item) =>
    Object.assign(item.visit, { faultText: '=HYPERLINK("http://x.example","open")', priority: 'urgent' }),
  )
  const locked = await shop.receive()
  await shop.lock(locked)
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', '/repairs')
  const table = page.getByRole('table')
  await expect(table.getByRole('link', { name: formula.number })).toBeVisible()

  await act(page, 'Columns').click()
  await dialog(page).getByText('Fault, in the customer’s words').click()
  await dialog(page).getByText('Idle', { exact: true }).click()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await expect(table.getByRole('columnheader', { name: 'Fault, in the customer’s words' })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'Idle' })).toHaveCount(0)

  const downloading = page.waitForEvent('download')
  await act(page, 'Export CSV').click()
  const text = readFileSync(await (await downloading).path(), 'utf8')
  expect(text.charCodeAt(0)).toBe(0xfe_ff)
  expect(text).toContain(`"'=HYPERLINK(""http://x.example"",""open"")"`)
  const { rows } = await shop.manager.client.repairs.list({ limit: 200 })
  expect(text.trimEnd().split('\r\n')).toHaveLength(rows.length + 1)
  await dialog(page).getByRole('button', { name: 'Close' }).last().click()

  await page.goto(new URL('/repairs?only=locked', shop.host.url).href)
  await expect(table.getByRole('link', { name: locked.number })).toBeVisible()
  await expect(table.getByRole('link', { name: formula.number })).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})
