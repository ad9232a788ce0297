import { expect, test } from '@playwright/test'
import { drawnLogo } from '../documents/drawn-pictures.ts'
import { signIn, type RunningHost } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import { openTestShop } from '../kit/shop.ts'

let host: RunningHost
test.beforeAll(async () => {
  ;({ host } = await openTestShop())
})
test.afterAll(() => host.stop())

test('the owner puts a logo on the prints, sees it, and takes it off again', async ({ browser }) => {
  const owner = await signIn(host, 'owner')
  const stored = async () => (await owner.client.settings.get({})).settings.logoUid
  const { page, errors, close } = await openSeat(browser, host, 'owner', '/settings/shop')
  const choose = page.locator('main input[type=file]')
  const save = page.getByRole('button', { name: 'Save', exact: true })
  const picture = page.getByRole('img', { name: 'The shop’s logo as it is printed' })

  await choose.setInputFiles({
    name: 'a.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('not a picture at all'),
  })
  await expect(page.getByText('“a.txt” cannot be printed as a logo.')).toBeVisible()
  await choose.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: drawnLogo() })
  await expect(picture).toBeVisible()
  await expect(page.getByText('“a.txt” cannot be printed as a logo.')).toBeHidden()
  expect(await stored()).toBeNull()
  await save.click()
  await expect.poll(stored).not.toBeNull()

  await page.reload()
  await expect(picture).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove logo' }).click()
  await expect(picture).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(picture).toBeVisible()
  await page.getByRole('button', { name: 'Remove logo' }).click()
  await save.click()
  await expect.poll(stored).toBeNull()
  expect(errors.filter((text) => !text.includes('Failed to load resource'))).toEqual([])
  await close()
})
