import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { openSeat } from '../kit/seat-page.ts'
import { sign } from './kit/intake-page.ts'
import { act, dialog, openRepairShop, pathOf, type RepairShop } from './kit/repair-shop.ts'

let shop: RepairShop
test.beforeAll(async () => {
  shop = await openRepairShop()
})
test.afterAll(() => shop.host.stop())

test('the signature of a hand-over that was refused stays on the pad and goes with the next try, once', async ({
  browser,
}) => {
  const repair = await shop.receive()
  const { manager } = shop
  const target = async () => ({ repairId: repair.id, version: await shop.versionOf(repair) })
  await shop.assign(repair)
  await manager.client.repairs.work({
    commandId: randomUUID(),
    repairs: [await target()],
    action: 'start',
  })
  await manager.client.repairs.solve({
    commandId: randomUUID(),
    ...(await target()),
    outcome: 'repaired',
    findings: 'done',
    codeIds: [],
    knownDefects: [],
  })
  const { page, close } = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  await act(page, 'Hand over').click()
  await dialog(page).getByRole('textbox', { name: 'Collected by' }).fill('Ms Li')
  await manager.client.repairs.setBin({ commandId: randomUUID(), ...(await target()), bin: 'B-7' })
  await sign(page)
  // At once, before the pen has rested.
  await dialog(page).getByRole('button', { name: 'Hand over' }).click()
  await expect(dialog(page).getByText('Mark Manager').first()).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: 'Sign again' })).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Go on from the present state' }).click()
  await dialog(page).getByRole('button', { name: 'Hand over' }).click()
  await expect(dialog(page)).toBeHidden()
  const { state, attachments } = await manager.client.repairs.get({ uid: repair.uid })
  expect([state, attachments.map(({ kind }) => kind)]).toEqual(['collected', ['signature']])
  await close()
})
