import { expect, test } from '@playwright/test'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { dialog, openRepairShop, pathOf } from './kit/repair-shop.ts'

test('a customer is told by phone, and the repair keeps it in its messages and its history', async ({
  browser,
}) => {
  const shop = await openRepairShop()
  const repair = await shop.receive()
  const { page, errors, close } = await openSeat(browser, shop.host, 'counter', pathOf(repair))
  await page.getByRole('tab', { name: /^Messages/ }).click()
  await expect(page.getByText('The customer has not been told anything yet')).toBeVisible()
  await page.getByRole('button', { name: 'Tell the customer' }).first().click()
  await dialog(page).getByText('By phone').click()
  const { customerPhone } = await shop.manager.client.repairs.get({ uid: repair.uid })
  await expect(dialog(page).getByRole('link', { name: customerPhone ?? 'no phone' })).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Keep as told' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByRole('tab', { name: 'Messages 1' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: /^Timeline/ }).click()
  const line = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem').first()
  await expect(line).toContainText('Customer told something')
  await expect(line).toContainText('By phone')
  expect(errors).toEqual([])
  await close()
  await shop.host.stop()
})
