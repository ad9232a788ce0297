import { expect, test } from '@playwright/test'
import { choosePhotos, expectFocusIn, receivedNumbers, toCounter, type, words } from './kit/intake-page.ts'
import {
  alreadyReceived,
  closeSeat,
  openSeat,
  openShop,
  returningCustomer,
  type IntakeShop,
} from './kit/intake-shop.ts'

let shop: IntakeShop
test.beforeAll(async () => {
  shop = await openShop()
})
test.afterAll(async () => {
  await shop.host.stop()
})

/** A repair as the host keeps it. */
async function kept(number: string) {
  return await shop.owner.client.repairs.get({ number })
}

test('a device that is still in the shop is not received twice, and the page leads to its repair', async ({
  browser,
}) => {
  const serial = await returningCustomer(shop, 'Omar Haddad')
  const seat = await openSeat(browser, shop.host, { failsOnPurpose: true })
  const { page } = seat
  const receiveOnce = async (): Promise<void> => {
    await toCounter(page, shop.host)
    await type(page, serial)
    await page.keyboard.press('Enter')
    await expectFocusIn(page, 'fault')
    await type(page, 'No sound')
    await page.keyboard.press('Enter')
    await page.keyboard.press('0')
    await page.keyboard.press('Enter')
    await choosePhotos(page, ['a.jpg', 'b.jpg'])
    await expect(page.getByText('At least 2 photos, 2 so far.')).toBeVisible()
    await page.getByText('Customer refused').click()
    await page.keyboard.press('Control+Enter')
  }
  await receiveOnce()
  const [number = ''] = await receivedNumbers(page)
  await receiveOnce()
  await expect(page.getByText('This device is already in the shop:')).toBeVisible()
  await expect(page.getByText(`This device already has an open repair, ${number}.`)).toBeVisible()
  await expect(words(page)).toHaveValue('No sound')
  await page.getByRole('link', { name: `Open repair ${number}` }).click()
  await expect(page).toHaveURL(new RegExp(`/repairs/${(await kept(number)).uid}`))
  await closeSeat(seat)
})

test('a manager may receive it all the same with the reason, and suspend it at once', async ({ browser }) => {
  const serial = await returningCustomer(shop, 'Ines Costa', 'lamp')
  const first = await alreadyReceived(shop, serial)
  const seat = await openSeat(browser, shop.host, { login: 'manager' })
  const { page } = seat
  await toCounter(page, shop.host)
  await type(page, serial)
  await page.keyboard.press('Enter')
  await expect(page.getByText('This device is already in the shop:')).toBeVisible()
  await page.getByLabel('Why another repair of it is right').fill('Second fault, another payer')
  await words(page).fill('Battery swells')
  await page.getByText('Customer refused').click()
  await page.getByText('Save as suspended').click()
  await page.getByLabel('Reason in words').fill('Brings the charger tomorrow')
  await page.keyboard.press('Control+Enter')
  const [number = ''] = await receivedNumbers(page)
  expect(number).not.toBe(first)
  const second = await kept(number)
  expect(second).toMatchObject({ state: 'suspended', suspendReason: 'Brings the charger tomorrow', serial })
  const timeline = await shop.owner.client.repairs.timeline({ repairId: second.id })
  expect(timeline.at(-1)?.detail['overrideReason']).toBe('Second fault, another payer')
  await closeSeat(seat)
})
